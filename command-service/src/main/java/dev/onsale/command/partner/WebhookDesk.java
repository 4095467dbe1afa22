package dev.onsale.command.partner;

import com.google.protobuf.util.Durations;
import dev.onsale.proto.partner.v1.CreateWebhookRequest;
import dev.onsale.proto.partner.v1.CreateWebhookResponse;
import dev.onsale.proto.partner.v1.DeleteWebhookRequest;
import dev.onsale.proto.partner.v1.DeleteWebhookResponse;
import dev.onsale.proto.partner.v1.GetWebhookRequest;
import dev.onsale.proto.partner.v1.GetWebhookResponse;
import dev.onsale.proto.partner.v1.ListWebhooksRequest;
import dev.onsale.proto.partner.v1.ListWebhooksResponse;
import dev.onsale.proto.partner.v1.ReplayWebhookRequest;
import dev.onsale.proto.partner.v1.ReplayWebhookResponse;
import dev.onsale.proto.partner.v1.RotateWebhookSecretRequest;
import dev.onsale.proto.partner.v1.RotateWebhookSecretResponse;
import dev.onsale.proto.partner.v1.Webhook;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.idempotency.Idempotency;
import dev.onsale.runtime.idempotency.RequestKey;
import dev.onsale.runtime.rpc.Call;
import dev.onsale.runtime.sql.Database;
import dev.onsale.runtime.sql.Sql;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Sets up partners' webhooks, shows how they do, and has them deliver again. */
final class WebhookDesk {
    private static final Sql LOCK_PARTNER = Sql.load(WebhookDesk.class, "lock-partner.sql");
    private static final Sql READ = Sql.load(WebhookDesk.class, "webhook.sql");
    private static final Sql INSERT = Sql.load(WebhookDesk.class, "insert-webhook.sql");
    private static final Sql ROTATE = Sql.load(WebhookDesk.class, "rotate-secret.sql");
    private static final Sql REPLAY = Sql.load(WebhookDesk.class, "replay-webhook.sql");
    private static final Sql DELETE = Sql.load(WebhookDesk.class, "delete-webhook.sql");
    private static final int MOST_WEBHOOKS = 5;
    private static final long LOOK_UP_MILLIS = 5_000;

    private final Vertx vertx;
    private final Database database;
    private final Idempotency idempotency;
    private final FeedStore feeds;
    private final boolean allowLoopback;

    WebhookDesk(Vertx vertx, Database database, Idempotency idempotency, FeedStore feeds, boolean allowLoopback) {
        this.vertx = vertx;
        this.database = database;
        this.idempotency = idempotency;
        this.feeds = feeds;
        this.allowLoopback = allowLoopback;
    }

    Future<CreateWebhookResponse> create(Call call, CreateWebhookRequest request) {
        UUID partner = PartnerId.of(call);
        AtomicReference<String> secret = new AtomicReference<>("");
        return checkUrl(request.getUrl())
                .compose(fit -> feeds.numbered(partner))
                .compose(feed -> idempotency.once(
                        RequestKey.of(call, request.getRequestId()),
                        request,
                        CreateWebhookResponse.parser(),
                        tx -> insert(tx, partner, request.getUrl(), secret)
                                .map(webhook -> CreateWebhookResponse.newBuilder()
                                        .setWebhook(webhook)
                                        .build())))
                .map(answer -> answer.toBuilder().setSecret(secret.get()).build());
    }

    /** A name that can't be looked up is not taken either: there is nobody to tell. */
    private Future<Void> checkUrl(String url) {
        return vertx.executeBlocking(
                        () -> WebhookAddress.parse(url, allowLoopback)
                                .flatMap(address -> address.resolve(WebhookAddress.Names.SYSTEM, allowLoopback)),
                        false)
                .timeout(LOOK_UP_MILLIS, TimeUnit.MILLISECONDS)
                .otherwise(Optional.empty())
                .compose(to -> to.isPresent()
                        ? Future.succeededFuture()
                        : Refusal.invalid("url", "must be https, to a host all of whose addresses are public")
                                .future());
    }

    private static Future<Webhook> insert(SqlConnection tx, UUID partner, String url, AtomicReference<String> secret) {
        String fresh = WebhookSignature.secret();
        return LOCK_PARTNER
                .run(tx, Tuple.of(partner))
                .compose(rows -> READ.run(tx, Tuple.tuple().addUUID(partner).addUUID(null)))
                .compose(rows -> rows.size() >= MOST_WEBHOOKS
                        ? Refusal.invalid("url", "is one more than the partner may have, delete a webhook")
                                .<RowSet<Row>>future()
                        : INSERT.run(tx, Tuple.of(partner, url, fresh)))
                .compose(rows -> read(tx, partner, rows))
                .onSuccess(made -> secret.set(fresh));
    }

