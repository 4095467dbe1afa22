package dev.onsale.command.inventory;

import dev.onsale.runtime.sql.Database;
import dev.onsale.runtime.sql.Sql;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.StreamSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes holds that ran out. Every node runs one, in rounds of its own rhythm and order: a sweep is one bounded script
 * and may happen anywhere, any number of times.
 */
public final class Sweeper {

    private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);
    private static final Sql LIVE_EVENTS = Sql.load(Sweeper.class, "live-events.sql");
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int MOST_BATCHES = 50;

    private final Database database;
    private final SeatLedger ledger;
    private final DurableHolds durableHolds;
    private final SweeperConfig config;
    private final Promise<Void> stopped = Promise.promise();
    private volatile boolean stopping;
    private List<Live> events = List.of();
    private long listedNanos;

    private Sweeper(Database database, SeatLedger ledger, SweeperConfig config) {
        this.database = database;
        this.ledger = ledger;
        this.durableHolds = new DurableHolds(database);
        this.config = config;
        this.listedNanos = System.nanoTime() - config.listEvery().toNanos();
    }

    /** Starts to sweep. */
    public static Sweeper start(Database database, SeatLedger ledger, SweeperConfig config) {
        var sweeper = new Sweeper(database, ledger, config);
        Thread.ofVirtual().name("sweeper").start(sweeper::loop);
        return sweeper;
    }

    /** Ends after the event under way. */
    public Future<Void> stop() {
        stopping = true;
        return stopped.future();
    }

    private void loop() {
        while (!stopping) {
            quietly(this::list);
            for (var event : events) {
                quietly(() -> sweep(event));
            }
            pause();
        }
        stopped.complete();
    }

    private void quietly(Work work) {
        try {
            if (!stopping) {
                work.run();
            }
        } catch (Exception failure) {
            LOG.atDebug()
                    .addKeyValue("reason", String.valueOf(failure.getMessage()))
                    .log("Not swept, until the next round");
        }
    }

    private interface Work {
        void run() throws TimeoutException;
    }

    private void list() throws TimeoutException {
        if (System.nanoTime() - listedNanos < config.listEvery().toNanos()) {
            return;
        }
        var rows = database.run(LIVE_EVENTS).await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        var found = new ArrayList<>(
                StreamSupport.stream(rows.spliterator(), false).map(Live::of).toList());
        Collections.shuffle(found, ThreadLocalRandom.current());
        events = List.copyOf(found);
        listedNanos = System.nanoTime();
    }

    private void sweep(Live event) throws TimeoutException {
        for (int batch = 0; batch < MOST_BATCHES && !stopping; batch++) {
            var sweep =
                    ledger.sweepExpired(event.id(), config.batch()).await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (!sweep.more()) {
                break;
            }
        }
        if (event.durable()) {
            durableHolds.letGoExpired(event.id()).await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void pause() {
        long millis = config.interval().toMillis();
        try {
            Thread.sleep(millis / 2 + ThreadLocalRandom.current().nextLong(millis + 1));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            stopping = true;
        }
    }

    private record Live(UUID id, boolean durable) {
        static Live of(Row row) {
            return new Live(row.getUUID("id"), row.getString("locking_mode").equals("pessimistic"));
        }
    }
}
