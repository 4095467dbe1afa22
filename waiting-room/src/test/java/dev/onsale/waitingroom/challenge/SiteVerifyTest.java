package dev.onsale.waitingroom.challenge;

import static dev.onsale.waitingroom.challenge.CaptchaProvider.HUMAN;
import static dev.onsale.waitingroom.challenge.CaptchaProvider.SECRET;
import static dev.onsale.waitingroom.challenge.Outcomes.VISITOR;
import static dev.onsale.waitingroom.challenge.Outcomes.assertFailed;
import static dev.onsale.waitingroom.challenge.Outcomes.assertPassed;
import static dev.onsale.waitingroom.challenge.Outcomes.assertRefused;
import static dev.onsale.waitingroom.challenge.Outcomes.sent;
import static dev.onsale.waitingroom.challenge.Outcomes.solved;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.proto.waitingroom.v1.ChallengeKind;
import dev.onsale.runtime.config.Config;
import dev.onsale.waitingroom.challenge.Challenges.Challenge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
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

    /** What a provider does when it can't do its work. */
    enum Trouble {
        SILENT,
        STALLS_IN_THE_BODY,
        HTTP_500,
        HTTP_429,
        NOT_JSON,
        NO_SUCCESS,
        TOO_LONG,
        REDIRECTS,
        HANGS_UP,
        WRONG_SECRET,
        INTERNAL_ERROR,
        CONNECTION_REFUSED
    }

    @BeforeEach
    void start() throws Exception {
        provider = new CaptchaProvider(vertx);
    }

    @AfterEach
    void stop() throws Exception {
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    private Challenges challenges(String... more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "challenge.pow.max-number", "1000",
                "challenge.site-verify.url", provider.url(),
                "challenge.site-verify.secret", SECRET,
                "challenge.site-verify.site-key", "site-key-1",
                "challenge.site-verify.timeout", "20s"));
        for (int i = 0; i < more.length; i += 2) {
            settings.put("challenge.site-verify." + more[i], more[i + 1]);
        }
        Config config = Config.of(settings);
        ChallengeDesk desk = ChallengeDesk.open(vertx, config, new SimpleMeterRegistry(), clock);
        config.check();
        assertThat(desk.offers(ChallengeKind.CHALLENGE_KIND_SITE_VERIFY)).isTrue();
        return desk.of(ChallengeKind.CHALLENGE_KIND_SITE_VERIFY);
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

    @ParameterizedTest
    @EnumSource(Trouble.class)
    void inTroubleNobodyJoinsUnlessTheDeploymentSaysOtherwise(Trouble trouble) throws Exception {
        // Given
        Challenges refusing = troubled(trouble);
        Challenges accepting = troubled(trouble, "when-down", "accept");
        Challenges instead = troubled(trouble, "when-down", "proof-of-work");

        // When, then
        assertRefused(refusing.verify(VISITOR, HUMAN), ErrorReason.ERROR_REASON_DEPENDENCY_UNAVAILABLE);
        assertThat(refusing.make(VISITOR).kind()).isEqualTo(ChallengeKind.CHALLENGE_KIND_SITE_VERIFY);
        assertPassed(accepting.verify(VISITOR, HUMAN));
        assertThat(instead.make(VISITOR).kind()).isEqualTo(ChallengeKind.CHALLENGE_KIND_SITE_VERIFY);
        assertFailed(instead.verify(VISITOR, HUMAN));
        Challenge work = instead.make(VISITOR);
        assertThat(work.kind()).isEqualTo(ChallengeKind.CHALLENGE_KIND_PROOF_OF_WORK);
        assertPassed(instead.verify(VISITOR, sent(solved(work.altcha()))));
    }

    private Challenges troubled(Trouble trouble, String... settings) throws Exception {
        String[] quick = concat(settings, "timeout", "700ms");
        Challenges challenges = challenges(trouble == Trouble.WRONG_SECRET ? concat(quick, "secret", "wrong") : quick);
        switch (trouble) {
            case SILENT -> provider.behaves(request -> {});
            case STALLS_IN_THE_BODY ->
                provider.behaves(request -> request.response().setChunked(true).write("{\"success\":"));
            case HTTP_500 -> provider.behaves(500, "{\"success\":true}");
            case HTTP_429 -> provider.behaves(429, "{\"success\":true}");
            case NOT_JSON -> provider.behaves(200, "<html>");
            case NO_SUCCESS -> provider.behaves(200, "{\"success\":\"true\"}");
            case TOO_LONG -> provider.behaves(200, "{\"success\":true" + " ".repeat(1 << 20) + "}");
            case REDIRECTS ->
                provider.behaves(request -> request.response()
                        .setStatusCode(302)
                        .putHeader("location", provider.url())
                        .end());
            case HANGS_UP -> provider.behaves(request -> request.connection().close());
            case INTERNAL_ERROR -> provider.behaves(200, "{\"success\":false,\"error-codes\":[\"internal-error\"]}");
            case CONNECTION_REFUSED -> provider.close();
            case WRONG_SECRET -> {}
        }
        return challenges;
    }

    private static String[] concat(String[] settings, String key, String value) {
        String[] all = Arrays.copyOf(settings, settings.length + 2);
        all[settings.length] = key;
        all[settings.length + 1] = value;
        return all;
    }

    @Test
    void proofsOfWorkAreNoWayInWhileTheProviderAnswers() throws Exception {
        Challenges instead = challenges("when-down", "proof-of-work");
        provider.behaves(500, "");
        assertFailed(instead.verify(VISITOR, HUMAN));
        Challenge work = instead.make(VISITOR);
        provider.behavesAsUsual();
        clock.forward(Duration.ofSeconds(1));
        assertPassed(instead.verify(VISITOR, HUMAN));
        assertThat(instead.make(VISITOR).kind()).isEqualTo(ChallengeKind.CHALLENGE_KIND_SITE_VERIFY);
        assertPassed(instead.verify(VISITOR, sent(solved(work.altcha()))));
        clock.forward(Duration.ofMinutes(10));
        assertFailed(instead.verify(VISITOR, sent(solved(work.altcha()))));
    }

    @Test
    void aProviderInTroubleIsLeftAloneAndFoundAgain() throws Exception {
        // Given
        Challenges challenges = challenges("circuit-failures", "5", "circuit-open-for", "300ms");
        provider.behaves(503, "");
        for (int i = 0; i < 20; i++) {
            assertRefused(challenges.verify(VISITOR, HUMAN), ErrorReason.ERROR_REASON_DEPENDENCY_UNAVAILABLE);
        }
        assertThat(provider.asked()).isBetween(5, 10);

        // When
        provider.behavesAsUsual();

        // Then
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .ignoreExceptions()
                .untilAsserted(() -> assertPassed(challenges.verify(VISITOR, HUMAN)));
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
