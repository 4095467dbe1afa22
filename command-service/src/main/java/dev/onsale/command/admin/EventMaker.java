package dev.onsale.command.admin;

import dev.onsale.command.audit.CommandAudit;
import dev.onsale.command.catalog.EventCatalog;
import dev.onsale.proto.catalog.v1.CreateEventRequest;
import dev.onsale.proto.catalog.v1.CreateEventResponse;
import dev.onsale.runtime.audit.Act;
import dev.onsale.runtime.idempotency.Idempotency;
import dev.onsale.runtime.idempotency.RequestKey;
import dev.onsale.runtime.rpc.Call;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.UUID;

/** Makes events with all their seats, in one transaction. */
final class EventMaker {
    private final EventCatalog catalog;
    private final Idempotency idempotency;
    private final EventChanges changes;

    EventMaker(EventCatalog catalog, Idempotency idempotency, EventChanges changes) {
        this.catalog = catalog;
        this.idempotency = idempotency;
        this.changes = changes;
    }

    Future<CreateEventResponse> create(Call call, CreateEventRequest request) {
        return catalog.plan(UUID.fromString(request.getSeatMapId())).compose(plan -> {
            FieldFaults faults = new FieldFaults();
            EventDraft draft = EventDraft.check(request, plan, faults);
            return faults.isEmpty() ? create(call, request, draft) : faults.future();
        });
    }

    private Future<CreateEventResponse> create(Call call, CreateEventRequest request, EventDraft draft) {
        RequestKey key = RequestKey.of(call, request.getRequestId());
        return idempotency.once(
                key,
                request,
                CreateEventResponse.parser(),
                connection -> insert(connection, draft, call)
                        .compose(answer -> CommandAudit.ADMIN.note(
                                connection,
                                Act.byToEvent(
                                                call,
                                                UUID.fromString(
                                                        answer.getEvent().getEventId()))
                                        .asked(request),
                                answer)));
    }

    private Future<CreateEventResponse> insert(SqlConnection connection, EventDraft draft, Call call) {
        return EventInsert.run(connection, draft)
                .compose(eventId -> changes.note(connection, eventId, 1, call)
                        .compose(noted -> EventReader.event(connection, eventId)))
                .map(event -> CreateEventResponse.newBuilder().setEvent(event).build());
    }
}
