package dev.onsale.command.booking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onsale.command.booking.SoldItems.SoldItem;
import dev.onsale.command.catalog.RefundPolicy;
import dev.onsale.command.catalog.RefundWindow;
import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.runtime.error.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What buyers get for tickets, line by line. */
final class RefundTermsTest {
    private static final Instant SHOW = Instant.parse("2027-06-01T18:00:00Z");
    private static final RefundWindow FULL = new RefundWindow(Duration.ofDays(30), 0, 0, false);
    private static final RefundWindow FIVE_EUROS = new RefundWindow(Duration.ofDays(7), 500, 0, false);
    private static final RefundWindow HALF_AND_FEE = new RefundWindow(Duration.ofDays(1), 0, 5_000, true);
    private static final RefundPolicy STAGED = new RefundPolicy(1, List.of(FULL, FIVE_EUROS, HALF_AND_FEE));

    @Test
    void givesLessTheLaterItIsAndNothingAfterTheLastWindow() {
        SoldItem seat = item(0, 4_708, 400);

        assertThat(kept(seat, SHOW.minus(Duration.ofDays(40)))).isZero();
        assertThat(kept(seat, FULL.closes(SHOW).minusNanos(1))).isZero();
        assertThat(kept(seat, FULL.closes(SHOW))).isEqualTo(500);
        assertThat(kept(seat, FIVE_EUROS.closes(SHOW))).isEqualTo(400 + 2_354);
        assertThatThrownBy(() -> kept(seat, HALF_AND_FEE.closes(SHOW))).isInstanceOfSatisfying(Refusal.class, no -> {
            assertThat(no.reason()).isEqualTo(ErrorReason.ERROR_REASON_REFUND_WINDOW_CLOSED);
            assertThat(no.metadata()).containsEntry("closed_time", "2027-05-31T18:00:00Z");
        });
    }

    @Test
    void neverKeepsMoreThanThePriceAndRoundsForTheBuyer() {
        assertThat(FIVE_EUROS.kept(300, 0)).isEqualTo(300);
        assertThat(new RefundWindow(Duration.ZERO, 0, 3_333, false).kept(100, 0))
                .isEqualTo(33);
        assertThat(new RefundWindow(Duration.ZERO, 7, 10_000, true).kept(1_000, 10))
                .isEqualTo(1_000);
        assertThat(FIVE_EUROS.kept(0, 0)).isZero();
    }

    @Test
    void theBetterOfThePolicyBoughtOnAndTodaysIsTheBuyers() {
        RefundPolicy none = new RefundPolicy(2, List.of());
        Instant now = SHOW.minus(Duration.ofDays(3));
        SoldItem seat = item(0, 4_708, 400);

        assertThat(FanTerms.of(STAGED, none, now, SHOW).kept(seat)).isEqualTo(2_754);
        assertThat(FanTerms.of(none, RefundPolicy.HOUSE, now, SHOW).kept(seat)).isZero();
        assertThat(FanTerms.of(STAGED, RefundPolicy.HOUSE, now, SHOW).kept(seat))
                .isZero();
        assertThat(FanTerms.of(STAGED, RefundPolicy.HOUSE, now, SHOW).until()).isEqualTo(HALF_AND_FEE.closes(SHOW));
        assertThatThrownBy(() -> FanTerms.of(none, none, now, SHOW))
                .isInstanceOfSatisfying(
                        Refusal.class, no -> assertThat(no.metadata()).doesNotContainKey("closed_time"));
    }

    /** Whatever is given back together, and in whatever order: all of it together comes to the same, to the last cent. */
    @Test
    void anyPartitionInAnyOrderComesToTheSameSum() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 5_000; round++) {
            List<SoldItem> items = items(random);
            RefundWindow window = new RefundWindow(
                    Duration.ZERO, random.nextInt(2_000), random.nextInt(10_001), random.nextBoolean());
            RefundTerms terms = item -> window.kept(item.price(), item.fee());
            long paid = items.stream().mapToLong(SoldItem::price).sum();
            long goodwill = random.nextInt(3) == 0 ? random.nextLong(paid + 1) : 0;

            long atOnce = terms.giveBack(items, paid - goodwill).refund();
            long apart = inParts(terms, items, paid - goodwill, random);

            assertThat(apart).as("seed %d, round %d", seed, round).isEqualTo(atOnce);
            assertThat(atOnce + goodwill).isLessThanOrEqualTo(paid);
            if (goodwill == 0) {
                long kept = terms.giveBack(items, paid).feeKept();
                assertThat(atOnce + kept).as("seed %d, round %d", seed, round).isEqualTo(paid);
            }
        }
    }

    /** A sum that support says is shared out without losing a cent, by what was paid. */
    @Test
    void aSumIsSharedOutToTheLastCent() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 5_000; round++) {
            List<SoldItem> items = items(random);
            long amount = random.nextLong(100_000_000_000L);

            GivenBack given = new AmountTerms(amount).giveBack(items, amount);

            assertThat(given.refund()).isEqualTo(amount);
            assertThat(given.lines().stream().mapToLong(GivenBack.Line::refund).sum())
                    .as("seed %d, round %d", seed, round)
                    .isEqualTo(amount);
            assertThat(given.lines()).allMatch(line -> line.refund() >= 0 && line.feeKept() >= 0);
        }
    }

    private static long inParts(RefundTerms terms, List<SoldItem> items, long left, Random random) {
        List<SoldItem> rest = new ArrayList<>(items);
        Collections.shuffle(rest, random);
        long given = 0;
        while (!rest.isEmpty()) {
            List<SoldItem> part = rest.subList(0, 1 + random.nextInt(rest.size()));
            given += terms.giveBack(part, left - given).refund();
            part.clear();
        }
        return given;
    }

    private static List<SoldItem> items(Random random) {
        List<SoldItem> items = new ArrayList<>();
        int count = 1 + random.nextInt(20);
        for (int i = 0; i < count; i++) {
            long fee = random.nextInt(1_000);
            items.add(item(i, random.nextInt(4) == 0 ? 0 : fee + random.nextInt(1_000_000), fee));
        }
        return items;
    }

    private static long kept(SoldItem item, Instant now) {
        return FanTerms.of(STAGED, STAGED, now, SHOW).kept(item);
    }

    private static SoldItem item(int number, long price, long fee) {
        return new SoldItem((short) number, price, fee, new UUID(0, number), false, "A-1-1", Set.of(), false);
    }
}
