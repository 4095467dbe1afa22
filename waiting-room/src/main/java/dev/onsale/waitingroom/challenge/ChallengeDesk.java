package dev.onsale.waitingroom.challenge;

import dev.onsale.proto.waitingroom.v1.ChallengeKind;
import dev.onsale.runtime.config.Config;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** Every kind of challenge that this deployment is configured for. One per process; may be used by any thread. */
public final class ChallengeDesk {

    private final NoChallenge none;
    private final ProofOfWork proofOfWork;
    private final @Nullable SiteVerifyPage page;
    private final Challenges siteVerify;

    private ChallengeDesk(
            NoChallenge none, ProofOfWork proofOfWork, @Nullable SiteVerifyPage page, Challenges siteVerify) {
        this.none = none;
        this.proofOfWork = proofOfWork;
        this.page = page;
        this.siteVerify = siteVerify;
    }

    /** Reads {@code challenge.*}; bad values are noted in the configuration for its {@code check()}. */
    public static ChallengeDesk open(Vertx vertx, Config config, MeterRegistry registry, Clock clock) {
        var meters = new ChallengeMeters(registry);
        var pow = PowConfig.from(config);
        var none = new NoChallenge(clock);
        var proofOfWork = new ProofOfWork(pow, "proof-of-work", clock, meters);
        var captcha = SiteVerifyConfig.from(config).orElse(null);
        if (captcha == null) {
            return new ChallengeDesk(none, proofOfWork, null, new NotOffered());
        }
        var page = new SiteVerifyPage(vertx, captcha);
        var instead = new ProofOfWork(pow, "proof-of-work-instead", clock, meters);
        return new ChallengeDesk(none, proofOfWork, page, new SiteVerify(captcha, page, instead, clock, meters));
    }

    /** Whether a room can be configured with this kind: a CAPTCHA needs {@code challenge.site-verify.secret}. */
    public boolean offers(ChallengeKind kind) {
        return kind == ChallengeKind.CHALLENGE_KIND_SITE_VERIFY ? page != null : kind != ChallengeKind.UNRECOGNIZED;
    }

    /** The challenges of this kind; unspecified is a proof of work. Those of a kind not offered refuse everybody. */
    public Challenges of(ChallengeKind kind) {
        return switch (kind) {
            case CHALLENGE_KIND_NONE -> none;
            case CHALLENGE_KIND_UNSPECIFIED, CHALLENGE_KIND_PROOF_OF_WORK, UNRECOGNIZED -> proofOfWork;
            case CHALLENGE_KIND_SITE_VERIFY -> siteVerify;
        };
    }

    /** Lets the provider's connections go. */
    public Future<Void> close() {
        return page == null ? Future.succeededFuture() : page.close();
    }
}
