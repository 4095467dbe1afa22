package dev.onsale.runtime.admission;

import dev.onsale.runtime.auth.JwksKeys;
import dev.onsale.runtime.auth.SignedTokens;
import dev.onsale.runtime.auth.TokenRules;
import dev.onsale.runtime.error.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says whether what a caller shows is a live admission of its account to the event. Anything forged, or somebody else's, is
 * refused in always the same words. Safe for any thread; never blocks.
 */
public final class AdmissionVerifier {

    /** Well under the minute that a new key is published before it signs. */
    private static final Duration OLD_KEYS = Duration.ofSeconds(20);

    private final @Nullable SignedTokens<Admission> tokens;
    private final DeviceProofs proofs;
    private final AdmissionConfig config;
    private final Clock clock;

    private AdmissionVerifier(Vertx vertx, AdmissionConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
        this.proofs = new DeviceProofs(config, clock);
        this.tokens = config.jwksUrl().isEmpty() && config.jwksFile().isEmpty() ? null : tokens(vertx);
    }

    /** A verifier that believes the configured waiting room; keys are fetched with the first token. */
    public static AdmissionVerifier create(Vertx vertx, AdmissionConfig config) {
        return create(vertx, config, Clock.systemUTC());
    }

    static AdmissionVerifier create(Vertx vertx, AdmissionConfig config, Clock clock) {
        return new AdmissionVerifier(vertx, config, clock);
    }

    private SignedTokens<Admission> tokens(Vertx vertx) {
        return new SignedTokens<>(
                new Claims(config, clock),
                AdmissionFault.INVALID.refusal(),
                config.cacheSize(),
                changed -> JwksKeys.of(
                                vertx,
                                "waiting-room",
                                config.jwksUrl(),
                                config.jwksFile(),
                                config.jwksAuthority(),
                                OLD_KEYS,
                                changed)
                        .orElseThrow());
    }

    /**
     * The admission the caller shows.
     *
     * @return fails with {@code ADMISSION_REQUIRED}, or with {@code DEPENDENCY_UNAVAILABLE} if the waiting room's keys are
     *     needed and out of reach, or not configured
     */
    public Future<Admission> verify(Presented shown) {
        var token = shown.token();
        if (tokens == null) {
            return Refusal.unavailable("waiting-room").future();
        }
        return token == null
                ? AdmissionFault.MISSING.refusal().future()
                : tokens.verify(token).compose(admission -> {
                    var fault = fault(admission, shown, token);
                    return fault.isEmpty()
                            ? Future.succeededFuture(admission)
                            : fault.get().refusal().future();
                });
    }

    private Optional<AdmissionFault> fault(Admission admission, Presented shown, String token) {
        if (!admission.account().equals(shown.account()) || !admission.event().equals(shown.event())) {
            return Optional.of(AdmissionFault.INVALID);
        }
        if (!clock.instant().isBefore(admission.expires().plus(config.leeway()))) {
            return Optional.of(AdmissionFault.EXPIRED);
        }
        return admission
                .deviceKey()
                .filter(device -> !proofs.accepts(shown.proof(), device, token, shown.method()))
                .map(unproved -> AdmissionFault.PROOF);
    }

    /** Expiry is no matter of these rules: whose admission it is must be known before that is told. */
    private record Claims(AdmissionConfig config, Clock clock) implements SignedTokens.Rules<Admission> {

        @Override
        public boolean isType(String type) {
            return type.equals(Admission.TYPE);
        }

        @Override
        public boolean mayBeSignedBy(String algorithm) {
            return algorithm.equals("EdDSA");
        }

        @Override
        public Optional<Admission> read(JsonObject claims) {
            return TokenRules.begun(claims, clock.instant(), config.leeway())
                    ? Admission.ofClaims(claims)
                    : Optional.empty();
        }

        @Override
        public boolean ended(Admission known) {
            return false;
        }
    }
}
