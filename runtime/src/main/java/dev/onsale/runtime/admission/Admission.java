package dev.onsale.runtime.admission;

import dev.onsale.runtime.auth.TokenRules;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * That an account may buy for an event.
 *
 * @param account whose it is
 * @param event for which event
 * @param session names the shopping session, as the waiting room does
 * @param epoch the epoch of the event's gate it was issued in
 * @param expires when the session ends
 * @param deviceKey thumbprint (RFC 7638) of the key that must sign each call; empty: whoever has the token may use it
 */
public record Admission(
        String account, UUID event, String session, int epoch, Instant expires, Optional<String> deviceKey) {

    /** The call metadata that carries the token. */
    public static final String HEADER = "onsale-admission";

    /** The call metadata that carries the device's proof. */
    public static final String PROOF_HEADER = "onsale-admission-proof";

    /** The {@code typ} of the token. */
    public static final String TYPE = "admission+jwt";

    private static final String ISSUER = "onsale-waiting-room";
    private static final String AUDIENCE = "onsale-admission";
    private static final Pattern SESSION = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern THUMBPRINT = Pattern.compile("[A-Za-z0-9_-]{43}");

    /** The claims of a token that says so. */
    public JsonObject toClaims(Instant issued, String tokenId) {
        var claims = new JsonObject()
                .put("iss", ISSUER)
                .put("aud", AUDIENCE)
                .put("sub", account)
                .put("evt", event.toString())
                .put("sid", session)
                .put("ep", epoch)
                .put("iat", issued.getEpochSecond())
                .put("exp", expires.getEpochSecond())
                .put("jti", tokenId);
        deviceKey.ifPresent(thumbprint -> claims.put("cnf", new JsonObject().put("jkt", thumbprint)));
        return claims;
    }

    /** What the claims of a signed token say, whether or not it has expired; empty if they are not of this kind. */
    static Optional<Admission> ofClaims(JsonObject claims) {
        var event = uuid(claims.getValue("evt"));
        var expires = TokenRules.seconds(claims.getValue("exp"));
        if (!TokenRules.between(claims, ISSUER, AUDIENCE) || event == null || expires == null) {
            return Optional.empty();
        }
        boolean whole = claims.getValue("sid") instanceof String sid
                && SESSION.matcher(sid).matches()
                && claims.getValue("ep") instanceof Integer ep
                && ep > 0
                && (!claims.containsKey("cnf") || thumbprint(claims).isPresent());
        return whole
                ? TokenRules.account(claims)
                        .map(account -> new Admission(
                                account,
                                event,
                                claims.getString("sid"),
                                claims.getInteger("ep"),
                                expires,
                                thumbprint(claims)))
                : Optional.empty();
    }

    private static Optional<String> thumbprint(JsonObject claims) {
        return claims.getValue("cnf") instanceof JsonObject confirmation
                        && confirmation.getValue("jkt") instanceof String jkt
                        && THUMBPRINT.matcher(jkt).matches()
                ? Optional.of(jkt)
                : Optional.empty();
    }

    private static @Nullable UUID uuid(@Nullable Object value) {
        try {
            return value instanceof String text && text.length() == 36 ? UUID.fromString(text) : null;
        } catch (IllegalArgumentException none) {
            return null;
        }
    }
}
