package dev.onsale.standalone.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.onsale.proto.waitingroom.v1.ClaimAdmissionResponse;
import dev.onsale.proto.waitingroom.v1.NextStep;
import dev.onsale.proto.waitingroom.v1.Place;
import dev.onsale.proto.waitingroom.v1.RoomStatistics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What those try who want more than their turn. */
class RoomAbuseIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @RegisterExtension
    static final RoomHouse HOUSE = RoomHouse.withNodes(2);

    @Test
    void oneAccountOnAHundredConnectionsHasOnePlace() throws Exception {
        // Given
        String event = HOUSE.event(10);
        HOUSE.operator(0).configure(event, room -> room);
        String token = HOUSE.token("many-armed");
        List<RoomChannels> connections =
                IntStream.range(0, 100).mapToObj(i -> HOUSE.connectAgain(i % 2)).toList();

        // When
        List<Place> places = all(connections.stream()
                .map(connection -> (Callable<Place>) () -> new RoomGuest(connection, token).join(event))
                .toList());

        // Then
        assertThat(places).hasSize(100).extracting(Place::getEntry).containsOnly(1L);
        assertThat(HOUSE.operator(0).statistics(event)).returns(1L, RoomStatistics::getJoined);
        connections.forEach(RoomChannels::close);
    }

    private static <T> List<T> all(List<Callable<T>> calls) throws Exception {
        List<T> answers = new ArrayList<>();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<T> answer : callers.invokeAll(calls)) {
                answers.add(answer.get(60, TimeUnit.SECONDS));
            }
        }
        return answers;
    }

    @Test
    void sharedAndAlteredPlaceTicketsChangeNothing() {
        // Given
        String event = gated();
        RoomOperator operator = HOUSE.operator(0);
        RoomGuest owner = HOUSE.guest("owner");
        RoomGuest thief = HOUSE.guest("thief");
        String ticket = owner.join(event).getPlaceTicket();
        operator.open(event, "");
        called(owner, ticket);

        // When, then
        for (Consumer<String> use : uses(thief)) {
            assertThatThrownBy(() -> use.accept(ticket)).hasMessageContaining("PLACE_TICKET_INVALID");
        }
        for (Consumer<String> use : uses(owner)) {
            for (String bad : altered(ticket)) {
                assertThatThrownBy(() -> use.accept(bad)).as(bad).hasMessageContaining("PLACE_TICKET_INVALID");
            }
        }
        Watcher watcher =
                Watcher.of(thief, Place.newBuilder().setPlaceTicket(ticket).build());
        assertThatThrownBy(() -> watcher.last(PATIENCE)).hasMessageContaining("PERMISSION_DENIED");
        assertThat(operator.statistics(event))
                .returns(1L, RoomStatistics::getJoined)
                .returns(1L, RoomStatistics::getPending)
                .returns(0L, RoomStatistics::getAdmitted)
                .returns(0L, RoomStatistics::getLeft);
    }

    private static String gated() {
        String event = HOUSE.event(100);
        HOUSE.operator(0).configure(event, room -> room);
        return event;
    }

    private static void called(RoomGuest guest, String ticket) {
        await().atMost(PATIENCE).until(() -> guest.position(ticket).getNextStep() == NextStep.NEXT_STEP_CLAIM);
    }

    private static List<Consumer<String>> uses(RoomGuest guest) {
        return List.of(guest::position, guest::claim, guest::reenter, guest::leave);
    }

    /** One letter is another, wherever it is; too short, too long. */
    private static List<String> altered(String text) {
        List<String> altered = new ArrayList<>(List.of(text.substring(1), text + "A", text + text.substring(10)));
        for (int i = 0; i < text.length(); i += 5) {
            altered.add(text.substring(0, i) + (text.charAt(i) == 'A' ? 'B' : 'A') + text.substring(i + 1));
        }
        altered.add(text.substring(0, text.length() - 1) + (char) (text.charAt(text.length() - 1) + 1));
        return altered;
    }

    @Test
    void admissionsOpenNothingForOthersNorForWhoHasLeft() {
        // Given
        String event = gated();
        String elsewhere = gated();
        HOUSE.operator(0).configure(event, room -> room.setMaxActive(1));
        RoomGuest owner = HOUSE.guest("owner");
        RoomGuest thief = HOUSE.guest("thief");
        String ticket = owner.join(event).getPlaceTicket();
        HOUSE.operator(0).open(event, "");
        called(owner, ticket);

        // When
        ClaimAdmissionResponse admission = owner.claim(ticket);
        ClaimAdmissionResponse replayed = owner.claim(ticket);
        String token = admission.getAdmissionToken();

        // Then
        assertThat(replayed.getSessionId()).isEqualTo(admission.getSessionId());
        assertThat(replayed.getExpireTime()).isEqualTo(admission.getExpireTime());
        assertThat(HOUSE.operator(1).statistics(event))
                .returns(1L, RoomStatistics::getAdmitted)
                .returns(1L, RoomStatistics::getActive);
        owner.hold(event, token);
        refused(() -> thief.hold(event, token));
        refused(() -> owner.hold(elsewhere, token));
        int signature = token.lastIndexOf('.') + 1;
        for (String bad : altered(token.substring(signature))) {
            refused(() -> owner.hold(event, token.substring(0, signature) + bad));
        }
        refused(() -> owner.hold(event, "." + token));
        // And: its capacity is somebody else's now
        owner.leave(ticket);
        owner.leave(ticket);
        refused(() -> owner.hold(event, token));
        refused(() -> owner.hold(event, replayed.getAdmissionToken()));
        assertThatThrownBy(() -> owner.claim(ticket)).hasMessageContaining("TURN_USED");
        String next = thief.join(event).getPlaceTicket();
        called(thief, next);
        thief.hold(event, thief.claim(next).getAdmissionToken());
    }

    private static void refused(ThrowingCallable call) {
        assertThatThrownBy(call).hasMessageContaining("ADMISSION_REQUIRED");
    }

    /** Twenty thousand join and never come; forty among them do. As many may be inside as are called in one window. */
    @Test
    void thoseWhoNeverComeKeepNobodyWaitingForLongerThanTheClaimWindow() throws Exception {
        // Given
        int rate = 4_000;
        int window = 2;
        String event = HOUSE.event(10);
        HOUSE.operator(0)
                .configure(
                        event,
                        room -> room.setDrainRate(rate)
                                .setMaxActive(rate * window + 100)
                                .setClaimWindow(RoomOperator.seconds(window))
                                .setCapacity(100_000));
        LineAccess line = HOUSE.line(event);
        line.crowd("bot-", 10_000);
        List<RoomGuest> honest =
                IntStream.range(0, 40).mapToObj(i -> HOUSE.guest("honest-" + i)).toList();
        List<Place> places = all(honest.stream()
                .map(guest -> (Callable<Place>) () -> guest.join(event))
                .toList());
        line.crowd("late-bot-", 10_000);

        // When
        Instant opened =
                RoomOperator.instant(HOUSE.operator(1).open(event, "").getDraw().getDrawTime());
        List<Duration> late = all(IntStream.range(0, 40)
                .mapToObj(i -> (Callable<Duration>) () -> late(honest.get(i), places.get(i), opened, rate))
                .toList());

        // Then
        assertThat(late)
                .hasSize(40)
                .allSatisfy(by ->
                        assertThat(by).isLessThan(Duration.ofSeconds(window).plusSeconds(1)));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(HOUSE.operator(0).statistics(event))
                        .returns(40L, RoomStatistics::getAdmitted)
                        .returns(20_000L, RoomStatistics::getAbsent));
    }

    /** How much later than by the rate alone it was called. It claims at once. */
    private static Duration late(RoomGuest guest, Place place, Instant opened, int rate) throws InterruptedException {
        Place now = place;
        Instant asked = Instant.now();
        while (now.getNextStep() != NextStep.NEXT_STEP_CLAIM) {
            assertThat(asked).as("the line stands still").isBefore(opened.plus(PATIENCE));
            Thread.sleep(150);
            asked = Instant.now();
            now = guest.position(place.getPlaceTicket());
        }
        guest.claim(place.getPlaceTicket());
        return Duration.between(opened, asked).minusMillis(now.getPosition() * 1_000 / rate);
    }
}
