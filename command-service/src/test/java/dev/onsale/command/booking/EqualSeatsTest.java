package dev.onsale.command.booking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onsale.command.catalog.EventDetail;
import dev.onsale.command.catalog.EventDetails;
import dev.onsale.runtime.inventory.SeatCode;
import dev.onsale.runtime.inventory.SeatKind;
import dev.onsale.runtime.inventory.SeatStatus;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EqualSeatsTest {
    /** GOLD1: ordinals 0 to 9, 8 and 9 restricted. GOLD2: 11 to 16, 11 accessible, 12 a companion's. SILVER: 18 to 23. */
    private final EventDetail event = EventDetails.of(
            EventDetails.section("GOLD1", 10, Set.of(), Set.of(), Set.of(9, 10)),
            EventDetails.section("GOLD2", 6, Set.of(1), Set.of(2), Set.of()),
            EventDetails.section("SILVER", 6, Set.of(), Set.of(), Set.of()));

    private Optional<List<Integer>> insteadOf(List<Integer> former, Integer... sold) {
        return beginningAt(0, former, sold);
    }

    private Optional<List<Integer>> beginningAt(int from, List<Integer> former, Integer... sold) {
        byte[] codes = new byte[event.ordinals()];
        for (int ordinal = 0; ordinal < codes.length; ordinal++) {
            SeatStatus status = List.of(sold).contains(ordinal) ? SeatStatus.SOLD : SeatStatus.AVAILABLE;
            codes[ordinal] = event.plan().isSeat(ordinal)
                    ? SeatCode.of(status, SeatKind.ofDigit(event.seat(ordinal).kind()))
                    : SeatCode.SEPARATOR;
        }
        return new EqualSeats(event, Buffer.buffer(codes), Set.of(), from).insteadOf(former);
    }

    @Test
    void takesTheBestSeatsSideBySide() {
        assertThat(insteadOf(List.of(4, 5, 6), 1, 5)).contains(List.of(2, 3, 4));
    }

    @Test
    void goesToAnotherSectionOfTheTierBeforeItSplits() {
        assertThat(insteadOf(List.of(0, 1, 2, 3), 0, 4)).contains(List.of(13, 14, 15, 16));
    }

    @Test
    void splitsIntoAsFewPiecesAsCanBeIfItMust() {
        assertThat(insteadOf(List.of(0, 1, 2), 0, 3, 6, 13, 15)).contains(List.of(1, 2, 4));
    }

    @Test
    void neverGivesAnotherTier() {
        assertThat(insteadOf(List.of(18, 19), 18, 20, 22)).contains(List.of(19, 21));
        assertThat(insteadOf(List.of(18, 19), 18, 19, 20, 21, 22)).isEmpty();
    }

    @Test
    void restrictsNoViewThatWasNotRestricted() {
        assertThat(insteadOf(List.of(0, 1), 0, 2, 4, 6, 13, 15, 16)).contains(List.of(1, 3)); // Not 7 and 8.
        assertThat(insteadOf(List.of(8), 0, 1, 2, 3, 4, 5, 6, 7, 8)).contains(List.of(9));
    }

    @Test
    void leavesAccessibleSeatsToThoseWhoHadOne() {
        assertThat(insteadOf(List.of(0), 0, 1, 2, 3, 4, 5, 6, 7, 13, 14, 15, 16))
                .isEmpty();
        assertThat(insteadOf(List.of(11, 12), 13)).contains(List.of(11, 12));
        assertThat(insteadOf(List.of(11, 12), 11)).isEmpty();
    }

    @Test
    void findsEachTierItsOwn() {
        assertThat(insteadOf(List.of(0, 18), 0, 18)).contains(List.of(1, 19));
    }

    @Test
    void beginsAnywhereAndComesRound() {
        assertThat(beginningAt(5, List.of(0), 0)).contains(List.of(5));
        assertThat(beginningAt(15, List.of(0), 0, 15, 16)).contains(List.of(1));
    }
}
