package dev.onsale.standalone.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.onsale.proto.waitingroom.v1.NextStep;
import dev.onsale.proto.waitingroom.v1.Place;
import io.grpc.ManagedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a visitor sees while its line moves. */
class RoomWatchIT {

    private static final int VISITORS = 30;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @RegisterExtension
    static final RoomHouse HOUSE = RoomHouse.withNodes(2);

    @Test
    void aheadNeverGrowsAndTheLastWordIsTheRightOne() throws Exception {
        // Given
        String event = HOUSE.event(10);
        HOUSE.operator(0)
                .configure(
                        event,
                        room -> room.setDrainRate(50).setMaxActive(100_000).setClaimWindow(RoomOperator.seconds(4)));
        HOUSE.line(event).crowd("crowd-", 270);
        List<RoomGuest> guests = IntStream.range(0, VISITORS)
                .mapToObj(i -> HOUSE.guest("watcher-" + i))
                .toList();
        List<Place> places = guests.stream().map(guest -> guest.join(event)).toList();
        List<Watcher> watchers = IntStream.range(0, VISITORS)
                .mapToObj(i -> Watcher.of(guests.get(i), places.get(i)))
                .toList();
        await().atMost(PATIENCE)
                .until(() ->
                        watchers.stream().noneMatch(watcher -> watcher.seen().isEmpty()));

        // When
        HOUSE.operator(1).open(event, "");

        // Then
        List<Long> pauses = new ArrayList<>();
        for (Watcher watcher : watchers) {
            assertThat(watcher.last(PATIENCE).getNextStep()).isEqualTo(NextStep.NEXT_STEP_REENTER);
            assertFair(watcher.seen());
            pauses.addAll(pauses(watcher.seen()));
        }
        assertThat(pauses).allSatisfy(pause -> assertThat(pause).isGreaterThan(900));
        assertThat(pauses.stream().map(pause -> pause / 100).distinct().count())
                .as("jittered: %s", pauses)
                .isGreaterThan(5);
    }

    private static void assertFair(List<Watcher.Seen> seen) {
        long ahead = Long.MAX_VALUE;
        for (Watcher.Seen one : seen) {
            if (one.place().getPosition() > 0) {
                assertThat(one.place().getAhead()).isLessThanOrEqualTo(ahead);
                ahead = one.place().getAhead();
            }
        }
        assertThat(seen.getFirst().place().getPosition())
                .as("watched from the lobby on")
                .isZero();
        assertThat(seen).anyMatch(one -> one.place().getNextStep() == NextStep.NEXT_STEP_CLAIM);
    }

    private static List<Long> pauses(List<Watcher.Seen> seen) {
        return IntStream.range(1, seen.size())
                .mapToObj(i -> Duration.between(
                                seen.get(i - 1).when(), seen.get(i).when())
                        .toMillis())
                .toList();
    }

    /** Its connection takes a few bytes at a time, and it reads nothing until it has been called. */
    @Test
    void aReaderWhoFellBehindIsShownItsTurnAndNothingElseAfterIt() throws Exception {
        // Given
        String event = HOUSE.event(10);
        HOUSE.operator(0).configure(event, room -> room.setDrainRate(30).setMaxActive(100_000));
        HOUSE.line(event).crowd("crowd-", 150);
        HOUSE.operator(0).open(event, "");
        RoomGuest quick = HOUSE.guest("quick", 0);
        Place place = quick.join(event);
        ManagedChannel narrow = HOUSE.narrow(0);
        try (RoomChannels channels = new RoomChannels(narrow, narrow)) {
            Watcher waits = Watcher.slow(new RoomGuest(channels, HOUSE.token("quick")), place);

            // When
            await().atMost(PATIENCE)
                    .until(() -> quick.position(place.getPlaceTicket()).getNextStep() == NextStep.NEXT_STEP_CLAIM);
            assertThat(waits.seen()).hasSizeLessThanOrEqualTo(1);
            waits.reads();

            // Then
            await().atMost(PATIENCE)
                    .until(() -> waits.seen().getLast().place().getNextStep() == NextStep.NEXT_STEP_CLAIM);
            int told = waits.seen().size();
            assertThat(told).as("at most one a second").isLessThan(12);
            Thread.sleep(3_500);
            assertThat(waits.seen()).as("nothing is new").hasSize(told);
        }
    }
}
