package dev.onsale.command.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.onsale.command.Calls;
import dev.onsale.command.CommandServer;
import dev.onsale.command.Shows;
import dev.onsale.command.inventory.Choice;
import dev.onsale.command.inventory.HoldId;
import dev.onsale.command.inventory.HoldOutcome;
import dev.onsale.command.inventory.HoldRequest;
import dev.onsale.command.inventory.SeatLedger;
import dev.onsale.proto.catalog.v1.BlockSeatsRequest;
import dev.onsale.proto.catalog.v1.CancelEventRequest;
import dev.onsale.proto.catalog.v1.CatalogAdminServiceGrpcClient;
import dev.onsale.proto.catalog.v1.CloseSaleRequest;
import dev.onsale.proto.catalog.v1.Event;
import dev.onsale.proto.catalog.v1.EventState;
import dev.onsale.proto.catalog.v1.GetEventRequest;
import dev.onsale.proto.catalog.v1.OpenSaleRequest;
import dev.onsale.proto.catalog.v1.UnblockSeatsRequest;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.inventory.AreaCounts;
import dev.onsale.runtime.inventory.InventoryKeys;
import dev.onsale.runtime.inventory.SeatCode;
import dev.onsale.runtime.inventory.SeatStatus;
import dev.onsale.runtime.inventory.Snapshot;
import dev.onsale.runtime.redis.Redis;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SaleIT {
    @RegisterExtension
    static final CommandServer server = CommandServer.on(CommandServer.stores());

    private final Calls operator = server.operator();
    private final Shows shows = new Shows(operator);
    private Redis redis;
    private SeatLedger ledger;

    @BeforeEach
    void connect() throws TimeoutException {
        redis = done(server.redis());
        ledger = new SeatLedger(redis, InventoryKeys.DEFAULT_SHARDS, lost -> {});
    }

    @AfterEach
    void close() throws TimeoutException {
        done(redis.close());
    }

    @Test
    void opensASaleAndLoadsTheInventory() throws TimeoutException {
        Event event = shows.onSale();

        assertThat(event.getState()).isEqualTo(EventState.EVENT_STATE_ON_SALE);
        Snapshot snapshot = snapshot(event);
        assertThat(snapshot.version().epoch()).isEqualTo(1);
        assertThat(snapshot.seats().length()).isEqualTo(33);
        assertThat(snapshot.areas().values()).singleElement().returns(50L, AreaCounts::free);
        assertThat(hold(event, "alice", 0)).isInstanceOf(HoldOutcome.Held.class);
    }

    @Test
    void refusesNewHoldsWhenTheSaleIsClosedAndTakesThemWhenItOpensAgain() throws TimeoutException {
        Event event = shows.onSale();

        Event closed = operator.call(CatalogAdminServiceGrpcClient.CloseSale, close(event))
                .getEvent();

        assertThat(closed.getState()).isEqualTo(EventState.EVENT_STATE_CLOSED);
        assertThat(hold(event, "alice", 0)).isNotInstanceOf(HoldOutcome.Held.class);
        shows.open(event);
        assertThat(hold(event, "bob", 0)).isInstanceOf(HoldOutcome.Held.class);
    }

    @Test
    void blocksSeatsInPostgresAndRedisAndPutsThemBack() throws TimeoutException {
        Event event = shows.onSale();

        assertThat(block(event, "A-1-3", "A-1-4")).isEqualTo(2);
        assertThat(block(event, "A-1-4", "A-1-5")).isEqualTo(1);

        assertThat(status(event, 2)).isEqualTo(SeatStatus.BLOCKED);
        assertThat(hold(event, "alice", 3)).isInstanceOf(HoldOutcome.Taken.class);
        assertThat(server.select("SELECT string_agg(number::text, ',' ORDER BY number) FROM seats WHERE event_id = '"
                        + event.getEventId() + "' AND status = 'blocked'"))
                .isEqualTo("3,4,5");
        assertThat(operator.call(CatalogAdminServiceGrpcClient.UnblockSeats, unblock(event, "A-1-4", "A-1-9"))
                        .getUnblocked())
                .isEqualTo(1);
        assertThat(hold(event, "alice", 3)).isInstanceOf(HoldOutcome.Held.class);
    }

    @Test
    void keepsSeatsBlockedThatWereBlockedBeforeTheSaleOpened() throws TimeoutException {
        Event event = shows.draft();
        assertThat(block(event, "B-1-1")).isEqualTo(1);

        shows.open(event);

        assertThat(status(event, 22)).isEqualTo(SeatStatus.BLOCKED);
    }

    @Test
    void blocksNoSeatAtAllWhenOneOfThemIsHeld() throws TimeoutException {
        Event event = shows.onSale();
        hold(event, "alice", 4);

        Refusal refusal =
                operator.refused(CatalogAdminServiceGrpcClient.BlockSeats, blockRequest(event, "A-1-4", "A-1-5"));

        assertThat(refusal.reasonName()).isEqualTo("SEAT_TAKEN");
        assertThat(refusal.metadata()).containsEntry("seats", "A-1-5");
        assertThat(status(event, 3)).isEqualTo(SeatStatus.AVAILABLE);
        assertThat(server.select("SELECT count(*) FROM seats WHERE event_id = '" + event.getEventId()
                        + "' AND status = 'blocked'"))
                .isEqualTo("0");
    }

    @Test
    void blocksNoSeatAtAllWhenOneOfThemIsSold() {
        Event event = shows.draft();
        server.execute(
                "UPDATE seats SET status = 'sold' WHERE ordinal = 4 AND event_id = '" + event.getEventId() + "'");

        Refusal refusal =
                operator.refused(CatalogAdminServiceGrpcClient.BlockSeats, blockRequest(event, "A-1-4", "A-1-5"));

        assertThat(refusal.metadata()).containsEntry("seats", "A-1-5");
        assertThat(operator.refused(CatalogAdminServiceGrpcClient.BlockSeats, blockRequest(event, "Z-9-9"))
                        .metadata())
                .containsEntry("seats", "Z-9-9");
    }

    @Test
    void callsAnEventOffForGood() throws TimeoutException {
        Event event = shows.onSale();

        Event cancelled = operator.call(CatalogAdminServiceGrpcClient.CancelEvent, cancel(event))
                .getEvent();

        assertThat(cancelled.getState()).isEqualTo(EventState.EVENT_STATE_CANCELLED);
        assertThat(hold(event, "alice", 0)).isNotInstanceOf(HoldOutcome.Held.class);
        assertThat(server.select("SELECT kind FROM sagas WHERE subject_id = '" + event.getEventId() + "'"))
                .isEqualTo("event-cancellation");
        Refusal refusal = operator.refused(
                CatalogAdminServiceGrpcClient.OpenSale,
                OpenSaleRequest.newBuilder()
                        .setRequestId(Shows.requestId())
                        .setEventId(event.getEventId())
                        .build());
        assertThat(refusal.reasonName()).isEqualTo("EVENT_STATE");
        assertThat(refusal.metadata()).containsEntry("state", "CANCELLED");
    }

    @Test
    void refusesToOpenASaleWhoseWindowIsInThePast() {
        Instant past = Instant.now().minus(Duration.ofHours(1));
        Event event = shows.draft(request ->
                request.setSaleStart(Shows.time(past.minusSeconds(60))).setSaleEnd(Shows.time(past)));

        Refusal refusal = operator.refused(
                CatalogAdminServiceGrpcClient.OpenSale,
                OpenSaleRequest.newBuilder()
                        .setRequestId(Shows.requestId())
                        .setEventId(event.getEventId())
                        .setStartNow(true)
                        .build());

        assertThat(refusal.reasonName()).isEqualTo("INVALID_FIELD");
        assertThat(operator.refused(CatalogAdminServiceGrpcClient.CloseSale, close(event))
                        .reasonName())
                .isEqualTo("EVENT_STATE");
    }

    @Test
    void isSoldOutWhenTheLastPlaceGoesAndOnSaleWhenOneComesBack() {
        Event event = shows.onSale();
        String id = "'" + event.getEventId() + "'";
        server.execute("UPDATE seats SET status = 'sold' WHERE event_id = " + id);
        server.execute("UPDATE areas SET sold = capacity WHERE event_id = " + id);
        bookingChanged(event);
        awaitState(event, EventState.EVENT_STATE_SOLD_OUT);

        server.execute("UPDATE areas SET sold = capacity - 1 WHERE event_id = " + id);
        bookingChanged(event);

        awaitState(event, EventState.EVENT_STATE_ON_SALE);
    }

    @Test
    void closesASaleWhoseWindowHasEnded() {
        Event event = shows.onSale();
        server.execute("UPDATE events SET sale_start = now() - interval '2 min', sale_end = now() - interval '1 min'"
                + " WHERE id = '" + event.getEventId() + "'");

        bookingChanged(event);

        awaitState(event, EventState.EVENT_STATE_CLOSED);
    }

    @Test
    void publishesEveryChangeOfAnEventInOrder() throws TimeoutException {
        Event event = shows.onSale();
        block(event, "A-1-1");
        UUID eventId = UUID.fromString(event.getEventId());
        String stream = InventoryKeys.of(eventId, InventoryKeys.DEFAULT_SHARDS).changes();

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            String entries = String.valueOf(done(redis.send(Command.XRANGE, stream, "-", "+")));
            assertThat(entries).contains("kind, event", "version, 1", "version, 2", "version, 3");
        });
    }

    private void bookingChanged(Event event) {
        int shard = InventoryKeys.shardOf(UUID.fromString(event.getEventId()), InventoryKeys.DEFAULT_SHARDS);
        server.execute("INSERT INTO outbox (shard, event_id, kind, aggregate_id, version) VALUES (" + shard + ", '"
                + event.getEventId() + "', 'booking', gen_random_uuid(), 1)");
    }

    private void awaitState(Event event, EventState state) {
        GetEventRequest request =
                GetEventRequest.newBuilder().setEventId(event.getEventId()).build();
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(operator.call(CatalogAdminServiceGrpcClient.GetEvent, request)
                                .getEvent()
                                .getState())
                        .isEqualTo(state));
    }

    private int block(Event event, String... seats) {
        return operator.call(CatalogAdminServiceGrpcClient.BlockSeats, blockRequest(event, seats))
                .getBlocked();
    }

    private static BlockSeatsRequest blockRequest(Event event, String... seats) {
        return BlockSeatsRequest.newBuilder()
                .setRequestId(Shows.requestId())
                .setEventId(event.getEventId())
                .setReason("kill")
                .addAllSeatIds(List.of(seats))
                .build();
    }

    private static UnblockSeatsRequest unblock(Event event, String... seats) {
        return UnblockSeatsRequest.newBuilder()
                .setRequestId(Shows.requestId())
                .setEventId(event.getEventId())
                .addAllSeatIds(List.of(seats))
                .build();
    }

    private static CloseSaleRequest close(Event event) {
        return CloseSaleRequest.newBuilder()
                .setRequestId(Shows.requestId())
                .setEventId(event.getEventId())
                .build();
    }

    private static CancelEventRequest cancel(Event event) {
        return CancelEventRequest.newBuilder()
                .setRequestId(Shows.requestId())
                .setEventId(event.getEventId())
                .setReason("The singer is ill")
                .build();
    }

    private HoldOutcome hold(Event event, String account, int ordinal) throws TimeoutException {
        HoldId id = HoldId.of(UUID.fromString(event.getEventId()), account, Shows.requestId());
        return done(
                ledger.hold(new HoldRequest(id, account, "body", 1, false, null), new Choice.Seats(List.of(ordinal))));
    }

    private SeatStatus status(Event event, int ordinal) throws TimeoutException {
        return SeatCode.statusOf(snapshot(event).seats().getByte(ordinal));
    }

    private Snapshot snapshot(Event event) throws TimeoutException {
        return done(ledger.snapshot(UUID.fromString(event.getEventId()))).orElseThrow();
    }

    private static <T> T done(Future<T> future) throws TimeoutException {
        return future.await(30, TimeUnit.SECONDS);
    }
}
