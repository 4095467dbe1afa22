package dev.onsale.command.partner;

import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.sql.Database;
import dev.onsale.runtime.sql.Sql;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Partners' feeds. Changes are numbered when somebody reads: one at a time a feed, under its lock. What a slow transaction
 * committed late is numbered late, so no number ever appears behind a reader, and none is missing.
 */
final class FeedStore {
    private static final Sql FEED = Sql.load(FeedStore.class, "feed.sql");
    private static final Sql LOCK_FEED = Sql.load(FeedStore.class, "lock-feed.sql");
    private static final Sql NUMBER = Sql.load(FeedStore.class, "number-changes.sql");
    private static final Sql CHANGES = Sql.load(FeedStore.class, "changes.sql");
    private static final int MOST_NUMBERED_AT_ONCE = 1_000;

    private final Database database;

    FeedStore(Database database) {
        this.database = database;
    }

    /**
     * A feed.
     *
     * @param last the last number given
     * @param oldest the oldest number that is kept
     */
    record Feed(long last, long oldest) {}

    /**
     * A piece of a feed.
     *
     * @param next behind which to go on
     * @param more whether there is more right now
     */
    record Page(List<FeedChange> changes, FeedCursor next, boolean more) {}

    /** The feed, with a number for all that was committed before this call. Fails with RESOURCE_NOT_FOUND. */
    Future<Feed> numbered(UUID partner) {
        return read(partner)
                .compose(row -> row.getBoolean("unnumbered")
                        ? number(partner).compose(done -> read(partner)).map(FeedStore::feed)
                        : Future.succeededFuture(feed(row)));
    }

    private static Feed feed(Row row) {
        return new Feed(row.getLong("last_number"), row.getLong("oldest_number"));
    }

    private Future<Row> read(UUID partner) {
        return database.run(FEED, Tuple.of(partner)).map(rows -> {
            if (rows.size() == 0) {
                throw Refusal.notFound("partner");
            }
            return rows.iterator().next();
        });
    }

    private Future<?> number(UUID partner) {
        return database.tx(tx -> LOCK_FEED
                .run(tx, Tuple.of(partner))
                .compose(locked -> locked.size() == 0
                        ? Future.<RowSet<Row>>succeededFuture()
                        : NUMBER.run(tx, Tuple.of(partner, MOST_NUMBERED_AT_ONCE))));
    }

    /** What comes behind a cursor, oldest first. Fails as {@link #behind} does. */
    Future<Page> page(UUID partner, FeedCursor cursor, Optional<Set<UUID>> events, int limit) {
        return numbered(partner).compose(feed -> {
            long after = behind(partner, cursor, feed);
            Tuple values = Tuple.tuple()
                    .addUUID(partner)
                    .addLong(after)
                    .addLong(feed.last())
                    .addArrayOfUUID(
                            events.map(only -> only.toArray(UUID[]::new)).orElse(null))
                    .addInteger(limit);
            return database.run(CHANGES, values).map(rows -> page(rows, feed, limit));
        });
    }

    private static Page page(RowSet<Row> rows, Feed feed, int limit) {
        List<FeedChange> changes = new ArrayList<>();
        rows.forEach(row -> changes.add(FeedChange.of(row)));
        boolean full = changes.size() == limit;
        long next = full ? changes.getLast().number() : feed.last();
        return new Page(changes, new FeedCursor(next), full && next < feed.last());
    }

    /** The number behind which to read. Refuses with CURSOR_EXPIRED if what follows is gone, INVALID_FIELD if it is yet to come. */
    static long behind(UUID partner, FeedCursor cursor, Feed feed) {
        if (cursor.equals(FeedCursor.START)) {
            return feed.oldest() - 1;
        }
        if (cursor.number() > feed.last()) {
            throw Refusal.invalid("cursor", "must be from an answer of this feed");
        }
        if (cursor.number() < feed.oldest() - 1) {
            throw Refusal.of(ErrorReason.ERROR_REASON_CURSOR_EXPIRED, "What follows the cursor is kept no longer")
                    .with("oldest_cursor", new FeedCursor(feed.oldest() - 1).text(partner));
        }
        return cursor.number();
    }
}
