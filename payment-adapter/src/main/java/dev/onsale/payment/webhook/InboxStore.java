package dev.onsale.payment.webhook;

import dev.onsale.payment.movement.Sightings;
import dev.onsale.payment.provider.WebhookNews.Seen;
import dev.onsale.runtime.sql.Database;
import dev.onsale.runtime.sql.Sql;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.Locale;

/** The inbox: which webhooks were taken. Taking one and its effect are one transaction. */
final class InboxStore {
    private static final Sql TAKE = Sql.load(InboxStore.class, "take.sql");
    private static final Sql TAKEN = Sql.load(InboxStore.class, "taken.sql");
    private static final Sql FORGET = Sql.load(InboxStore.class, "forget.sql");

    private final Database database;

    InboxStore(Database database) {
        this.database = database;
    }

    /**
     * Takes a webhook; the same id again has no effect.
     *
     * @return what came of it: an {@link Sightings.Effect}, {@code duplicate}, or {@code id_reused} with another body
     */
    Future<String> take(String provider, Seen seen, String bodyHash) {
        return database.txRetrying(tx -> TAKE.run(
                        tx, Tuple.of(provider, seen.id(), seen.type(), seen.payment(), bodyHash))
                .compose(rows -> rows.size() == 1
                        ? Sightings.see(tx, provider, seen.payment(), seen.view())
                                .map(effect -> effect.name().toLowerCase(Locale.ROOT))
                        : again(tx, provider, seen, bodyHash)));
    }

    private static Future<String> again(SqlConnection tx, String provider, Seen seen, String bodyHash) {
        return TAKEN.run(tx, Tuple.of(provider, seen.id()))
                .map(rows ->
                        rows.iterator().next().getString("body_hash").equals(bodyHash) ? "duplicate" : "id_reused");
    }

    /** Forgets ids older than this, a bounded number at once. */
    Future<Integer> forget(Duration age) {
        return database.run(FORGET, Tuple.of((double) age.toMillis())).map(rows -> rows.rowCount());
    }
}
