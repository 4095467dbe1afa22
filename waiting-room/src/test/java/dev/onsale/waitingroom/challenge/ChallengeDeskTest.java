package dev.onsale.waitingroom.challenge;

import static dev.onsale.waitingroom.challenge.Outcomes.VISITOR;
import static dev.onsale.waitingroom.challenge.Outcomes.assertPassed;
import static dev.onsale.waitingroom.challenge.Outcomes.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.proto.waitingroom.v1.ChallengeKind;
import dev.onsale.runtime.config.Config;
import dev.onsale.runtime.config.ConfigFault;
import dev.onsale.runtime.error.Refusal;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChallengeDeskTest {

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() throws Exception {
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    private ChallengeDesk open(Config config) {
        return ChallengeDesk.open(vertx, config, new SimpleMeterRegistry(), Clock.systemUTC());
    }

    @Test
    void withoutSettingsItOffersAllButCaptchas() throws Exception {
        Config config = Config.of(Map.of());
        ChallengeDesk desk = open(config);
        config.check();
        assertThat(desk.offers(ChallengeKind.CHALLENGE_KIND_UNSPECIFIED)).isTrue();
        assertThat(desk.offers(ChallengeKind.CHALLENGE_KIND_NONE)).isTrue();
        assertThat(desk.offers(ChallengeKind.CHALLENGE_KIND_PROOF_OF_WORK)).isTrue();
        assertThat(desk.offers(ChallengeKind.CHALLENGE_KIND_SITE_VERIFY)).isFalse();
        assertThat(desk.offers(ChallengeKind.UNRECOGNIZED)).isFalse();
        desk.close().await(10, TimeUnit.SECONDS);
    }

    @Test
    void aRoomWithCaptchasLetsNobodyInWhereThereAreNone() throws Exception {
        Challenges captchas = open(Config.of(Map.of())).of(ChallengeKind.CHALLENGE_KIND_SITE_VERIFY);
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> captchas.make(VISITOR))
                .matches(refusal -> refusal.reason() == ErrorReason.ERROR_REASON_DEPENDENCY_UNAVAILABLE);
        assertRefused(captchas.verify(VISITOR, "x"), ErrorReason.ERROR_REASON_DEPENDENCY_UNAVAILABLE);
    }

    @Test
    void whereNothingHasToBeDoneEverythingIsRight() throws Exception {
        Challenges none = open(Config.of(Map.of())).of(ChallengeKind.CHALLENGE_KIND_NONE);
        assertThat(none.make(VISITOR).kind()).isEqualTo(ChallengeKind.CHALLENGE_KIND_NONE);
        assertPassed(none.verify(VISITOR, ""));
    }

    @Test
    void unspecifiedIsAProofOfWork() {
        var made = open(Config.of(Map.of()))
                .of(ChallengeKind.CHALLENGE_KIND_UNSPECIFIED)
                .make(VISITOR);
        assertThat(made.kind()).isEqualTo(ChallengeKind.CHALLENGE_KIND_PROOF_OF_WORK);
        assertThat(made.altcha()).contains("\"maxnumber\":50000");
    }

    @Test
    void badSettingsAreNamed() {
        Config config = Config.of(Map.of(
                "challenge.site-verify.secret", "s",
                "challenge.site-verify.provider", "myspace",
                "challenge.site-verify.min-score", "0.9",
                "challenge.site-verify.url", "ftp://x",
                "challenge.site-verify.when-down", "panic",
                "challenge.pow.max-number", "0"));
        open(config);
        assertThatExceptionOfType(ConfigFault.class)
                .isThrownBy(config::check)
                .satisfies(fault -> assertThat(String.join("\n", fault.faults()))
                        .contains("provider", "site-key", "min-score", "url", "when-down", "max-number"));
    }

    @Test
    void theSecretIsNotInAnyText() {
        var config = SiteVerifyConfig.from(Config.of(Map.of(
                "challenge.site-verify.secret", "hush",
                "challenge.site-verify.site-key", "k")));
        assertThat(config.orElseThrow().toString()).doesNotContain("hush");
    }
}
