package dev.onsale.runtime.auth;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tokens that partners' API keys are exchanged for: how they are written, and the rules their claims must keep. Their bearer
 * has the role PARTNER and no other, whatever else they say.
 */
public final class PartnerClaims implements SignedTokens.Rules<Principal> {

    /** Their {@code typ}. */
    public static final String TYPE = "partner+jwt";

    /** Their {@code iss}. */
    public static final String ISSUER = "onsale-partners";

    /** What partners' accounts begin with, and no others. */
    public static final String ACCOUNT_PREFIX = "partner:";

    private static final String ALL = "*";
    private static final int MAX_HEADER = 512;
    private static final int MAX_EVENTS = 50;
    private static final String ANNOUNCEMENT = "\"typ\":\"" + TYPE + "\"";
    private static final Pattern PARTNER_ACCOUNT =
            Pattern.compile(ACCOUNT_PREFIX + "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final AuthConfig config;
    private final Clock clock;

    PartnerClaims(AuthConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
    }

    /**
     * The claims of a token.
     *
     * @param account the partner's
     * @param keyId the API key it is given for
     */
    public static JsonObject of(
            String audience, String account, String keyId, Scope scope, Instant issued, Instant expires) {
        JsonArray abilities = new JsonArray();
        scope.abilities().stream().map(Ability::claim).sorted().forEach(abilities::add);
        Object events = scope.events()
                .<Object>map(only ->
                        new JsonArray(only.stream().map(UUID::toString).sorted().toList()))
                .orElse(ALL);
        return new JsonObject()
                .put("iss", ISSUER)
                .put("aud", audience)
                .put("sub", account)
                .put("key", keyId)
                .put("abilities", abilities)
                .put("events", events)
                .put("iat", issued.getEpochSecond())
                .put("exp", expires.getEpochSecond());
    }

    /** Whether the token says of itself that it is one of these. As cheap as can be; nothing is believed yet. */
    static boolean announcedBy(String token) {
        int end = token.indexOf('.');
        if (end <= 0 || end > MAX_HEADER) {
            return false;
        }
        try {
            byte[] header = Base64.getUrlDecoder().decode(token.substring(0, end));
            return new String(header, StandardCharsets.ISO_8859_1).contains(ANNOUNCEMENT);
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    @Override
    public boolean isType(String type) {
        return type.equals(TYPE);
    }

    @Override
    public boolean mayBeSignedBy(String algorithm) {
        return algorithm.equals("EdDSA");
    }

    @Override
    public Optional<Principal> read(JsonObject claims) {
        var expires = TokenRules.seconds(claims.getValue("exp"));
        boolean ours = TokenRules.between(claims, ISSUER, config.audience());
        if (!ours || expires == null || ended(expires) || !TokenRules.begun(claims, clock.instant(), config.leeway())) {
            return Optional.empty();
        }
        return TokenRules.account(claims)
                .filter(account -> PARTNER_ACCOUNT.matcher(account).matches())
                .flatMap(account ->
                        scope(claims).map(scope -> new Principal(account, Set.of(Role.PARTNER), expires, scope)));
    }

    @Override
    public boolean ended(Principal principal) {
        return ended(principal.expires());
    }

    private boolean ended(Instant expires) {
        return !clock.instant().isBefore(expires.plus(config.leeway()));
    }

    private static Optional<Scope> scope(JsonObject claims) {
        if (!(claims.getValue("abilities") instanceof JsonArray names)) {
            return Optional.empty();
        }
        Set<Ability> abilities = EnumSet.noneOf(Ability.class);
        for (Object name : names) {
            if (name instanceof String text) {
                Ability.ofClaim(text).ifPresent(abilities::add);
            }
        }
        return events(claims.getValue("events")).map(events -> new Scope(abilities, events));
    }

    /** Empty: not a list of events; empty inside: all of them. */
    private static Optional<Optional<Set<UUID>>> events(@Nullable Object claim) {
        if (ALL.equals(claim)) {
            return Optional.of(Optional.empty());
        }
        if (!(claim instanceof JsonArray list) || list.isEmpty() || list.size() > MAX_EVENTS) {
            return Optional.empty();
        }
        Set<UUID> events = new HashSet<>();
        for (Object each : list) {
            try {
                events.add(UUID.fromString(String.valueOf(each)));
            } catch (IllegalArgumentException notAnEvent) {
                return Optional.empty();
            }
        }
        return Optional.of(Optional.of(events));
    }
}
