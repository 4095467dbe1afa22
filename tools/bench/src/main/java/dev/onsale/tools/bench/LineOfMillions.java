package dev.onsale.tools.bench;

import dev.onsale.embedded.StoreKind;
import dev.onsale.embedded.Stores;
import dev.onsale.runtime.config.Config;
import dev.onsale.runtime.inventory.InventoryKeys;
import dev.onsale.runtime.redis.Redis;
import dev.onsale.runtime.redis.RedisConfig;
import dev.onsale.waitingroom.draw.Draw;
import dev.onsale.waitingroom.draw.LinePermutation;
import dev.onsale.waitingroom.line.Arrival;
import dev.onsale.waitingroom.line.Fingerprints;
import dev.onsale.waitingroom.line.JoinBatches;
import dev.onsale.waitingroom.line.JoinOutcome;
import dev.onsale.waitingroom.line.LineLedger;
import dev.onsale.waitingroom.line.LineState;
import dev.onsale.waitingroom.line.LineTerms;
import dev.onsale.waitingroom.line.LineTick;
import dev.onsale.waitingroom.line.LobbyDigest;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line as long as the longest on record, on a Redis of its own without a file: what an account costs, how fast accounts
 * join without RPC, and how long the draw takes. Then samples positions as every node computes them.
 */
final class LineOfMillions {
    private static final int WAITING = 16_000;
    private static final int SAMPLES = 1_000_000;
    private static final int MINUTES = 30;
    private static final Pattern USED = Pattern.compile("used_memory:(\\d+)");

    private final Vertx vertx;
    private final int accounts;
    private final UUID event = UUID.randomUUID();
    private final byte[] secret = new byte[32];
    private final BitSet entries = new BitSet();

    LineOfMillions(Vertx vertx, int accounts) {
        this.vertx = vertx;
        this.accounts = accounts;
        new SecureRandom().nextBytes(secret);
    }

    /**
     * What was seen.
     *
     * @param joins how they joined
     * @param uniqueEntries how many different entries from 1 to the number of accounts were given
     * @param bytesPerAccount what Redis needs for one
     * @param drawMillis from the end of the lobby until positions can be computed and the line moves
     * @param sampled positions sampled
     * @param uniquePositions how many of them are different, in range, and lead back to their entry
     * @param positionsPerSecond computed a second on one thread, both ways
     */
    record Outcome(
            Figure joins,
            int uniqueEntries,
            double bytesPerAccount,
            double drawMillis,
            int sampled,
            int uniquePositions,
            double positionsPerSecond) {}

    Outcome run() throws Exception {
        try (Stores stores = Stores.start(Set.of(StoreKind.REDIS))) {
            RedisConfig config = RedisConfig.from(
                    Config.of(Map.of("redis.url", stores.redis().uri().toString(), "redis.reply-timeout", "20s")));
            Redis redis = Redis.connect(vertx, config).await(1, TimeUnit.MINUTES);
            try {
                return run(redis);
            } finally {
                redis.close().await(1, TimeUnit.MINUTES);
            }
        }
    }

    private Outcome run(Redis redis) throws Exception {
        redis.send(Command.CONFIG, "SET", "appendonly", "no").await(1, TimeUnit.MINUTES);
        LineLedger ledger = new LineLedger(redis, InventoryKeys.DEFAULT_SHARDS);
        JoinBatches batches = new JoinBatches(vertx, ledger, new SimpleMeterRegistry());
        ledger.open(terms()).await(1, TimeUnit.MINUTES);
        long before = usedMemory(redis);
        Fingerprints fingerprints = Fingerprints.of(secret);
        Figure joins = new Load(vertx, WAITING)
                .run(
                        "line_join",
                        accounts,
                        number -> batches.join(event, accounts, new Arrival(fingerprints.of("account-" + number), 0))
                                .compose(this::note))
                .await(MINUTES, TimeUnit.MINUTES);
        double bytes = (usedMemory(redis) - before) / (double) accounts;
        long froze = System.nanoTime();
        LineTick frozen = ledger.freeze(event).await(1, TimeUnit.MINUTES);
        LinePermutation line = draw(frozen).permutation();
        ledger.start(event).await(1, TimeUnit.MINUTES);
        double drawMillis = (System.nanoTime() - froze) / 1e6;
        long sampling = System.nanoTime();
        int samples = Math.min(SAMPLES, accounts);
        int unique = sample(line, samples);
        double perSecond = samples * 2e9 / (System.nanoTime() - sampling);
        return new Outcome(joins, entries.cardinality(), bytes, drawMillis, samples, unique, perSecond);
    }

    private LineTerms terms() {
        Instant tomorrow = Instant.now().plus(Duration.ofDays(1));
        Duration minutes = Duration.ofMinutes(10);
        return new LineTerms(
                event, LineState.LOBBY, tomorrow, 1000, 5000, minutes, minutes, accounts, 0, 0, 0, LobbyDigest.NONE);
    }

    private Future<Void> note(JoinOutcome outcome) {
        if (outcome instanceof JoinOutcome.Joined joined && joined.entry() >= 1 && joined.entry() <= accounts) {
            synchronized (entries) {
                entries.set((int) joined.entry());
            }
            return Future.succeededFuture();
        }
        return Future.failedFuture("Not joined: " + outcome);
    }

    private Draw draw(LineTick frozen) {
        return new Draw(event, secret, frozen.lobbySize(), frozen.lobbyDigest(), "", "", frozen.now());
    }

    /** How many positions of so many different entries are in range, seen for the first time, and lead back to the entry. */
    private int sample(LinePermutation line, int samples) {
        BitSet asked = new BitSet();
        BitSet seen = new BitSet();
        ThreadLocalRandom random = ThreadLocalRandom.current();
        while (asked.cardinality() < samples) {
            for (int missing = samples - asked.cardinality(); missing > 0; missing--) {
                asked.set(random.nextInt(1, accounts + 1));
            }
        }
        asked.stream().forEach(entry -> {
            long position = line.position(entry);
            if (position >= 1 && position <= accounts && line.entry(position) == entry) {
                seen.set((int) position);
            }
        });
        return seen.cardinality();
    }

    private static long usedMemory(Redis redis) throws Exception {
        Matcher used =
                USED.matcher(String.valueOf(redis.send(Command.INFO, "memory").await(1, TimeUnit.MINUTES)));
        if (!used.find()) {
            throw new IllegalStateException("Redis does not tell its memory");
        }
        return Long.parseLong(used.group(1));
    }
}
