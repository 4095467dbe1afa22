package dev.onsale.command.admin;

import dev.onsale.command.audit.CommandAudit;
import dev.onsale.command.catalog.EventCatalog;
import dev.onsale.command.catalog.EventRows;
import dev.onsale.proto.catalog.v1.CancelEventRequest;
import dev.onsale.proto.catalog.v1.CancelEventResponse;
import dev.onsale.proto.catalog.v1.CloseSaleRequest;
import dev.onsale.proto.catalog.v1.CloseSaleResponse;
import dev.onsale.proto.catalog.v1.Event;
import dev.onsale.proto.catalog.v1.EventState;
import dev.onsale.proto.catalog.v1.OpenSaleRequest;
import dev.onsale.proto.catalog.v1.OpenSaleResponse;
import dev.onsale.runtime.audit.Act;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.idempotency.Idempotency;
import dev.onsale.runtime.idempotency.RequestKey;
import dev.onsale.runtime.rpc.Call;
import dev.onsale.runtime.sql.Sql;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Opens and closes sales, and calls events off. PostgreSQL first; then the inventory is told what PostgreSQL says now, also
 * when the call is a repeat, so a repeat mends what a crash between the two left.
 */
final class SaleDesk {
    private static final Sql SET_STATE = Sql.load(SaleDesk.class, "set-state.sql");
    private static final Sql START_CANCELLATION = Sql.load(SaleDesk.class, "start-cancellation.sql");

    private final EventCatalog catalog;
    private final Idempotency idempotency;
    private final EventChanges changes;
    private final SaleInventory inventory;

    SaleDesk(EventCatalog catalog, Idempotency idempotency, EventChanges changes, SaleInventory inventory) {
        this.catalog = catalog;
        this.idempotency = idempotency;
        this.changes = changes;
        this.inventory = inventory;
    }

    Future<OpenSaleResponse> open(Call call, OpenSaleRequest request) {
        UUID eventId = UUID.fromString(request.getEventId());
        RequestKey key = RequestKey.of(call, request.getRequestId());
        return idempotency
                .once(
                        key,
                        request,
                        OpenSaleResponse.parser(),
                        connection -> changes.lock(connection, eventId)
                                .compose(event -> event.unless(Set.of(EventState.EVENT_STATE_CANCELLED)))
                                .compose(event -> open(connection, eventId, event, request.getStartNow()))
                                .compose(opened -> finish(connection, eventId, call))
                                .map(event -> OpenSaleResponse.newBuilder()
                                        .setEvent(event)
                                        .build())
                                .compose(answer -> CommandAudit.ADMIN.note(
                                        connection, Act.byToEvent(call, eventId).asked(request), answer)))
                .compose(answer -> tellInventory(eventId).map(told -> answer));
    }

    private static Future<Void> open(SqlConnection connection, UUID eventId, LockedEvent event, boolean startNow) {
        if (!event.saleEnd().isAfter(event.now())) {
            return Refusal.invalid("event_id", "the event's sale window is in the past")
                    .future();
        }
        Instant start = startNow && event.saleStart().isAfter(event.now()) ? event.now() : event.saleStart();
        EventState state = event.state() == EventState.EVENT_STATE_SOLD_OUT
                ? EventState.EVENT_STATE_SOLD_OUT
                : EventState.EVENT_STATE_ON_SALE;
        return setState(connection, eventId, state, start, null);
    }

    Future<CloseSaleResponse> close(Call call, CloseSaleRequest request) {
        UUID eventId = UUID.fromString(request.getEventId());
        RequestKey key = RequestKey.of(call, request.getRequestId());
        Set<EventState> neverOpen = Set.of(EventState.EVENT_STATE_DRAFT, EventState.EVENT_STATE_CANCELLED);
        return idempotency
                .once(
                        key,
                        request,
                        CloseSaleResponse.parser(),
                        connection -> changes.lock(connection, eventId)
                                .compose(event -> event.unless(neverOpen))
                                .compose(event -> setState(
                                        connection, eventId, EventState.EVENT_STATE_CLOSED, event.saleStart(), null))
                                .compose(closed -> finish(connection, eventId, call))
                                .map(event -> CloseSaleResponse.newBuilder()
                                        .setEvent(event)
                                        .build())
                                .compose(answer -> CommandAudit.ADMIN.note(
                                        connection, Act.byToEvent(call, eventId).asked(request), answer)))
                .compose(answer -> tellInventory(eventId).map(told -> answer));
    }

    Future<CancelEventResponse> cancel(Call call, CancelEventRequest request) {
        UUID eventId = UUID.fromString(request.getEventId());
        RequestKey key = RequestKey.of(call, request.getRequestId());
        return idempotency
                .once(
                        key,
                        request,
                        CancelEventResponse.parser(),
                        connection -> changes.lock(connection, eventId)
                                .compose(event -> event.unless(Set.of(EventState.EVENT_STATE_CANCELLED)))
                                .compose(event -> setState(
                                        connection,
                                        eventId,
                                        EventState.EVENT_STATE_CANCELLED,
                                        event.saleStart(),
                                        request.getReason()))
                                .compose(cancelled -> START_CANCELLATION.run(connection, Tuple.of(eventId)))
                                .compose(started -> finish(connection, eventId, call))
                                .map(event -> CancelEventResponse.newBuilder()
                                        .setEvent(event)
                                        .build())
                                .compose(answer -> CommandAudit.ADMIN.note(
                                        connection,
                                        Act.byToEvent(call, eventId)
                                                .because(request.getReason())
                                                .asked(request, "reason"),
                                        answer)))
                .compose(answer -> tellInventory(eventId).map(told -> answer));
    }

    private Future<Void> tellInventory(UUID eventId) {
        return catalog.fresh(eventId).compose(inventory::follow);
    }

    private Future<Event> finish(SqlConnection connection, UUID eventId, Call call) {
        return changes.changed(connection, eventId, call).compose(changed -> EventReader.event(connection, eventId));
    }

    private static Future<Void> setState(
            SqlConnection connection, UUID eventId, EventState state, Instant saleStart, @Nullable String reason) {
        return SET_STATE
                .run(connection, Tuple.of(eventId, EventRows.column(state), saleStart.atOffset(ZoneOffset.UTC), reason))
                .mapEmpty();
    }
}
