package dev.onsale.command.outbox;

import dev.onsale.runtime.sql.Sql;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

/**
 * One connection that owns shards: their advisory locks live and die with it, and only through it their cursors move. A relay
 * that lost its connection therefore changes nothing any more. Blocks; for one virtual thread.
 */
final class RelaySession {
    static final int LOCK_CLASS = 0x0B0C;
    private static final int PIPELINE = 1_000;
    private static final int DELETE_ROWS = 10_000;
    private static final Sql CREATE_CURSORS = Sql.load(RelaySession.class, "create-cursors.sql");
    private static final Sql LOCK_SHARDS = Sql.load(RelaySession.class, "lock-shards.sql");
    private static final Sql READ = Sql.load(RelaySession.class, "read.sql");
    private static final Sql MOVE_CURSORS = Sql.load(RelaySession.class, "move-cursors.sql");
    private static final Sql REWIND_CURSORS = Sql.load(RelaySession.class, "rewind-cursors.sql");
    private static final Sql DELETE_OLD = Sql.load(RelaySession.class, "delete-old.sql");
    private static final Sql LAG = Sql.load(RelaySession.class, "lag.sql");

    private final SqlConnection connection;
    private final OutboxConfig config;
    private final Set<Integer> owned = new TreeSet<>();

    RelaySession(SqlConnection connection, OutboxConfig config) {
        this.connection = connection;
        this.config = config;
    }

    void createCursors() throws TimeoutException {
        run(CREATE_CURSORS, Tuple.of(config.shards()));
    }

    /** Takes every shard that nobody else has. @return how many are ours now */
    int takeShards() throws TimeoutException {
        Integer[] missing = IntStream.range(0, config.shards())
                .filter(shard -> !owned.contains(shard))
                .boxed()
                .toArray(Integer[]::new);
        if (missing.length > 0) {
            run(LOCK_SHARDS, Tuple.of(LOCK_CLASS).addArrayOfInteger(missing))
                    .forEach(row -> owned.add(row.getInteger("shard")));
        }
        return owned.size();
    }

    /** What comes next in each shard of ours, in order. */
    List<OutboxRow> read() throws TimeoutException {
        List<OutboxRow> rows = new ArrayList<>();
        run(READ, Tuple.of(shards(), config.batch(), PIPELINE)).forEach(row -> rows.add(OutboxRow.of(row)));
        return rows;
    }

    /** Moves the cursors behind these rows. */
    void move(List<OutboxRow> rows) throws TimeoutException {
        Map<Integer, OutboxRow> last = new LinkedHashMap<>();
        rows.forEach(row -> last.put(row.shard(), row));
        Integer[] shards = last.keySet().toArray(Integer[]::new);
        String[] xids = last.values().stream().map(OutboxRow::xid).toArray(String[]::new);
        Long[] ids = last.values().stream().map(OutboxRow::id).toArray(Long[]::new);
        run(MOVE_CURSORS, Tuple.of(shards, xids, ids));
    }

    /** The shards that are ours. */
    List<Integer> owned() {
        return List.copyOf(owned);
    }

    /** Puts the cursors of these shards before what was written so long ago. */
    void rewind(List<Integer> shards, Duration back) throws TimeoutException {
        run(REWIND_CURSORS, Tuple.of(shards.toArray(Integer[]::new), back.toMillis()));
    }

    void deleteOld() throws TimeoutException {
        run(DELETE_OLD, Tuple.of(shards(), config.retention().toMillis(), DELETE_ROWS));
    }

    long lagMillis() throws TimeoutException {
        return run(LAG, Tuple.of(shards())).iterator().next().getLong("lag_ms");
    }

    void close() {
        connection.close();
    }

    private Integer[] shards() {
        return owned.toArray(Integer[]::new);
    }

    private RowSet<Row> run(Sql sql, Tuple values) throws TimeoutException {
        Future<RowSet<Row>> rows = sql.run(connection, values);
        return rows.await(config.patience().toMillis(), TimeUnit.MILLISECONDS);
    }
}
