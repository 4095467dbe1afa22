package dev.onsale.command.inventory;

import static dev.onsale.command.inventory.SaleHouse.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onsale.embedded.StoreKind;
import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.inventory.AreaCounts;
import dev.onsale.runtime.inventory.SeatCode;
import dev.onsale.runtime.inventory.SeatStatus;
import dev.onsale.testkit.TestStores;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Redis loses everything in the middle of a sale. */
class InventoryRebuildIT {
    @RegisterExtension
    static final TestStores STORES =
            TestStores.exclusive(StoreKind.REDIS, StoreKind.POSTGRES).migrated("command", SaleHouse::migrate);

    private static SaleHouse house;

    @BeforeAll
    static void open() {
        house = new SaleHouse(STORES);
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @Test
    void sellsNothingTwiceAfterRedisWasEmptied() {
        var event = house.event("optimistic", "300000");
        await(house.rebuild.load(event));
        var sold = hold(event, "ann", new Choice.Seats(List.of(0, 1)));
        house.book(sold, true);
        var reserved = hold(event, "bob", new Choice.Seats(List.of(5)));
        house.book(reserved, false);
        var floor = hold(event, "cy", new Choice.Area(0, 4));
        house.book(floor, true);
        var lost = hold(event, "dan", new Choice.Seats(List.of(7, 8)));

        STORES.redis().flush();
        var first = attempt(event, "eve", "r1", new Choice.Seats(List.of(0)));
        assertThat(first).isInstanceOf(Refusal.class);
        assertThat(((Refusal) first).reason()).isEqualTo(ErrorReason.ERROR_REASON_INVENTORY_REBUILDING);
        await(house.rebuild.load(event));

        assertThat(attempt(event, "eve", "r2", new Choice.Seats(List.of(0, 1, 5, 6))))
                .isEqualTo(new HoldOutcome.Taken(List.of(0, 1, 5)));
        var again = hold(event, "eve", new Choice.Seats(List.of(7, 8)));
        assertThat(again.fence() >>> 32).isEqualTo((lost.fence() >>> 32) + 1);
        assertThat(attempt(event, "ann", "r3", new Choice.Area(0, 5)))
                .as("bought tickets still count")
                .isEqualTo(new HoldOutcome.LimitReached(6, 2));
        var snapshot = await(house.ledger.snapshot(event)).orElseThrow();
        assertThat(snapshot.areas()).containsEntry(0, new AreaCounts(16, 0, 0, 4, 0));
        assertThat(await(house.ledger.claim(lost.id(), "dan", lost.fence(), null)))
                .isInstanceOf(ClaimOutcome.NotFound.class);
    }

    @Test
    void tellingTheLedgerOfABookingAgainChangesNothingAfterARebuild() {
        var event = house.event("optimistic", "300000");
        await(house.rebuild.load(event));
        var hold = hold(event, "ann", new Choice.Seats(List.of(2, 3)));
        house.book(hold, false);
        STORES.redis().flush();
        await(house.rebuild.load(event));
        var booked = new BookedPlaces(hold.id(), "ann", hold.fence(), 1, hold.places(), null);

        assertThat(await(house.ledger.reserve(booked))).isInstanceOf(BookOutcome.Already.class);
        assertThat(await(house.ledger.sell(booked))).isInstanceOf(BookOutcome.Done.class);
        assertThat(status(event, 2)).isEqualTo(SeatStatus.SOLD);
        assertThat(await(house.ledger.free(hold.id(), "ann", null))).isInstanceOf(BookOutcome.Done.class);
        assertThat(await(house.ledger.free(hold.id(), "ann", null))).isInstanceOf(BookOutcome.Already.class);
        assertThat(status(event, 2)).isEqualTo(SeatStatus.AVAILABLE);
    }

    @Test
    void oneOfManyNodesLoadsTheEvent() {
        var event = house.event("optimistic", "300000");
        var loads = new ArrayList<Future<?>>();
        for (int node = 0; node < 5; node++) {
            loads.add(new InventoryRebuild(house.database, house.redis, SaleHouse.SHARDS).load(event));
        }
        loads.forEach(SaleHouse::await);
        assertThat(house.text("SELECT epoch FROM events WHERE id = '" + event + "'"))
                .isEqualTo("1");
    }

    @Test
    void durableHoldsOutliveRedis() {
        var event = house.event("pessimistic", "300000");
        await(house.rebuild.load(event));
        var hold = hold(event, "ann", new Choice.Seats(List.of(2, 3)));
        assertThat(await(house.durable.keep(hold, "body"))).isEmpty();

        STORES.redis().flush();
        await(house.rebuild.load(event));

        assertThat(attempt(event, "bob", "r", new Choice.Seats(List.of(3))))
                .isEqualTo(new HoldOutcome.Taken(List.of(3)));
        var restored = await(house.ledger.get(hold.id())).orElseThrow();
        assertThat(restored.state()).isEqualTo(HoldState.ACTIVE);
        assertThat(restored.places()).isEqualTo(hold.places());
        assertThat(restored.remaining()).isBetween(Duration.ofMinutes(4), Duration.ofMinutes(5));
        assertThat(await(house.ledger.claim(hold.id(), "ann", restored.fence(), null)))
                .isInstanceOf(ClaimOutcome.Claimed.class);
    }

    @Test
    void salesGoOnThroughRepeatedLossOfRedis() {
        var event = house.event("optimistic", "300000");
        await(house.rebuild.load(event));
        var owned = new HashSet<Integer>();
        int losses = 0;
        for (int i = 0; i < 60; i++) {
            if (i % 15 == 7) {
                STORES.redis().flush();
                losses++;
            }
            var fan = "fan" + i;
            var held = Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(
                            () -> attempt(event, fan, "r", new Choice.Best(1, 0, false, all())),
                            o -> !(o instanceof Refusal));
            if (held instanceof HoldOutcome.Held got) {
                assertThat(owned.addAll(got.hold().places().ordinals()))
                        .as("sold twice")
                        .isTrue();
                house.book(got.hold(), true);
            } else {
                assertThat(held).isInstanceOf(HoldOutcome.SoldOut.class);
            }
        }
        assertThat(losses).isEqualTo(4);
        assertThat(owned).hasSize(24); // All but the accessible seat and its companion.
    }

    private static List<dev.onsale.command.catalog.seatmap.OrdinalRange> all() {
        return List.of(new dev.onsale.command.catalog.seatmap.OrdinalRange(0, house.plan.ordinals()));
    }

    private static SeatStatus status(UUID event, int ordinal) {
        return SeatCode.statusOf((byte) await(house.ledger.snapshot(event))
                .orElseThrow()
                .seats()
                .toString()
                .charAt(ordinal));
    }

    private static Object attempt(UUID event, String fan, String request, Choice choice) {
        var asked = new HoldRequest(HoldId.of(event, fan, request), fan, "body", 1, false, null);
        try {
            return await(house.ledger.hold(asked, choice));
        } catch (Refusal refusal) {
            return refusal;
        }
    }

    private static HoldRecord hold(UUID event, String fan, Choice choice) {
        return ((HoldOutcome.Held) attempt(event, fan, "first", choice)).hold();
    }
}
