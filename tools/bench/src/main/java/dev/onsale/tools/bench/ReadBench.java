package dev.onsale.tools.bench;

import dev.onsale.command.inventory.SeatLedger;
import dev.onsale.runtime.inventory.InventoryKeys;
import dev.onsale.runtime.redis.Redis;
import dev.onsale.runtime.redis.RedisConfig;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures the reads of a running system while fans hold seats as fast as they can. */
@Command(
        name = "reads",
        mixinStandardHelpOptions = true,
        description =
                "Measures the reads of a running `up`: counts, snapshots, watchers, searches, how soon a change is seen.")
final class ReadBench implements Callable<Integer> {
    private static final int MINUTES = 30;
    private static final int QUICK_DIVISOR = 10;
    private static final int SLOW = 1_000;
    private static final int FAST = 5_000;

    @Mixin
    private BenchOptions options = new BenchOptions();

    @Option(
            names = "--query",
            description = "Query service (default: ${DEFAULT-VALUE}).",
            defaultValue = "127.0.0.1:7002")
    private String query = "127.0.0.1:7002";

    @Option(
            names = "--redis-port",
            description = "Redis of the running system, to change seats in (default: ${DEFAULT-VALUE}).",
            defaultValue = "7010")
    private int redisPort = 7010;

    @Option(
            names = "--elasticsearch-port",
            description = "Elasticsearch of the running system, to fill (default: ${DEFAULT-VALUE}).",
            defaultValue = "7012")
    private int elasticsearchPort = 7012;

    @Option(names = "--in-flight", description = "Calls in flight (default: ${DEFAULT-VALUE}).", defaultValue = "32")
    private int inFlight = 32;

    @Option(
            names = "--holders",
            description = "Fans who hold and let go beside what is measured (default: ${DEFAULT-VALUE}).",
            defaultValue = "16")
    private int holders = 16;

    @Option(
            names = "--events",
            description = "Events of 500 seats on sale besides (default: ${DEFAULT-VALUE}).",
            defaultValue = "10000")
    private int events = 10_000;

    @Option(names = "--watchers", description = "Watchers (default: ${DEFAULT-VALUE}).", defaultValue = "1000")
    private int watchers = 1_000;

    @Option(
            names = "--bookings",
            description = "Bookings to search in; as many are written to the index (default: ${DEFAULT-VALUE}).",
            defaultValue = "5000000")
    private int bookings = 5_000_000;

    @Option(names = "--quick", description = "A tenth of everything.")
    private boolean quick;

    /** Runs the bench and prints its table or JSON. */
    @Override
    public Integer call() throws Exception {
        Vertx vertx = Vertx.vertx();
        int divisor = quick ? QUICK_DIVISOR : 1;
        try {
            Crowd crowd = Crowd.gather(vertx, options.issuer(), options.command(), query);
            String stadium = crowd.putOnSale().await(2, TimeUnit.MINUTES).getEventId();
            List<String> shows = crowd.putManyOnSale(events / divisor).await(MINUTES, TimeUnit.MINUTES);
            ReadStages stages = new ReadStages(
                    new Load(vertx, inFlight), new Load(vertx, holders), crowd, stadium, shows, quick ? 4 : 1);
            stages.warmUp();
            List<Map<String, Figure>> all = new ArrayList<>();
            for (int round = 0; round < options.rounds(); round++) {
                all.add(stages.run());
            }
            ReadReport report = changes(vertx, crowd, stadium, stages, all, divisor);
            options.print(report.table(), report.json());
            return report.sound() ? 0 : 1;
        } finally {
            vertx.close().await(2, TimeUnit.MINUTES);
        }
    }

    /** What changes come to, and the searches, which need no round of their own. */
    private ReadReport changes(
            Vertx vertx, Crowd crowd, String stadium, ReadStages stages, List<Map<String, Figure>> rounds, int divisor)
            throws Exception {
        Redis redis = Redis.connect(vertx, redis()).await(1, TimeUnit.MINUTES);
        try {
            SeatLedger ledger = new SeatLedger(redis, InventoryKeys.DEFAULT_SHARDS, lost -> {});
            SeatChanges changes = new SeatChanges(ledger, UUID.fromString(stadium), stages.pairs());
            Figure slow = new Visible(crowd, stadium).run("visible", changes, SLOW);
            Figure fast = new Visible(crowd, stadium).run("visible_fast", changes, FAST);
            FanOut fanOut = new FanOut(vertx, Crowd.target("query", query), stadium, watchers / divisor);
            FanOut.Outcome watched = fanOut.run(changes, SLOW);
            SearchStage search = new SearchStage(vertx, crowd, elasticsearchPort, bookings / divisor);
            return ReadReport.of(rounds, List.of(slow, fast), watched, search.run(), stages.snapshotBytes());
        } finally {
            redis.close().await(1, TimeUnit.MINUTES);
        }
    }

    private RedisConfig redis() {
        Duration second = Duration.ofSeconds(1);
        return new RedisConfig(
                URI.create("redis://127.0.0.1:" + redisPort), 100_000, Duration.ofSeconds(10), second, second);
    }
}
