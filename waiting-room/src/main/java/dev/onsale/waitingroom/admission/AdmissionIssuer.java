package dev.onsale.waitingroom.admission;

import dev.onsale.runtime.admission.Admission;
import dev.onsale.runtime.auth.SigningKey;
import dev.onsale.runtime.auth.VerificationKey;
import dev.onsale.runtime.config.Config;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.sql.Database;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Issues admissions, and shows the keys by which others believe them. Safe for any thread. */
public final class AdmissionIssuer {

    /** Where the keys are shown, on the management port. */
    public static final String PATH = "/.well-known/admission-jwks.json";

    private final AdmissionKeys keys;

    private AdmissionIssuer(AdmissionKeys keys) {
        this.keys = keys;
    }

    /**
     * Who is admitted to what.
     *
     * @param account whose it is
     * @param event for which event
     * @param session names the session
     * @param epoch the epoch of the room
     * @param expires when the session ends
     * @param deviceKeyJwk public JWK (P-256 or Ed25519) that must sign each call; empty: whoever has the token may use it
     */
    public record Grant(
            String account, UUID event, String session, int epoch, Instant expires, Optional<String> deviceKeyJwk) {}

    /** Opens the issuer; the first ever makes the first key. Fails if PostgreSQL is away. */
    public static Future<AdmissionIssuer> open(Vertx vertx, Database database, Config config) {
        return AdmissionKeys.open(vertx, database, AdmissionKeyConfig.from(config))
                .map(AdmissionIssuer::new);
    }

    /**
     * A signed token.
     *
     * @throws Refusal INVALID_FIELD {@code device_key} if that is no public key of a kind we accept, or
     *     DEPENDENCY_UNAVAILABLE if PostgreSQL has been away for so long that the key may have been followed
     */
    public String issue(Grant grant) {
        Optional<String> thumbprint = grant.deviceKeyJwk().map(AdmissionIssuer::thumbprint);
        Admission admission = new Admission(
                grant.account(), grant.event(), grant.session(), grant.epoch(), grant.expires(), thumbprint);
        JsonObject claims = admission.toClaims(Instant.now(), UUID.randomUUID().toString());
        return keys.signing().sign(Admission.TYPE, claims);
    }

    private static String thumbprint(String jwk) {
        return VerificationKey.shown(jwk)
                .orElseThrow(() -> Refusal.invalid("device_key", "must be a public JWK, P-256 or Ed25519"))
                .id();
    }

    /** The public keys as a JWK set. */
    public String jwks() {
        JsonArray shown = new JsonArray();
        for (SigningKey key : keys.shown()) {
            shown.add(key.publicJwk());
        }
        return new JsonObject().put("keys", shown).encode();
    }

    /** The page {@link #PATH}. */
    public Handler<HttpServerRequest> page() {
        return request -> request.response()
                .putHeader("content-type", "application/jwk-set+json")
                .putHeader("cache-control", "max-age=10")
                .end(jwks());
    }

    /** Makes the next key now; it signs once it has been shown for long enough. */
    public Future<Void> rotate() {
        return keys.rotate();
    }

    /** Follows the keys no more. */
    public Future<Void> stop() {
        keys.stop();
        return Future.succeededFuture();
    }
}
