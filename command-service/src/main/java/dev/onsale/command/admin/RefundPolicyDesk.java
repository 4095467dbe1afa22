package dev.onsale.command.admin;

import dev.onsale.command.audit.CommandAudit;
import dev.onsale.command.catalog.EventCatalog;
import dev.onsale.command.catalog.RefundPolicy;
import dev.onsale.proto.catalog.v1.EventState;
import dev.onsale.proto.catalog.v1.SetRefundPolicyRequest;
import dev.onsale.proto.catalog.v1.SetRefundPolicyResponse;
import dev.onsale.runtime.audit.Act;
import dev.onsale.runtime.idempotency.Idempotency;
import dev.onsale.runtime.idempotency.RequestKey;
import dev.onsale.runtime.rpc.Call;
import io.vertx.core.Future;
import java.util.Set;
import java.util.UUID;

/** Replaces refund policies, each by its next version. */
final class RefundPolicyDesk {
    private static final Set<EventState> OVER = Set.of(EventState.EVENT_STATE_CANCELLED);

    private final EventCatalog catalog;
    private final Idempotency idempotency;
    private final EventChanges changes;

    RefundPolicyDesk(EventCatalog catalog, Idempotency idempotency, EventChanges changes) {
        this.catalog = catalog;
        this.idempotency = idempotency;
        this.changes = changes;
    }

    Future<SetRefundPolicyResponse> set(Call call, SetRefundPolicyRequest request) {
        UUID eventId = UUID.fromString(request.getEventId());
        return catalog.event(eventId).compose(event -> {
            FieldFaults faults = new FieldFaults();
            RefundPolicy policy =
                    RefundPolicies.check(request.getRefundPolicy(), event.currency(), "refund_policy", faults);
            return faults.isEmpty() ? set(call, request, eventId, policy) : faults.future();
        });
    }

    private Future<SetRefundPolicyResponse> set(
            Call call, SetRefundPolicyRequest request, UUID eventId, RefundPolicy policy) {
        RequestKey key = RequestKey.of(call, request.getRequestId());
        return idempotency.once(
                key,
                request,
                SetRefundPolicyResponse.parser(),
                connection -> changes.lock(connection, eventId)
                        .compose(event -> event.unless(OVER))
                        .compose(event -> RefundPolicies.set(connection, eventId, policy))
                        .compose(done -> changes.changed(connection, eventId, call))
                        .compose(done -> EventReader.event(connection, eventId))
                        .map(event -> SetRefundPolicyResponse.newBuilder()
                                .setEvent(event)
                                .build())
                        .compose(answer -> CommandAudit.ADMIN.note(
                                connection, Act.byToEvent(call, eventId).asked(request), answer)));
    }
}
