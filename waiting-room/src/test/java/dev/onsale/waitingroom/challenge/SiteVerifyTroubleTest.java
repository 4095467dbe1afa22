package dev.onsale.waitingroom.challenge;

import static dev.onsale.waitingroom.challenge.CaptchaProvider.HUMAN;
import static dev.onsale.waitingroom.challenge.Outcomes.VISITOR;
import static dev.onsale.waitingroom.challenge.Outcomes.assertFailed;
import static dev.onsale.waitingroom.challenge.Outcomes.assertPassed;
import static dev.onsale.waitingroom.challenge.Outcomes.assertRefused;
import static dev.onsale.waitingroom.challenge.Outcomes.sent;
import static dev.onsale.waitingroom.challenge.Outcomes.solved;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.proto.waitingroom.v1.ChallengeKind;
import dev.onsale.waitingroom.challenge.Challenges.Challenge;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of fans while the provider of CAPTCHAs is in trouble. */
class SiteVerifyTroubleTest {

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

    private Challenges challenges(String... more) {
        return provider.challenges(clock, more);
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
}
