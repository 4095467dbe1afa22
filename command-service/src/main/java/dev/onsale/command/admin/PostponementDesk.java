package dev.onsale.command.admin;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import dev.onsale.command.audit.CommandAudit;
import dev.onsale.command.catalog.EventCatalog;
import dev.onsale.command.saga.Sagas;
import dev.onsale.proto.catalog.v1.EventState;
import dev.onsale.proto.catalog.v1.PostponeEventRequest;
import dev.onsale.proto.catalog.v1.PostponeEventResponse;
import dev.onsale.runtime.audit.Act;
import dev.onsale.runtime.idempotency.Idempotency;
import dev.onsale.runtime.idempotency.RequestKey;
import dev.onsale.runtime.rpc.Call;
import dev.onsale.runtime.sql.Sql;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Puts events off. The new date is there when it answers; who has tickets is told by the saga of that kind, which is run by the
 * booking feature. The inventory is told what PostgreSQL says, also by a repeat.
 */
final class PostponementDesk {
    private static final Sql POSTPONE = Sql.load(PostponementDesk.class, "postpone-event.sql");
    private static final String SAGA = "postponement";

    private final EventCatalog catalog;
    private final Idempotency idempotency;
    private final EventChanges changes;
    private final SaleInventory inventory;

    PostponementDesk(EventCatalog catalog, Idempotency idempotency, EventChanges changes, SaleInventory inventory) {
        this.catalog = catalog;
        this.idempotency = idempotency;
        this.changes = changes;
        this.inventory = inventory;
    }

    Future<PostponeEventResponse> postpone(Call call, PostponeEventRequest request) {
        UUID eventId = UUID.fromString(request.getEventId());
        return idempotency
                .once(
                        RequestKey.of(call, request.getRequestId()),
                        request,
                        PostponeEventResponse.parser(),
                        connection -> changes.lock(connection, eventId)
                                .compose(event -> event.unless(Set.of(EventState.EVENT_STATE_CANCELLED)))
                                .compose(event -> check(event, request))
                                .compose(fits -> postpone(connection, eventId, request))
                                .compose(begun -> changes.changed(connection, eventId, call))
                                .compose(changed -> EventReader.event(connection, eventId))
                                .map(event -> PostponeEventResponse.newBuilder()
                                        .setEvent(event)
                                        .build())
                                .compose(answer -> CommandAudit.ADMIN.note(
                                        connection,
                                        Act.byToEvent(call, eventId)
                                                .because(request.getReason())
                                                .asked(request, "reason"),
                                        answer)))
                .compose(answer ->
                        catalog.fresh(eventId).compose(inventory::follow).map(told -> answer));
    }

    private static Future<Void> check(LockedEvent event, PostponeEventRequest request) {
        FieldFaults faults = new FieldFaults();
        Instant now = event.now();
        Instant optOut = instant(request.getOptOutUntil(), "opt_out_until", faults);
        if (!optOut.isAfter(now)) {
            faults.add("opt_out_until", "must be in the future");
        }
        if (request.hasNewEventTime()) {
            Instant begins = instant(request.getNewEventTime(), "new_event_time", faults);
            if (!begins.isAfter(now)) {
                faults.add("new_event_time", "must be in the future");
            }
            if (optOut.isAfter(begins)) {
                faults.add("opt_out_until", "must not be after new_event_time");
            }
        }
        if (request.hasSaleEnd()
                && !instant(request.getSaleEnd(), "sale_end", faults).isAfter(event.saleStart())) {
            faults.add("sale_end", "must be after the beginning of the sale");
        }
        return faults.isEmpty() ? Future.succeededFuture() : faults.future();
    }

    private static Instant instant(Timestamp timestamp, String path, FieldFaults faults) {
        if (!Timestamps.isValid(timestamp)) {
            faults.add(path, "must be a time from the year 1 to 9999");
            return Instant.EPOCH;
        }
        return Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos());
    }

    private static Future<Boolean> postpone(SqlConnection connection, UUID eventId, PostponeEventRequest request) {
        Tuple values = Tuple.tuple()
                .addUUID(eventId)
                .addValue(utc(request.hasNewEventTime(), request.getNewEventTime()))
                .addValue(utc(true, request.getOptOutUntil()))
                .addValue(utc(request.hasSaleEnd(), request.getSaleEnd()))
                .addBoolean(request.getPauseSales())
                .addString(request.getReason());
        return POSTPONE.run(connection, values)
                .map(rows -> rows.iterator().next().getUUID("id"))
                .compose(id -> Sagas.start(connection, SAGA, id, new JsonObject().put("event", eventId.toString())));
    }

    private static @Nullable OffsetDateTime utc(boolean given, Timestamp time) {
        return given ? Instant.ofEpochSecond(time.getSeconds(), time.getNanos()).atOffset(ZoneOffset.UTC) : null;
    }
}
