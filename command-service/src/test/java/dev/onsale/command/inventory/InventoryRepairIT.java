package dev.onsale.command.inventory;

import static dev.onsale.command.inventory.SaleHouse.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onsale.embedded.StoreKind;
import dev.onsale.runtime.audit.Act;
import dev.onsale.runtime.inventory.AreaCounts;
import dev.onsale.runtime.inventory.InventoryKeys;
import dev.onsale.runtime.inventory.SeatCode;
import dev.onsale.runtime.inventory.SeatStatus;
import dev.onsale.testkit.TestStores;
import io.vertx.redis.client.Command;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Redis is made wrong by hand, and brought back to what PostgreSQL says; holds live through it. */
class InventoryRepairIT {
    @RegisterExtension
    static final TestStores STORES =
            TestStores.with(StoreKind.REDIS, StoreKind.POSTGRES).migrated("command", SaleHouse::migrate);

    private static SaleHouse house;
    private static InventoryRepair repair;

    @BeforeAll
    static void open() {
        house = new SaleHouse(STORES);
        repair = new InventoryRepair(
                house.database,
                new DriftReader(house.database, house.redis, SaleHouse.SHARDS),
                house.ledger,
                house.rebuild);
    }

    @AfterAll
    static void close() {
        house.close();
    }

    private static InventoryRepair.Done run(UUID event) throws Exception {
        return repair.run(event, Act.byItself("test/repair", "event", event));
    }

    @Test
    void leavesAloneWhatIsRight() throws Exception {
        var event = event();
        house.book(hold(event, "ann", new Choice.Seats(List.of(0, 1))), true);
        tellOf(event, "ann", new Choice.Seats(List.of(0, 1)));
        hold(event, "bob", new Choice.Seats(List.of(5)));
        long before = version(event);

        assertThat(run(event)).isEqualTo(new InventoryRepair.Done(0, 0, 0, false, before));
    }

    @Test
    void claimsWhatWasLostAndFreesWhatNobodyHasWhileHoldsStay() throws Exception {
        var event = event();
        var sold = hold(event, "ann", new Choice.Seats(List.of(0, 1)));
        house.book(sold, true);
        await(house.ledger.sell(booked(sold)));
        var held = hold(event, "bob", new Choice.Seats(List.of(5)));
        long before = version(event);
        code(event, 0, SeatStatus.AVAILABLE);
        code(event, 8, SeatStatus.SOLD);
        house.sql("UPDATE seats SET status = 'blocked' WHERE event_id = '" + event + "' AND ordinal = 9");

        var done = run(event);

        assertThat(done.seatsClaimed()).isEqualTo(2);
        assertThat(done.seatsFreed()).isEqualTo(1);
        assertThat(done.reloaded()).isFalse();
        assertThat(List.of(status(event, 0), status(event, 1), status(event, 5), status(event, 8), status(event, 9)))
                .containsExactly(
                        SeatStatus.SOLD, SeatStatus.SOLD, SeatStatus.HELD, SeatStatus.AVAILABLE, SeatStatus.BLOCKED);
        assertThat(version(event)).as("each correction is a change").isEqualTo(before + 3);
        assertThat(await(house.ledger.claim(held.id(), "bob", held.fence(), null)))
                .isInstanceOf(ClaimOutcome.Claimed.class);
        assertThat(run(event).seatsClaimed()).isZero();
        assertThat(house.text("SELECT string_agg(details, ' ') FROM audit_log WHERE subject_id = '" + event + "'"))
                .as("what was repaired is noted, and that nothing was is not")
                .isEqualTo("{\"area_places\":0,\"seats_claimed\":2,\"seats_freed\":1}");
    }

    @Test
    void aBookingThatRedisHasLostAltogetherCountsForTheFanAgain() throws Exception {
        var event = event();
        var sold = hold(event, "ann", new Choice.Seats(List.of(0, 1, 2)));
        house.book(sold, true);
        await(house.ledger.sell(booked(sold)));
        var keys = InventoryKeys.of(event, SaleHouse.SHARDS);
        await(house.redis.send(Command.HDEL, keys.holds(), sold.id().value()));
        await(house.redis.send(Command.HDEL, keys.fans(), "ann"));
        for (int ordinal : List.of(0, 1, 2)) {
            code(event, ordinal, SeatStatus.AVAILABLE);
        }

        run(event);

        assertThat(status(event, 2)).isEqualTo(SeatStatus.SOLD);
        var more = new HoldRequest(HoldId.of(event, "ann", "more"), "ann", "body", 1, false, null);
        assertThat(await(house.ledger.hold(more, new Choice.Seats(List.of(11, 12, 13, 14)))))
                .isEqualTo(new HoldOutcome.LimitReached(6, 3));
        assertThat(await(house.ledger.get(sold.id())).orElseThrow().state()).isEqualTo(HoldState.SOLD);
    }

