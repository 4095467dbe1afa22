package dev.onsale.command.partner;

import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import dev.onsale.command.audit.CommandAudit;
import dev.onsale.proto.partner.v1.ApiKey;
import dev.onsale.proto.partner.v1.CreateApiKeyRequest;
import dev.onsale.proto.partner.v1.CreateApiKeyResponse;
import dev.onsale.proto.partner.v1.ListApiKeysRequest;
import dev.onsale.proto.partner.v1.ListApiKeysResponse;
import dev.onsale.proto.partner.v1.RevokeApiKeyRequest;
import dev.onsale.proto.partner.v1.RevokeApiKeyResponse;
import dev.onsale.proto.partner.v1.RotateApiKeyRequest;
import dev.onsale.proto.partner.v1.RotateApiKeyResponse;
import dev.onsale.runtime.audit.Act;
import dev.onsale.runtime.auth.Scope;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.idempotency.Idempotency;
import dev.onsale.runtime.idempotency.RequestKey;
import dev.onsale.runtime.rpc.Call;
import dev.onsale.runtime.sql.Database;
import dev.onsale.runtime.sql.Sql;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Makes API keys, replaces and ends them. A secret is in the one answer that goes out when it is made: the answer that is stored
 * for repeats of the request is without.
 */
final class KeyDesk {
    private static final Sql PARTNER = Sql.load(KeyDesk.class, "partner.sql");
    private static final Sql LOCK_PARTNER = Sql.load(KeyDesk.class, "lock-partner.sql");
    private static final Sql LIVE_KEYS = Sql.load(KeyDesk.class, "live-keys.sql");
    private static final Sql KNOWN_EVENTS = Sql.load(KeyDesk.class, "known-events.sql");
    private static final Sql INSERT = Sql.load(KeyDesk.class, "insert-key.sql");
    private static final Sql LOCK = Sql.load(KeyDesk.class, "lock-key.sql");
    private static final Sql REPLACE = Sql.load(KeyDesk.class, "replace-key.sql");
    private static final Sql REVOKE = Sql.load(KeyDesk.class, "revoke-key.sql");
    private static final Sql LIST = Sql.load(KeyDesk.class, "keys.sql");
    private static final int MOST_LIVE_KEYS = 20;

    private final Database database;
    private final Idempotency idempotency;

    KeyDesk(Database database, Idempotency idempotency) {
        this.database = database;
        this.idempotency = idempotency;
    }

    /** What a key is made of. */
    private record Draft(
            UUID partner,
            String label,
            Scope scope,
            @Nullable OffsetDateTime expires) {

        static Draft of(CreateApiKeyRequest request) {
            return new Draft(
                    UUID.fromString(request.getPartnerId()),
                    request.getLabel(),
                    PartnerView.scope(request.getScope()),
                    request.hasExpireTime()
                            ? Instant.ofEpochMilli(Timestamps.toMillis(request.getExpireTime()))
                                    .atOffset(ZoneOffset.UTC)
                            : null);
        }

        /** Lives as long as the old one was to live, from now on. */
        static Draft like(Row old) {
            @Nullable OffsetDateTime end = old.getOffsetDateTime("expires_at");
            return new Draft(
                    old.getUUID("partner_id"),
                    old.getString("label"),
                    PartnerView.scope(old),
                    end == null
                            ? null
                            : OffsetDateTime.now(ZoneOffset.UTC)
                                    .plus(Duration.between(old.getOffsetDateTime("created_at"), end)));
        }

        Tuple values(ApiKeyText key) {
            UUID @Nullable [] events =
                    scope.events().map(only -> only.toArray(UUID[]::new)).orElse(null);
            return Tuple.tuple()
                    .addString(key.keyId())
                    .addUUID(partner)
                    .addBuffer(Buffer.buffer(key.hash()))
                    .addString(label)
                    .addArrayOfString(PartnerView.words(scope))
                    .addArrayOfUUID(events)
                    .addOffsetDateTime(expires);
        }
    }

    Future<CreateApiKeyResponse> create(Call call, CreateApiKeyRequest request) {
        if (request.hasExpireTime() && Timestamps.toMillis(request.getExpireTime()) <= System.currentTimeMillis()) {
            return Refusal.invalid("expire_time", "must be in the future").future();
        }
        Draft draft = Draft.of(request);
        AtomicReference<@Nullable ApiKeyText> made = new AtomicReference<>();
        return idempotency
                .once(
                        RequestKey.of(call, request.getRequestId()),
                        request,
                        CreateApiKeyResponse.parser(),
                        tx -> eventsExist(tx, draft.scope())
                                .compose(known -> insert(tx, draft, made))
                                .compose(key -> CommandAudit.ADMIN.note(
                                        tx,
                                        act(call, key).asked(request),
                                        CreateApiKeyResponse.newBuilder()
                                                .setKey(key)
                                                .build())))
                .map(answer -> Optional.ofNullable(made.get())
                        .filter(key -> key.keyId().equals(answer.getKey().getKeyId()))
                        .map(key -> answer.toBuilder().setApiKey(key.text()).build())
                        .orElse(answer));
    }

