package dev.onsale.query.stream;

import dev.onsale.runtime.redis.Redis;
import dev.onsale.runtime.redis.Script;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node's part of the shards: leased in Redis by its clock, spread evenly over the nodes that are alive. A node that
 * joins gets its part as soon as the others have ended their rounds; one that stops hands over at once; one that dies or
 * freezes loses its part when its lease is over, and notices by its own monotonic clock. Two nodes may overlap for a
 * moment all the same: what they write must be harmless when it is written twice.
 */
public final class ShardLeases implements ShardShare {
    private static final Logger LOG = LoggerFactory.getLogger(ShardLeases.class);
    private static final Script LEASE = Script.load(ShardLeases.class, "lease_shards.lua");
    private static final Script LEAVE = Script.load(ShardLeases.class, "leave_shards.lua");
    private static final int RENEWALS_A_LIFE = 5;
    private static final long STOP_SECONDS = 2;

    private final Redis redis;
    private final LeaseKeys keys;
    private final int shards;
    private final String node;
    private final Duration life;
    private final Counter rebalances;
    private final Worker worker;
    private Granted granted = new Granted(List.of(), System.nanoTime());
    private List<Integer> owned = List.of();
    private List<Integer> working = List.of();

    /** Shards that were granted, and when that was asked for. */
    private record Granted(List<Integer> shards, long nanos) {}

    private ShardLeases(Redis redis, LeaseKeys keys, int shards, String node, Duration life, MeterRegistry registry) {
        this.redis = redis;
        this.keys = keys;
        this.shards = shards;
        this.node = node;
        this.life = life;
        this.rebalances = registry.counter("onsale.leases.changes", "what", keys.what());
        Gauge.builder("onsale.leases.owned", this, ShardLeases::count)
                .tag("what", keys.what())
                .register(registry);
        this.worker = Worker.start("leases-" + keys.what(), this::round);
    }

    /**
     * Starts to take part.
     *
     * @param redis the connection
     * @param keys what is leased
     * @param shards how many there are
     * @param node this node, unlike any other and unlike itself before a restart
     * @param life how long a lease lasts without being renewed
     * @param registry for `onsale.leases.owned` and `onsale.leases.changes`
     * @return the leases, to be stopped after whoever works by them
     */
    public static ShardLeases start(
            Redis redis, LeaseKeys keys, int shards, String node, Duration life, MeterRegistry registry) {
        return new ShardLeases(redis, keys, shards, node, life, registry);
    }

    @Override
    public synchronized List<Integer> begin() {
        working = System.nanoTime() - granted.nanos < life.toNanos() ? granted.shards : List.of();
        return working;
    }

    /**
     * Tells whether the lease of what the round began with still lasts: a frozen node that wakes up says no.
     *
     * @return false if another node may be at work on the same by now
     */
    public synchronized boolean lasts() {
        return System.nanoTime() - granted.nanos < life.toNanos() && granted.shards.containsAll(working);
    }

    /**
     * Hands everything over. Stop first whoever works by these leases.
     *
     * @return done, also if Redis is away: then the leases run out
     */
    public Future<Void> stop() {
        return worker.stop()
                .compose(ended -> LEAVE.run(redis, keys.names(), List.of(node)))
                .<Void>mapEmpty()
                .otherwiseEmpty();
    }

    private void round() throws Exception {
        renew();
        Thread.sleep(life.dividedBy(RENEWALS_A_LIFE));
    }

    private void renew() throws Exception {
        long asked = System.nanoTime();
        List<String> arguments =
                new ArrayList<>(List.of(node, Long.toString(life.toMillis()), Integer.toString(shards)));
        surplus().forEach(shard -> arguments.add(Integer.toString(shard)));
        Response reply = LEASE.run(redis, keys.names(), arguments)
                .await(life.toMillis() + STOP_SECONDS * 1000, TimeUnit.MILLISECONDS);
        int part = reply.get(2).toInteger();
        List<Integer> mine = new ArrayList<>();
        reply.get(3).forEach(shard -> mine.add(shard.toInteger()));
        grant(mine, part, asked);
    }

    /** Shards beyond this node's part that nobody here works on any more. */
    private synchronized List<Integer> surplus() {
        List<Integer> surplus = new ArrayList<>(owned);
        surplus.removeAll(granted.shards);
        surplus.removeAll(working);
        return surplus;
    }

    private synchronized void grant(List<Integer> mine, int part, long asked) {
        List<Integer> kept = new ArrayList<>(granted.shards);
        kept.retainAll(mine);
        mine.stream().filter(shard -> !kept.contains(shard)).forEach(kept::add);
        List<Integer> now =
                kept.subList(0, Math.min(part, kept.size())).stream().sorted().toList();
        if (!now.equals(granted.shards)) {
            rebalances.increment();
            LOG.atInfo()
                    .addKeyValue("what", keys.what())
                    .addKeyValue("node", node)
                    .addKeyValue("shards", now)
                    .log("The leases have changed");
        }
        owned = List.copyOf(mine);
        granted = new Granted(now, asked);
    }

    private synchronized int count() {
        return System.nanoTime() - granted.nanos < life.toNanos() ? granted.shards.size() : 0;
    }
}
