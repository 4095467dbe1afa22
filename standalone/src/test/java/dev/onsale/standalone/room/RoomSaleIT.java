package dev.onsale.standalone.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import dev.onsale.proto.inventory.v1.Hold;
import dev.onsale.proto.waitingroom.v1.NextStep;
import dev.onsale.proto.waitingroom.v1.Place;
import dev.onsale.proto.waitingroom.v1.RoomStatistics;
import dev.onsale.runtime.auth.CompactJws;
import dev.onsale.runtime.service.Running;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;

/** The room and the sale behind it: what each learns from the other. */
class RoomSaleIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @RegisterExtension
    static final RoomHouse HOUSE = RoomHouse.withNodes(2);

    /** Two places are for sale, and two may be inside. */
    @Test
    @Execution(CONCURRENT)
    void aSoldOutRoomClosesWithAWordToEverybodyWhoWaits() throws Exception {
        // Given
        String event = HOUSE.event(2);
        RoomOperator operator = HOUSE.operator(0);
        operator.configure(event, room -> room.setMaxActive(2));
        List<RoomGuest> guests =
                IntStream.range(0, 4).mapToObj(i -> HOUSE.guest("buyer-" + i)).toList();
        List<Place> places = guests.stream().map(guest -> guest.join(event)).toList();
        operator.open(event, "");
        List<Integer> called = await().atMost(PATIENCE).until(() -> called(guests, places), some -> some.size() == 2);
        List<Watcher> watchers = IntStream.range(0, 4)
                .mapToObj(i -> Watcher.of(guests.get(i), places.get(i)))
                .toList();

        // When
        for (int i : called) {
            RoomGuest guest = guests.get(i);
            String admission = guest.claim(places.get(i).getPlaceTicket()).getAdmissionToken();
            Hold hold = guest.hold(event, admission);
            guest.book(hold, admission);
        }

        // Then
        for (Watcher watcher : watchers) {
            Place last = watcher.last(PATIENCE);
            assertThat(last.getNextStep()).isEqualTo(NextStep.NEXT_STEP_LEAVE);
            assertThat(last.getLastWord()).startsWith("Sold out");
        }
        assertThat(guests.getFirst()
                        .position(places.getFirst().getPlaceTicket())
                        .getLastWord())
                .startsWith("Sold out");
        assertThatThrownBy(() -> HOUSE.guest("too-late").join(event)).hasMessageContaining("ROOM_STATE");
        int waiting = IntStream.range(0, 4)
                .filter(i -> !called.contains(i))
                .findFirst()
                .orElseThrow();
        assertThatThrownBy(() -> guests.get(waiting).claim(places.get(waiting).getPlaceTicket()))
                .hasMessageContaining("ROOM_STATE");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(operator.statistics(event))
                        .returns(2L, RoomStatistics::getFinished)
                        .returns(0L, RoomStatistics::getActive));
    }

    private static List<Integer> called(List<RoomGuest> guests, List<Place> places) {
        return IntStream.range(0, guests.size())
                .filter(i -> step(guests.get(i), places.get(i)) == NextStep.NEXT_STEP_CLAIM)
                .boxed()
                .toList();
    }

    private static NextStep step(RoomGuest guest, Place place) {
        return guest.position(place.getPlaceTicket()).getNextStep();
    }

    /** A second node of the sale can't reach the keys of the waiting room, and fails every call of a gated event. */
    @Test
    @Execution(CONCURRENT)
    void anAdaptiveLineSlowsDownWhileTheSaleIsUnwellAndRecovers() throws Exception {
        // Given
        String event = HOUSE.event(100);
        RoomOperator operator = HOUSE.operator(0);
        operator.configure(event, room -> room.setDrainRate(100).setAdaptive(true));
        RoomGuest ada = HOUSE.guest("adaptive-ada");
        Place place = ada.join(event);
        operator.open(event, "");
        await().atMost(PATIENCE).until(() -> step(ada, place) == NextStep.NEXT_STEP_CLAIM);
        String admission = ada.claim(place.getPlaceTicket()).getAdmissionToken();
        Running sick = HOUSE.startCommand(Map.of("admission.jwks-file", "nowhere.json"));

        // When
        try (RoomChannels there = RoomChannels.to(sick.grpcPort(), sick.grpcPort())) {
            RoomGuest unlucky = new RoomGuest(there, HOUSE.token("adaptive-ada"));
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).until(() -> {
                assertThatThrownBy(() -> unlucky.hold(event, admission)).hasMessageContaining("DEPENDENCY_UNAVAILABLE");
                return operator.statistics(event).getAllowedRate() < 50;
            });
        }

        // Then
        RoomHouse.await(sick.stop());
        double low = operator.statistics(event).getAllowedRate();
        await().atMost(PATIENCE).until(() -> operator.statistics(event).getAllowedRate() > low + 15);
        operator.setDrain(event, 20, 1_000);
        assertThat(operator.statistics(event).getAllowedRate()).isEqualTo(20);
    }

    @Test
    @Execution(CONCURRENT)
    void aRotatedKeyIsBelievedBeforeItSignsAndTheOldOneUntilItsTokensEnd() throws Exception {
        // Given
        String event = HOUSE.event(1_000);
        HOUSE.operator(0).configure(event, room -> room);
        RoomGuest eve = HOUSE.guest("eve");
        Place place = eve.join(event);
        HOUSE.operator(0).open(event, "");
        await().atMost(PATIENCE).until(() -> step(eve, place) == NextStep.NEXT_STEP_CLAIM);
        String old = eve.claim(place.getPlaceTicket()).getAdmissionToken();
        eve.hold(event, old);

        // When: the key has grown old, so a node makes the next one
        HOUSE.sql("UPDATE admission_keys SET signs_at = signs_at - interval '2 days'");
        await().atMost(PATIENCE).until(() -> HOUSE.shownKeys() == 2);
        assertThat(key(eve.claim(place.getPlaceTicket()).getAdmissionToken()))
                .as("shown before it signs")
                .isEqualTo(key(old));
        HOUSE.sql("UPDATE admission_keys SET signs_at = now() WHERE signs_at > now()");

        // Then
        await().atMost(PATIENCE)
                .until(() -> !key(eve.claim(place.getPlaceTicket()).getAdmissionToken())
                        .equals(key(old)));
        String fresh = eve.claim(place.getPlaceTicket()).getAdmissionToken();
        eve.hold(event, old);
        await("known to the sale; in production it is shown for more than a minute before it signs")
                .atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(500))
                .ignoreExceptionsInstanceOf(IllegalStateException.class)
                .until(() -> eve.hold(event, fresh).isInitialized());
        eve.hold(event, old);
        // And: when the overlap is over
        HOUSE.sql("UPDATE admission_keys SET retires_at = now() WHERE retires_at IS NOT NULL");
        await().atMost(Duration.ofSeconds(45))
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> assertThatThrownBy(() -> eve.hold(event, old))
                        .hasMessageContaining("ADMISSION_REQUIRED")
                        .hasMessageContaining("invalid"));
        eve.hold(event, fresh);
    }

    private static String key(String token) {
        return CompactJws.parse(token).orElseThrow().header().getString("kid");
    }
}
