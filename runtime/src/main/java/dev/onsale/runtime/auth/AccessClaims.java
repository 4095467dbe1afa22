package dev.onsale.runtime.auth;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rules an access token's claims must keep. */
final class AccessClaims implements SignedTokens.Rules<Principal> {

    private static final int MAX_ROLES = 32;

    private final AuthConfig config;
    private final Clock clock;

    AccessClaims(AuthConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
    }

    @Override
    public boolean isType(String type) {
        return type.equalsIgnoreCase("JWT") || type.equalsIgnoreCase("at+jwt");
    }

    /** The principal these claims describe, if they are from our issuer, for us, and valid now. */
    @Override
    public Optional<Principal> read(JsonObject claims) {
        var expires = TokenRules.seconds(claims.getValue("exp"));
        boolean ours = TokenRules.between(claims, config.issuer(), config.audience());
        if (!ours || expires == null || ended(expires) || !TokenRules.begun(claims, clock.instant(), config.leeway())) {
            return Optional.empty();
        }
        return TokenRules.account(claims)
                .filter(account ->
                        !account.startsWith(PartnerClaims.ACCOUNT_PREFIX)) // Those are not the issuer's to give.
                .flatMap(account ->
                        roles(claims.getValue("roles")).map(roles -> new Principal(account, roles, expires)));
    }

    @Override
    public boolean ended(Principal principal) {
        return ended(principal.expires());
    }

    private boolean ended(Instant expires) {
        return !clock.instant().isBefore(expires.plus(config.leeway()));
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