    Future<RotateApiKeyResponse> rotate(Call call, RotateApiKeyRequest request) {
        AtomicReference<@Nullable ApiKeyText> made = new AtomicReference<>();
        return idempotency
                .once(
                        RequestKey.of(call, request.getRequestId()),
                        request,
                        RotateApiKeyResponse.parser(),
                        tx -> LOCK.run(tx, Tuple.of(request.getKeyId()))
                                .compose(
                                        rows -> replace(tx, live(rows), Durations.toMillis(request.getOverlap()), made))
                                .compose(answer -> CommandAudit.ADMIN.note(
                                        tx,
                                        act(call, answer.getOldKey())
                                                .asked(request)
                                                .with(
                                                        "replaced_by",
                                                        answer.getKey().getKeyId()),
                                        answer)))
                .map(answer -> Optional.ofNullable(made.get())
                        .filter(key -> key.keyId().equals(answer.getKey().getKeyId()))
                        .map(key -> answer.toBuilder().setApiKey(key.text()).build())
                        .orElse(answer));
    }

    private Future<RotateApiKeyResponse> replace(
            SqlConnection tx, Row old, long overlapMillis, AtomicReference<@Nullable ApiKeyText> made) {
        return insert(tx, Draft.like(old), made)
                .compose(key -> REPLACE.run(tx, Tuple.of(old.getString("key_id"), key.getKeyId(), overlapMillis))
                        .map(rows -> RotateApiKeyResponse.newBuilder()
                                .setKey(key)
                                .setOldKey(PartnerView.key(rows.iterator().next()))
                                .build()));
    }

    private static Row live(RowSet<Row> rows) {
        if (rows.size() == 0 || !rows.iterator().next().getBoolean("live")) {
            throw Refusal.notFound("key");
        }
        return rows.iterator().next();
    }

    private static Future<ApiKey> insert(SqlConnection tx, Draft draft, AtomicReference<@Nullable ApiKeyText> made) {
        ApiKeyText text = ApiKeyText.random();
        return LOCK_PARTNER
                .run(tx, Tuple.of(draft.partner()))
                .compose(rows -> rows.size() == 0
                        ? Refusal.notFound("partner").future()
                        : LIVE_KEYS.run(tx, Tuple.of(draft.partner())))
                .compose(rows -> rows.iterator().next().getLong("keys") >= MOST_LIVE_KEYS
                        ? Refusal.invalid("partner_id", "has as many live keys as it may, revoke one")
                                .future()
                        : INSERT.run(tx, draft.values(text)))
                .map(rows -> {
                    made.set(text);
                    return PartnerView.key(rows.iterator().next());
                });
    }

    private static Future<Void> eventsExist(SqlConnection tx, Scope scope) {
        UUID[] events = scope.events().map(only -> only.toArray(UUID[]::new)).orElse(new UUID[0]);
        return events.length == 0
                ? Future.succeededFuture()
                : KNOWN_EVENTS
                        .run(tx, Tuple.tuple().addArrayOfUUID(events))
                        .compose(rows -> rows.iterator().next().getLong("events") == events.length
                                ? Future.succeededFuture()
                                : Refusal.notFound("event").future());
    }

    Future<RevokeApiKeyResponse> revoke(Call call, RevokeApiKeyRequest request) {
        return idempotency.once(
                RequestKey.of(call, request.getRequestId()),
                request,
                RevokeApiKeyResponse.parser(),
                tx -> REVOKE.run(tx, Tuple.of(request.getKeyId())).compose(rows -> {
                    if (rows.size() == 0) {
                        throw Refusal.notFound("key");
                    }
                    ApiKey key = PartnerView.key(rows.iterator().next());
                    return CommandAudit.ADMIN.note(
                            tx,
                            act(call, key).asked(request),
                            RevokeApiKeyResponse.newBuilder().setKey(key).build());
                }));
    }

    private static Act act(Call call, ApiKey key) {
        return Act.by(call, "api_key", key.getKeyId());
    }

    Future<ListApiKeysResponse> list(Call call, ListApiKeysRequest request) {
        Tuple partner = Tuple.of(UUID.fromString(request.getPartnerId()));
        return database.run(PARTNER, partner)
                .compose(found -> found.size() == 0
                        ? Refusal.notFound("partner").<RowSet<Row>>future()
                        : database.run(LIST, partner))
                .map(rows -> {
                    ListApiKeysResponse.Builder response = ListApiKeysResponse.newBuilder();
                    rows.forEach(row -> response.addKeys(PartnerView.key(row)));
                    return response.build();
                });
    }
}
