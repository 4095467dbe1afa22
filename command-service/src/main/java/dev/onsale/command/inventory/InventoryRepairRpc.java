package dev.onsale.command.inventory;

import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.proto.inventory.v1.InventoryRepairServiceGrpcService;
import dev.onsale.proto.inventory.v1.RepairInventoryRequest;
import dev.onsale.proto.inventory.v1.RepairInventoryResponse;
import dev.onsale.runtime.audit.Act;
import dev.onsale.runtime.auth.Role;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.redis.Redis;
import dev.onsale.runtime.rpc.Access;
import dev.onsale.runtime.rpc.Call;
import dev.onsale.runtime.rpc.RpcService;
import dev.onsale.runtime.sql.Database;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Semaphore;

/** {@code InventoryRepairService} at the edge. Two repairs at once; more are refused. */
public final class InventoryRepairRpc {
    private static final int AT_ONCE = 2;

    private final Vertx vertx;
    private final InventoryRepair repair;
    private final Semaphore places = new Semaphore(AT_ONCE);

    private InventoryRepairRpc(Vertx vertx, InventoryRepair repair) {
        this.vertx = vertx;
        this.repair = repair;
    }

    /** The service, ready to be served. */
    public static RpcService service(
            Vertx vertx, Database database, Redis redis, int shards, SeatLedger ledger, InventoryRebuild rebuild) {
        var reader = new DriftReader(database, redis, shards);
        var rpc = new InventoryRepairRpc(vertx, new InventoryRepair(database, reader, ledger, rebuild));
        return RpcService.of(InventoryRepairServiceGrpcService.SERVICE_DESCRIPTOR)
                .unary(
                        InventoryRepairServiceGrpcService.RepairInventory,
                        Access.of(Role.SERVICE, Role.OPERATOR),
                        rpc::repair);
    }

    private Future<RepairInventoryResponse> repair(Call call, RepairInventoryRequest request) {
        if (!places.tryAcquire()) {
            return Refusal.of(ErrorReason.ERROR_REASON_OVERLOADED, "Enough repairs are under way")
                    .retryAfter(Duration.ofSeconds(2))
                    .future();
        }
        UUID eventId = UUID.fromString(request.getEventId());
        Context context = vertx.getOrCreateContext();
        Promise<RepairInventoryResponse> answer = Promise.promise();
        Thread.ofVirtual().name("inventory-repair").start(() -> {
            try {
                var message = message(repair.run(eventId, Act.byToEvent(call, eventId)));
                context.runOnContext(nothing -> answer.complete(message));
            } catch (Exception failure) {
                context.runOnContext(nothing -> answer.fail(failure));
            } finally {
                places.release();
            }
        });
        return answer.future();
    }

    private static RepairInventoryResponse message(InventoryRepair.Done done) {
        return RepairInventoryResponse.newBuilder()
                .setSeatsClaimed(done.seatsClaimed())
                .setSeatsFreed(done.seatsFreed())
                .setAreaPlaces(done.areaPlaces())
                .setReloaded(done.reloaded())
                .setVersion(done.version())
                .build();
    }
}
