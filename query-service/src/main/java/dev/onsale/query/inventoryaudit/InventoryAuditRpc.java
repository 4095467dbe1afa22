package dev.onsale.query.inventoryaudit;

import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.proto.query.v1.AuditInventoryRequest;
import dev.onsale.proto.query.v1.AuditInventoryResponse;
import dev.onsale.proto.query.v1.InventoryAuditServiceGrpcService;
import dev.onsale.query.stream.Errand;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.rpc.Call;
import dev.onsale.runtime.rpc.RpcService;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Semaphore;

/** The edge of `InventoryAuditService`. For operators and support. A few audits at once; more are refused. */
final class InventoryAuditRpc {
    private static final int AT_ONCE = 4;

    private final Vertx vertx;
    private final AuditReader reader;
    private final InventoryAudit audit;
    private final Semaphore places = new Semaphore(AT_ONCE);

    InventoryAuditRpc(Vertx vertx, AuditReader reader, InventoryAudit audit) {
        this.vertx = vertx;
        this.reader = reader;
        this.audit = audit;
    }

    RpcService service() {
        return RpcService.of(InventoryAuditServiceGrpcService.SERVICE_DESCRIPTOR)
                .unary(InventoryAuditServiceGrpcService.AuditInventory, this::audit);
    }

    private Future<AuditInventoryResponse> audit(Call call, AuditInventoryRequest request) {
        if (!places.tryAcquire()) {
            return Refusal.of(ErrorReason.ERROR_REASON_OVERLOADED, "Enough audits are under way")
                    .retryAfter(Duration.ofSeconds(1))
                    .future();
        }
        UUID eventId = UUID.fromString(request.getEventId());
        return Errand.run(
                        vertx,
                        "audit-inventory",
                        () -> AuditAnswer.of(
                                audit.run(reader.event(eventId).orElseThrow(() -> Refusal.notFound("event")))))
                .onComplete(done -> places.release());
    }
}
