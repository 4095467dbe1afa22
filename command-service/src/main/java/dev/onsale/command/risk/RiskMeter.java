package dev.onsale.command.risk;

import dev.onsale.command.risk.RiskConfig.Limits;
import dev.onsale.runtime.inventory.InventoryKeys;
import dev.onsale.runtime.redis.Redis;
import dev.onsale.runtime.redis.Script;
import dev.onsale.runtime.redis.Scripts;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** Measures calls by one script in Redis each, by the clock of Redis. */
final class RiskMeter {
    private final Redis redis;
    private final int shards;
    private final Limits limits;
    private final Fingerprints fingerprints;
    private final Script script;

    /** One for each file. */
    enum Operation {
        MEASURE
    }

    RiskMeter(Redis redis, int shards, Limits limits, Fingerprints fingerprints) {
        this(redis, shards, limits, fingerprints, UnaryOperator.identity());
    }

    /** With the script changed: for tests that need another clock or a planted bug. */
    RiskMeter(Redis redis, int shards, Limits limits, Fingerprints fingerprints, UnaryOperator<Script> change) {
        this.redis = redis;
        this.shards = shards;
        this.limits = limits;
        this.fingerprints = fingerprints;
        this.script = Scripts.load(Operation.class, "/redis/risk/", change).get(Operation.MEASURE);
    }

    /**
     * Measures a call and counts it.
     *
     * @param solution id of the challenge it has solved; empty: none
     * @param ordinals of the seats wanted by name
     */
    Future<Measures> measure(Asking asking, String solution, List<Integer> ordinals) {
        String member = fingerprints.account(asking.eventId(), asking.account());
        InventoryKeys event = InventoryKeys.of(asking.eventId(), shards);
        List<String> keys = new ArrayList<>(List.of(event.holds(), event.expiry(), key(event, "account:" + member)));
        asking.traits()
                .forEach(trait ->
                        keys.add(key(event, trait.kind().name().toLowerCase(Locale.ROOT) + ":" + trait.hash())));
        List<String> arguments = new ArrayList<>(List.of(
                asking.account(),
                member,
                asking.want().word(),
                asking.holdId(),
                solution,
                Long.toString(limits.window().toMillis()),
                Long.toString(limits.budget().toMillis()),
                Long.toString(limits.coolDown().toMillis()),
                Long.toString(limits.catchWithin().toMillis()),
                Long.toString(limits.keep().toMillis())));
        ordinals.forEach(ordinal -> arguments.add(Integer.toString(ordinal)));
        return script.run(redis, keys, arguments).map(reply -> Measures.of(reply, asking.traits()));
    }

    private static String key(InventoryKeys event, String name) {
        return InventoryKeys.ofShard(event.shard(), event.eventId() + ":risk:" + name);
    }
}
