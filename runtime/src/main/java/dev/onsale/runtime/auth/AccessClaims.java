package dev.onsale.runtime.auth;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rules an access token's header and claims must keep, apart from its signature. */
final class AccessClaims {

    private static final Pattern ACCOUNT = Pattern.compile("[A-Za-z0-9_.|@:-]{1,128}");
    private static final Set<String> DANGEROUS_HEADERS = Set.of("jku", "x5u", "jwk", "x5c", "crit", "b64", "zip");
    private static final long LAST_SECOND = 253_402_300_799L; // The end of the year 9999.
    private static final int MAX_ROLES = 32;

    private final AuthConfig config;
    private final Clock clock;

    AccessClaims(AuthConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
    }

    /** The key id, if the header is that of an access token. */
    static Optional<String> keyId(JsonObject header) {
        boolean plain = header.fieldNames().stream().noneMatch(DANGEROUS_HEADERS::contains);
        boolean typed = header.getValue("typ") instanceof String type
                && (type.equalsIgnoreCase("JWT") || type.equalsIgnoreCase("at+jwt"));
        return plain && typed && header.getValue("kid") instanceof String kid && kid.length() <= 128
                ? Optional.of(kid)
                : Optional.empty();
    }

    /** The principal these claims describe, if they are from our issuer, for us, and valid now. */
    Optional<Principal> principal(JsonObject claims) {
        var expires = seconds(claims.getValue("exp"));
        boolean ours = config.issuer().equals(claims.getValue("iss")) && isForUs(claims.getValue("aud"));
        if (!ours || expires == null || !validNow(claims, expires)) {
            return Optional.empty();
        }
        return claims.getValue("sub") instanceof String account
                        && ACCOUNT.matcher(account).matches()
                ? roles(claims.getValue("roles")).map(roles -> new Principal(account, roles, expires))
                : Optional.empty();
    }

    /** Whether a token that was good once has ended by now. */
    boolean ended(Principal principal) {
        return !clock.instant().isBefore(principal.expires().plus(config.leeway()));
    }

    private boolean validNow(JsonObject claims, Instant expires) {
        var latestStart = clock.instant().plus(config.leeway());
        return clock.instant().isBefore(expires.plus(config.leeway()))
                && startsBy(claims, "nbf", latestStart)
                && startsBy(claims, "iat", latestStart);
    }

    private static boolean startsBy(JsonObject claims, String name, Instant latest) {
        if (!claims.containsKey(name)) {
            return true;
        }
        var start = seconds(claims.getValue(name));
        return start != null && !start.isAfter(latest);
    }

    private static @Nullable Instant seconds(@Nullable Object value) {
        long seconds = value instanceof Integer number ? number : value instanceof Long number ? number : 0;
        return seconds > 0 && seconds <= LAST_SECOND ? Instant.ofEpochSecond(seconds) : null;
    }

    private boolean isForUs(@Nullable Object audience) {
        return config.audience().equals(audience)
                || (audience instanceof JsonArray several && several.contains(config.audience()));
    }

    private static Optional<Set<Role>> roles(@Nullable Object claim) {
        if (claim == null) {
            return Optional.of(Set.of());
        }
        if (!(claim instanceof JsonArray array) || array.size() > MAX_ROLES) {
            return Optional.empty();
        }
        Collection<Role> roles = EnumSet.noneOf(Role.class);
        for (Object entry : array) {
            if (!(entry instanceof String name)) {
                return Optional.empty();
            }
            Role.ofClaim(name).ifPresent(roles::add);
        }
        return Optional.of(Set.copyOf(roles));
    }
}
