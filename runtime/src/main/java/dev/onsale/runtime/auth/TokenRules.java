package dev.onsale.runtime.auth;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Rules that all our signed tokens keep, whatever they are for. */
public final class TokenRules {

    private static final Set<String> DANGEROUS_HEADERS = Set.of("jku", "x5u", "jwk", "x5c", "crit", "b64", "zip");
    private static final Pattern ACCOUNT = Pattern.compile("[A-Za-z0-9_.|@:-]{1,128}");
    private static final long LAST_SECOND = 253_402_300_799L; // The end of the year 9999.

    private TokenRules() {}

    /** The key id, if the header is plain and of this type. */
    static Optional<String> keyId(JsonObject header, Predicate<String> type) {
        return plain(header, Set.of())
                        && header.getValue("typ") instanceof String typ
                        && type.test(typ)
                        && header.getValue("kid") instanceof String kid
                        && kid.length() <= 128
                ? Optional.of(kid)
                : Optional.empty();
    }

    /** Whether the header tries nothing: of what names keys and extensions, only these may be there. */
    public static boolean plain(JsonObject header, Set<String> allowed) {
        return header.fieldNames().stream()
                .allMatch(name -> allowed.contains(name) || !DANGEROUS_HEADERS.contains(name));
    }

    /** The account in {@code sub}. */
    public static Optional<String> account(JsonObject claims) {
        return claims.getValue("sub") instanceof String account
                        && ACCOUNT.matcher(account).matches()
                ? Optional.of(account)
                : Optional.empty();
    }

    /** Whether the token is from this issuer and for this audience. */
    public static boolean between(JsonObject claims, String issuer, String audience) {
        var aud = claims.getValue("aud");
        return issuer.equals(claims.getValue("iss"))
                && (audience.equals(aud) || (aud instanceof JsonArray several && several.contains(audience)));
    }

    /** Whether {@code nbf} and {@code iat}, if they are there, are not in the future. */
    public static boolean begun(JsonObject claims, Instant now, Duration leeway) {
        return startsBy(claims, "nbf", now.plus(leeway)) && startsBy(claims, "iat", now.plus(leeway));
    }

    private static boolean startsBy(JsonObject claims, String name, Instant latest) {
        if (!claims.containsKey(name)) {
            return true;
        }
        var start = seconds(claims.getValue(name));
        return start != null && !start.isAfter(latest);
    }

    /** A time written as whole seconds; null if it is none. */
    public static @Nullable Instant seconds(@Nullable Object value) {
        long seconds = value instanceof Integer number ? number : value instanceof Long number ? number : 0;
        return seconds > 0 && seconds <= LAST_SECOND ? Instant.ofEpochSecond(seconds) : null;
    }
}
