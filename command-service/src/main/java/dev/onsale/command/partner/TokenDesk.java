package dev.onsale.command.partner;

import dev.onsale.proto.partner.v1.ExchangeApiKeyRequest;
import dev.onsale.proto.partner.v1.ExchangeApiKeyResponse;
import dev.onsale.proto.partner.v1.ListPartnerKeysRequest;
import dev.onsale.proto.partner.v1.ListPartnerKeysResponse;
import dev.onsale.runtime.auth.PartnerClaims;
import dev.onsale.runtime.auth.Scope;
import dev.onsale.runtime.auth.SigningKeys;
import dev.onsale.runtime.auth.TokenVerifier;
import dev.onsale.runtime.rpc.Call;
import dev.onsale.runtime.sql.Database;
import dev.onsale.runtime.sql.Sql;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Exchanges API keys for tokens. Whatever is wrong with a key, the refusal is the same. */
final class TokenDesk {
    /** The metadata that carries an API key. */
    static final String HEADER = "onsale-api-key";

    private static final Logger LOG = LoggerFactory.getLogger(TokenDesk.class);
    private static final Sql KEY = Sql.load(TokenDesk.class, "key-for-exchange.sql");
    private static final Sql USED = Sql.load(TokenDesk.class, "key-used.sql");

    private final Database database;
    private final SigningKeys keys;
    private final PartnerConfig config;
    private final ExchangeLimits limits = new ExchangeLimits();

    TokenDesk(Database database, SigningKeys keys, PartnerConfig config) {
        this.database = database;
        this.keys = keys;
        this.config = config;
    }

    Future<ExchangeApiKeyResponse> exchange(Call call, ExchangeApiKeyRequest request) {
        limits.checkAddress(call.peer());
        @Nullable String presented = call.header(HEADER);
        Optional<ApiKeyText> key = Optional.ofNullable(presented).flatMap(ApiKeyText::parse);
        if (key.isEmpty()) {
            return wrong(call);
        }
        limits.checkKey(key.get().keyId());
        return database.run(KEY, Tuple.of(key.get().keyId())).compose(rows -> {
            Optional<Row> found = genuine(key.get(), rows);
            return found.isEmpty() ? wrong(call) : Future.succeededFuture(token(found.get()));
        });
    }

    /** Of a key that is not there the hash is compared too: the time it takes shall not tell. */
    private static Optional<Row> genuine(ApiKeyText key, RowSet<Row> rows) {
        Optional<Row> row = rows.size() == 0
                ? Optional.empty()
                : Optional.of(rows.iterator().next());
        byte[] stored =
                row.map(found -> found.getBuffer("secret_hash").getBytes()).orElseGet(() -> new byte[32]);
        return key.fits(stored) ? row : Optional.empty();
    }

    private <T> Future<T> wrong(Call call) {
        limits.wrong(call.peer());
        return TokenVerifier.invalid().future();
    }

    /** The token ends no later than the key. */
    private ExchangeApiKeyResponse token(Row row) {
        String keyId = row.getString("key_id");
        String account = row.getString("account");
        Scope scope = PartnerView.scope(row);
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        Instant end = now.plus(config.tokenLife());
        @Nullable OffsetDateTime keyEnd = row.getOffsetDateTime("expires_at");
        Instant expires = keyEnd != null && keyEnd.toInstant().isBefore(end) ? keyEnd.toInstant() : end;
        used(keyId);
        JsonObject claims = PartnerClaims.of(config.audience(), account, keyId, scope, now, expires);
        return ExchangeApiKeyResponse.newBuilder()
                .setAccessToken(keys.signing().sign(PartnerClaims.TYPE, claims))
                .setExpireTime(PartnerView.time(expires.truncatedTo(ChronoUnit.SECONDS)))
                .setPartnerId(row.getUUID("partner_id").toString())
                .setAccount(account)
                .setScope(PartnerView.scope(scope))
                .build();
    }

    /** For people to see which keys are in use; nobody waits for it. */
    private void used(String keyId) {
        database.run(USED, Tuple.of(keyId))
                .onFailure(failure -> LOG.atDebug()
                        .addKeyValue("reason", String.valueOf(failure.getMessage()))
                        .log("The use of a key was not noted"));
    }

    Future<ListPartnerKeysResponse> keys(Call call, ListPartnerKeysRequest request) {
        return Future.succeededFuture(ListPartnerKeysResponse.newBuilder()
                .setJwks(keys.jwks().encode())
                .build());
    }
}
