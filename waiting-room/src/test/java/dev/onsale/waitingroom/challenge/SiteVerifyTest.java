package dev.onsale.waitingroom.challenge;

import static dev.onsale.waitingroom.challenge.CaptchaProvider.HUMAN;
import static dev.onsale.waitingroom.challenge.CaptchaProvider.SECRET;
import static dev.onsale.waitingroom.challenge.Outcomes.VISITOR;
import static dev.onsale.waitingroom.challenge.Outcomes.assertFailed;
import static dev.onsale.waitingroom.challenge.Outcomes.assertPassed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onsale.proto.waitingroom.v1.ChallengeKind;
import dev.onsale.waitingroom.challenge.Challenges.Challenge;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SiteVerifyTest {

    private final Vertx vertx = Vertx.vertx();
    private final MovableClock clock = new MovableClock();
    private CaptchaProvider provider;

    @BeforeEach
    void start() throws Exception {
        provider = new CaptchaProvider(vertx);
    }

    @AfterEach
    void stop() throws Exception {
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    private Challenges challenges(String... more) {
        return provider.challenges(clock, more);
    }

    @Test
    void theChallengeNamesProviderAndSiteKey() {
        Challenge challenge = challenges("provider", "hcaptcha").make(VISITOR);
        assertThat(challenge.kind()).isEqualTo(ChallengeKind.CHALLENGE_KIND_SITE_VERIFY);
        assertThat(challenge.provider()).isEqualTo("hcaptcha");
        assertThat(challenge.siteKey()).isEqualTo("site-key-1");
        assertThat(challenge.expires()).isAfter(clock.instant());
    }

    @ParameterizedTest
    @EnumSource(Provider.class)
    void aGoodTokenIsAcceptedOnce(Provider of) throws Exception {
        provider.answersWith("score", 0.9);
        Challenges challenges = challenges("provider", of.word());
        assertPassed(challenges.verify(VISITOR, HUMAN));
        assertFailed(challenges.verify(VISITOR, HUMAN));
        assertThat(provider.lastForm())
                .containsEntry("secret", SECRET)
                .containsEntry("response", HUMAN)
                .containsEntry("sitekey", "site-key-1")
                .containsEntry("remoteip", "null");
    }

    @Test
    void theProviderIsToldTheAddressOnlyIfWanted() throws Exception {
        assertPassed(challenges("send-peer", "true").verify(VISITOR, HUMAN));
        assertThat(provider.lastForm()).containsEntry("remoteip", "192.0.2.1");
    }

    @Test
    void aTokenTheProviderDoesNotKnowIsRefused() throws Exception {
        assertFailed(challenges().verify(VISITOR, "made-up"));
        assertThat(provider.asked()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a&secret=x", "a\r\nhost: x", "ü", "{\"a\":1}"})
    void whatCanNotBeATokenIsNotEvenSent(String token) throws Exception {
        assertFailed(challenges("when-down", "accept").verify(VISITOR, token));
        assertFailed(challenges("when-down", "accept").verify(VISITOR, "a".repeat(1 << 20)));
        assertThat(provider.asked()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"tickets.example, true", "TICKETS.example, true", "evil.example, false", "example, false"})
    void theTokenMustBeMadeOnOurSite(String expected, boolean right) throws Exception {
        var check = challenges("hostname", expected).verify(VISITOR, HUMAN);
        if (right) {
            assertPassed(check);
        } else {
            assertFailed(check);
        }
    }

    @Test
    void theTokenMustBeMadeForOurAction() throws Exception {
        Challenges challenges = challenges("action", "join");
        assertFailed(challenges.verify(VISITOR, HUMAN + "1"));
        provider.answersWith("action", "login");
        assertFailed(challenges.verify(VISITOR, HUMAN + "2"));
        provider.answersWith("action", "join");
        assertPassed(challenges.verify(VISITOR, HUMAN + "3"));
    }

    @Test
    void theScoreMustBeThereAndGoodEnough() throws Exception {
        Challenges challenges = challenges("provider", "recaptcha-v3", "min-score", "0.7");
        assertFailed(challenges.verify(VISITOR, HUMAN + "1"));
        provider.answersWith("score", 0.69);
        assertFailed(challenges.verify(VISITOR, HUMAN + "2"));
        provider.answersWith("score", "0.9");
        assertFailed(challenges.verify(VISITOR, HUMAN + "3"));
        provider.answersWith("score", 0.7);
        assertPassed(challenges.verify(VISITOR, HUMAN + "4"));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 413, 422})
    void aTokenThatThePageChokesOnIsNotTheProvidersTrouble(int status) throws Exception {
        provider.behaves(status, "<html>");
        assertFailed(challenges("when-down", "accept").verify(VISITOR, HUMAN));
    }

    @Test
    void badTokensNeverOpenTheCircuit() throws Exception {
        Challenges challenges = challenges("circuit-failures", "5");
        for (int i = 0; i < 20; i++) {
            assertFailed(challenges.verify(VISITOR, "made-up"));
        }
        assertPassed(challenges.verify(VISITOR, HUMAN));
    }
}
