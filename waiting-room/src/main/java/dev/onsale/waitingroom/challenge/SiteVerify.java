package dev.onsale.waitingroom.challenge;

import dev.onsale.proto.waitingroom.v1.ChallengeKind;
import dev.onsale.runtime.error.Refusal;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A provider's CAPTCHA. Used tokens are refused by the provider. While it does not answer, the deployment's {@link
 * WhenDown} decides; under {@link WhenDown#PROOF_OF_WORK} new challenges are proofs of work until the provider answers
 * again, and those that were given count to their end.
 */
final class SiteVerify implements Challenges {

    private static final Logger LOG = LoggerFactory.getLogger(SiteVerify.class);
    private static final String KIND = "site-verify";

    /** What providers' tokens are made of. Anything else is not even sent. */
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/=:-]{1,4096}");

    private final SiteVerifyConfig config;
    private final SiteVerifyPage page;
    private final ProofOfWork instead;
    private final Clock clock;
    private final ChallengeMeters meters;
    private volatile Instant troubledUntil = Instant.MIN;

    SiteVerify(SiteVerifyConfig config, SiteVerifyPage page, ProofOfWork instead, Clock clock, ChallengeMeters meters) {
        this.config = config;
        this.page = page;
        this.instead = instead;
        this.clock = clock;
        this.meters = meters;
    }

    @Override
    public Challenge make(Visitor visitor) {
        if (config.whenDown() == WhenDown.PROOF_OF_WORK && troubled()) {
            return instead.make(visitor);
        }
        return new Challenge(
                ChallengeKind.CHALLENGE_KIND_SITE_VERIFY,
                "",
                config.siteKey(),
                config.provider().word(),
                clock.instant().plus(config.expires()));
    }

    private boolean troubled() {
        return page.isOpen() || clock.instant().isBefore(troubledUntil);
    }

    @Override
    public Future<Void> verify(Visitor visitor, String solution) {
        if (config.whenDown() == WhenDown.PROOF_OF_WORK && AltchaPayload.looksLike(solution)) {
            return instead.verify(visitor, solution);
        }
        if (solution.length() > 4096 || !TOKEN.matcher(solution).matches()) {
            return settle(new Verdict.Failed("no token"));
        }
        return page.ask(solution, visitor.peer()).compose(this::answered);
    }

    private Future<Void> answered(Verdict verdict) {
        if (!(verdict instanceof Verdict.Unknown)) {
            troubledUntil = Instant.MIN;
        }
        return settle(verdict);
    }

    private Future<Void> settle(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Passed passed -> counted("passed", Future.succeededFuture());
            case Verdict.Failed failed -> {
                LOG.atDebug().addKeyValue("reason", failed.cause()).log("A solution was refused");
                yield counted("failed", ChallengeRefusals.failed().future());
            }
            case Verdict.Unknown unknown -> unknown(unknown.cause());
        };
    }

    private Future<Void> unknown(String cause) {
        var now = clock.instant();
        if (now.isAfter(troubledUntil)) {
            LOG.atWarn()
                    .addKeyValue("provider", config.provider().word())
                    .addKeyValue("policy", config.whenDown())
                    .addKeyValue("reason", cause)
                    .log("The provider of CAPTCHAs does not answer");
        }
        troubledUntil = now.plus(config.circuitOpenFor());
        return switch (config.whenDown()) {
            case REFUSE -> counted("refused", Refusal.unavailable("challenge").future());
            case PROOF_OF_WORK -> counted("refused", ChallengeRefusals.failed().future());
            case ACCEPT -> counted("accepted", Future.succeededFuture());
        };
    }

    private <T> Future<T> counted(String outcome, Future<T> result) {
        meters.checked(KIND, outcome);
        return result;
    }
}