    @Test
    void correctsTheCountersOfAnAreaByTheirDifference() throws Exception {
        var event = event();
        var sold = hold(event, "ann", new Choice.Area(0, 4));
        house.book(sold, true);
        await(house.ledger.sell(booked(sold)));
        hold(event, "bob", new Choice.Area(0, 2));
        await(house.redis.send(
                Command.HSET, InventoryKeys.of(event, SaleHouse.SHARDS).areas(), "0", "17,2,0,1,0"));

        assertThat(run(event).areaPlaces()).isEqualTo(3);
        assertThat(await(house.ledger.snapshot(event)).orElseThrow().areas())
                .containsEntry(0, new AreaCounts(14, 2, 0, 4, 0));
    }

    @Test
    void loadsAnewWhatIsOutOfShape() throws Exception {
        var event = event();
        await(house.redis.send(
                Command.APPEND, InventoryKeys.of(event, SaleHouse.SHARDS).seats(), "000"));
        var done = run(event);
        assertThat(done.reloaded()).isTrue();
        assertThat(done.version() >>> 32).isEqualTo(2);
        assertThat(run(event)).isEqualTo(new InventoryRepair.Done(0, 0, 0, false, done.version()));
    }

    @Test
    void touchesNothingOfWhatFansDoMeanwhile() throws Exception {
        var event = event();
        code(event, 25, SeatStatus.SOLD);
        var stop = new AtomicBoolean();
        var sales = new AtomicInteger();
        Thread fans = Thread.ofVirtual().start(() -> {
            for (int i = 0; !stop.get(); i++) {
                var fan = "fan" + i;
                var hold = hold(event, fan, new Choice.Seats(List.of(i % 10)));
                seat(event, i % 10, "sold"); // PostgreSQL first, and Redis a moment later.
                await(house.ledger.sell(booked(hold)));
                seat(event, i % 10, "available");
                await(house.ledger.free(hold.id(), fan, null));
                sales.incrementAndGet();
            }
        });
        var done = run(event);
        stop.set(true);
        fans.join();

        assertThat(sales.get()).isGreaterThan(10);
        assertThat(done.seatsFreed()).isEqualTo(1);
        assertThat(done.seatsClaimed()).isZero();
        assertThat(run(event).seatsFreed()).isZero();
    }

    private static void seat(UUID event, int ordinal, String status) {
        await(house.database
                .pool()
                .query("UPDATE seats SET status = '" + status + "' WHERE event_id = '" + event + "' AND ordinal = "
                        + ordinal)
                .execute());
    }

    private static UUID event() {
        var event = house.event("optimistic", "300000");
        await(house.rebuild.load(event));
        return event;
    }

    private static HoldRecord hold(UUID event, String fan, Choice choice) {
        var asked = new HoldRequest(HoldId.of(event, fan, "r"), fan, "body", 1, false, null);
        return ((HoldOutcome.Held) await(house.ledger.hold(asked, choice))).hold();
    }

    private static void tellOf(UUID event, String fan, Choice same) {
        await(house.ledger.sell(booked(hold(event, fan, same))));
    }

    private static BookedPlaces booked(HoldRecord hold) {
        return new BookedPlaces(hold.id(), hold.account(), hold.fence(), 1, hold.places(), null);
    }

    private static void code(UUID event, int ordinal, SeatStatus status) {
        var seats = InventoryKeys.of(event, SaleHouse.SHARDS).seats();
        byte now = await(house.ledger.snapshot(event)).orElseThrow().seats().getByte(ordinal);
        String code = String.valueOf((char) SeatCode.withStatus(now, status));
        await(house.redis.send(Command.SETRANGE, seats, Integer.toString(ordinal), code));
    }

    private static SeatStatus status(UUID event, int ordinal) {
        return SeatCode.statusOf(
                await(house.ledger.snapshot(event)).orElseThrow().seats().getByte(ordinal));
    }

    private static long version(UUID event) {
        return await(house.ledger.snapshot(event)).orElseThrow().version().number();
    }
}
