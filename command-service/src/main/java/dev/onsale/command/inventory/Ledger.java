package dev.onsale.command.inventory;

import dev.onsale.command.inventory.LedgerScripts.Operation;
import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.inventory.InventoryKeys;
import dev.onsale.runtime.redis.Redis;
import dev.onsale.runtime.redis.Scripts;
import dev.onsale.runtime.telemetry.Traces;
import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs the scripts of one event after the other: keys, common arguments, sweeping when a "no" is not to be believed. */
final class Ledger {

    private static final String SWEEP_BATCH = "256";
    private static final int MOST_SWEEPS = 400;

    private final Redis redis;
    private final int shards;
    private final Scripts<Operation> scripts;
    private final Consumer<UUID> onLost;

    Ledger(Redis redis, int shards, Scripts<Operation> scripts, Consumer<UUID> onLost) {
        this.redis = redis;
        this.shards = shards;
        this.scripts = scripts;
        this.onLost = onLost;
    }

    /** Runs an operation; fails with INVENTORY_REBUILDING if Redis has not got the event. */
    Future<Response> run(Operation operation, UUID eventId, @Nullable String trace, List<String> arguments) {
        return send(operation, eventId, trace, arguments).compose(reply -> loaded(eventId, reply));
    }

    /** Runs an operation that may answer DUE: sweeps, and runs it again. Each script stays short that way. */
    Future<Response> runSettled(Operation operation, UUID eventId, @Nullable String trace, List<String> arguments) {
        return settled(operation, eventId, trace, arguments, MOST_SWEEPS);
    }

    private Future<Response> settled(
            Operation operation, UUID eventId, @Nullable String trace, List<String> arguments, int sweeps) {
        return run(operation, eventId, trace, arguments).compose(reply -> {
            if (!LedgerReplies.word(reply).equals("DUE")) {
                return Future.succeededFuture(reply);
            }
            if (sweeps == 0) {
                return Refusal.unavailable("redis").future();
            }
            return run(Operation.SWEEP_EXPIRED, eventId, trace, List.of(SWEEP_BATCH))
                    .compose(swept -> settled(operation, eventId, trace, arguments, sweeps - 1));
        });
    }

    /** Runs an operation and answers whatever the script says. */
    Future<Response> send(Operation operation, UUID eventId, @Nullable String trace, List<String> arguments) {
        var keys = InventoryKeys.of(eventId, shards);
        var all = new ArrayList<String>(arguments.size() + 2);
        all.add(eventId.toString());
        all.add(Objects.requireNonNullElse(trace == null ? Traces.current() : trace, ""));
        all.addAll(arguments);
        var names = List.of(
                keys.meta(),
                keys.seats(),
                keys.areas(),
                keys.holds(),
                keys.expiry(),
                keys.fans(),
                keys.changes(),
                keys.presales());
        return scripts.get(operation).run(redis, names, all);
    }

    private Future<Response> loaded(UUID eventId, Response reply) {
        if (!LedgerReplies.word(reply).equals("NO_EPOCH")) {
            return Future.succeededFuture(reply);
        }
        onLost.accept(eventId);
        return Refusal.of(ErrorReason.ERROR_REASON_INVENTORY_REBUILDING, "The inventory of the event is being rebuilt")
                .retryAfter(Duration.ofSeconds(1))
                .<Response>future();
    }

    Redis redis() {
        return redis;
    }

    int shards() {
        return shards;
    }
}
