package dev.onsale.command.gate;

import dev.onsale.runtime.sql.Database;
import dev.onsale.runtime.sql.Sql;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the hold and booking calls of all nodes came to in the last ten seconds. Once a second each node writes its own
 * figures to PostgreSQL and reads the others'; those of a node that has not written for three seconds do not count.
 */
public final class SharedCalls {

    private static final Logger LOG = LoggerFactory.getLogger(SharedCalls.class);
    private static final Sql EXCHANGE = Sql.load(SharedCalls.class, "exchange-calls.sql");
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final Duration BELIEVED = Duration.ofSeconds(3);

    private final Vertx vertx;
    private final Database database;
    private final RecentCalls mine;
    private final UUID node = UUID.randomUUID();
    private final long timer;
    private volatile Seen others = new Seen(new CallTally(), System.nanoTime());
    private boolean underWay;

    private record Seen(CallTally calls, long nanos) {}

    private SharedCalls(Vertx vertx, Database database, RecentCalls mine) {
        this.vertx = vertx;
        this.database = database;
        this.mine = mine;
        this.timer = vertx.setPeriodic(EVERY.toMillis(), id -> exchange());
    }

    /** Shares the calls of this node from now on. */
    public static SharedCalls start(Vertx vertx, Database database, RecentCalls mine) {
        return new SharedCalls(vertx, database, mine);
    }

    /** Of all nodes; of this one alone while PostgreSQL is away. */
    CallTally all() {
        CallTally all = mine.all();
        Seen seen = others;
        if (System.nanoTime() - seen.nanos() < BELIEVED.toNanos()) {
            all.add(seen.calls());
        }
        return all;
    }

    private synchronized void exchange() {
        if (underWay) {
            return;
        }
        underWay = true;
        long began = System.nanoTime();
        CallTally calls = mine.all();
        database.run(EXCHANGE, Tuple.of(node, calls.buckets(), calls.failed()))
                .onSuccess(rows -> others = new Seen(sum(rows), began))
                .onFailure(failure -> LOG.atDebug()
                        .addKeyValue("reason", String.valueOf(failure.getMessage()))
                        .log("The calls of other nodes are not known"))
                .onComplete(done -> ended());
    }

    private synchronized void ended() {
        underWay = false;
    }

    private static CallTally sum(Iterable<Row> rows) {
        CallTally sum = new CallTally();
        for (Row row : rows) {
            sum.add(row.getArrayOfLongs("buckets"), row.getLong("failed"));
        }
        return sum;
    }

    /** Shares no more. */
    public Future<Void> stop() {
        vertx.cancelTimer(timer);
        return Future.succeededFuture();
    }
}