    /** The webhook in a statement's answer. Refuses with RESOURCE_NOT_FOUND if that was none. */
    private static Future<Webhook> read(SqlConnection tx, UUID partner, RowSet<Row> changed) {
        if (changed.size() == 0) {
            return Refusal.notFound("webhook").future();
        }
        UUID id = changed.iterator().next().getUUID("id");
        return READ.run(tx, Tuple.of(partner, id)).map(WebhookDesk::one);
    }

    Future<GetWebhookResponse> get(Call call, GetWebhookRequest request) {
        return database.run(READ, Tuple.of(PartnerId.of(call), UUID.fromString(request.getWebhookId())))
                .map(rows ->
                        GetWebhookResponse.newBuilder().setWebhook(one(rows)).build());
    }

    Future<ListWebhooksResponse> list(Call call, ListWebhooksRequest request) {
        return database.run(READ, Tuple.tuple().addUUID(PartnerId.of(call)).addUUID(null))
                .map(rows -> {
                    ListWebhooksResponse.Builder response = ListWebhooksResponse.newBuilder();
                    rows.forEach(row -> response.addWebhooks(view(row)));
                    return response.build();
                });
    }

    Future<RotateWebhookSecretResponse> rotate(Call call, RotateWebhookSecretRequest request) {
        UUID partner = PartnerId.of(call);
        UUID webhook = UUID.fromString(request.getWebhookId());
        AtomicReference<String> secret = new AtomicReference<>("");
        String fresh = WebhookSignature.secret();
        return idempotency
                .once(
                        RequestKey.of(call, request.getRequestId()),
                        request,
                        RotateWebhookSecretResponse.parser(),
                        tx -> ROTATE.run(
                                        tx, Tuple.of(partner, webhook, fresh, Durations.toMillis(request.getOverlap())))
                                .compose(rows -> read(tx, partner, rows))
                                .onSuccess(changed -> secret.set(fresh))
                                .map(changed -> RotateWebhookSecretResponse.newBuilder()
                                        .setWebhook(changed)
                                        .build()))
                .map(answer -> answer.toBuilder().setSecret(secret.get()).build());
    }

    Future<ReplayWebhookResponse> replay(Call call, ReplayWebhookRequest request) {
        UUID partner = PartnerId.of(call);
        UUID webhook = UUID.fromString(request.getWebhookId());
        FeedCursor cursor = FeedCursor.parse(partner, request.getCursor());
        return feeds.numbered(partner)
                .map(feed -> FeedStore.behind(partner, cursor, feed))
                .compose(number -> idempotency.once(
                        RequestKey.of(call, request.getRequestId()),
                        request,
                        ReplayWebhookResponse.parser(),
                        tx -> REPLAY.run(tx, Tuple.of(partner, webhook, number))
                                .compose(rows -> read(tx, partner, rows))
                                .map(changed -> ReplayWebhookResponse.newBuilder()
                                        .setWebhook(changed)
                                        .build())));
    }

    Future<DeleteWebhookResponse> delete(Call call, DeleteWebhookRequest request) {
        UUID partner = PartnerId.of(call);
        UUID webhook = UUID.fromString(request.getWebhookId());
        return idempotency.once(
                RequestKey.of(call, request.getRequestId()),
                request,
                DeleteWebhookResponse.parser(),
                tx -> DELETE.run(tx, Tuple.of(partner, webhook))
                        .compose(rows -> rows.rowCount() == 0
                                ? Refusal.notFound("webhook").future()
                                : Future.succeededFuture(DeleteWebhookResponse.getDefaultInstance())));
    }

    private static Webhook one(RowSet<Row> rows) {
        if (rows.size() == 0) {
            throw Refusal.notFound("webhook");
        }
        return view(rows.iterator().next());
    }

    private static Webhook view(Row row) {
        Webhook.Builder webhook = Webhook.newBuilder()
                .setWebhookId(row.getUUID("id").toString())
                .setUrl(row.getString("url"))
                .setCreateTime(
                        PartnerView.time(row.getOffsetDateTime("created_at").toInstant()))
                .setLastNumber(row.getLong("last_number"))
                .setWaiting(row.getInteger("waiting"))
                .setParked(row.getInteger("parked"))
                .setLastFailure(row.getString("last_failure"));
        PartnerView.ifThere(row, "last_success_at", webhook::setLastSuccessTime);
        PartnerView.ifThere(row, "last_failure_at", webhook::setLastFailureTime);
        @Nullable OffsetDateTime until = row.getOffsetDateTime("old_secret_until");
        if (until != null && until.isAfter(OffsetDateTime.now(ZoneOffset.UTC))) {
            webhook.setOldSecretExpireTime(PartnerView.time(until.toInstant()));
        }
        return webhook.build();
    }
}
