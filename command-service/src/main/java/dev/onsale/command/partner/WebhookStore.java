package dev.onsale.command.partner;

import dev.onsale.runtime.sql.Database;
import dev.onsale.runtime.sql.Sql;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The rows behind deliveries. What an owner says counts only as long as it is the owner. Blocks; for virtual threads. */
final class WebhookStore {
    private static final Sql CLAIM = Sql.load(WebhookStore.class, "claim-webhooks.sql");
    private static final Sql RENEW = Sql.load(WebhookStore.class, "renew-webhook.sql");
    private static final Sql RELEASE = Sql.load(WebhookStore.class, "release-webhook.sql");
    private static final Sql TAKE_UP = Sql.load(WebhookStore.class, "take-up.sql");
    private static final Sql DUE = Sql.load(WebhookStore.class, "due-deliveries.sql");
    private static final Sql DELIVERED = Sql.load(WebhookStore.class, "delivered.sql");
    private static final Sql NOT_DELIVERED = Sql.load(WebhookStore.class, "not-delivered.sql");
    private static final int TAKEN_UP_AT_ONCE = 200;
    private static final int MOST_WAITING = 10_000;
    private static final long PATIENCE_MILLIS = 5_000;

    private final Database database;
    private final FeedStore feeds;
    private final WebhookConfig config;

    WebhookStore(Database database, WebhookConfig config) {
        this.database = database;
        this.feeds = new FeedStore(database);
        this.config = config;
    }

    /**
     * A webhook that is this node's to deliver.
     *
     * @param epoch fence: anything said under an older one changes nothing
     */
    record Claim(UUID webhook, UUID partner, long epoch) {}

    /** What it takes to deliver to a webhook now. */
    record Terms(String url, List<String> secrets) {}

    /** Takes webhooks that have something to do and that nobody delivers. */
    List<Claim> claim(String owner, int most) throws TimeoutException {
        List<Claim> claims = new ArrayList<>();
        run(CLAIM, Tuple.of(owner, config.lease().toMillis(), most))
                .forEach(row -> claims.add(
                        new Claim(row.getUUID("id"), row.getUUID("partner_id"), row.getLong("owner_epoch"))));
        return claims;
    }

    /** Stays the owner for another lease; empty: another is, or there is nobody to tell any more. */
    Optional<Terms> renew(Claim claim) throws TimeoutException {
        RowSet<Row> rows = run(
                RENEW, Tuple.of(claim.webhook(), claim.epoch(), config.lease().toMillis()));
        if (rows.size() == 0) {
            return Optional.empty();
        }
        Row row = rows.iterator().next();
        @Nullable String old = row.getString("old_secret");
        String secret = row.getString("secret");
        return Optional.of(new Terms(row.getString("url"), old == null ? List.of(secret) : List.of(secret, old)));
    }

    /** Begins deliveries of what is new, and answers those that can be posted now: one a booking. */
    List<WebhookDelivery> due(Claim claim) throws TimeoutException {
        await(feeds.numbered(claim.partner()));
        run(TAKE_UP, Tuple.of(claim.webhook(), claim.epoch(), TAKEN_UP_AT_ONCE, MOST_WAITING));
        List<WebhookDelivery> due = new ArrayList<>();
        run(DUE, Tuple.of(claim.webhook(), config.atOnce())).forEach(row -> due.add(WebhookDelivery.of(row)));
        return due;
    }

    void delivered(Claim claim, WebhookDelivery delivery) throws TimeoutException {
        run(
                DELIVERED,
                Tuple.of(claim.webhook(), claim.epoch(), delivery.change().number()));
    }

    /** Tried again after the pause, or parked if it was tried for too long. */
    void notDelivered(Claim claim, WebhookDelivery delivery, String why, Duration pause) throws TimeoutException {
        run(
                NOT_DELIVERED,
                Tuple.of(
                        claim.webhook(),
                        claim.epoch(),
                        delivery.change().number(),
                        why,
                        pause.toMillis(),
                        config.giveUpAfter().toMillis()));
    }

    void release(Claim claim) throws TimeoutException {
        run(RELEASE, Tuple.of(claim.webhook(), claim.epoch()));
    }

    private RowSet<Row> run(Sql sql, Tuple values) throws TimeoutException {
        return await(database.run(sql, values));
    }

    private static <T> T await(Future<T> future) throws TimeoutException {
        return future.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    }
}
