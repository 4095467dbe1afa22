package dev.onsale.payment.provider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookSignatureTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);
    private static final byte[] BODY = "{\"id\": \"evt_1\"}".getBytes(UTF_8);
    private static final WebhookSignature CHECK = new WebhookSignature(List.of("new", "old"), Duration.ofMinutes(5));

    /** Made with {@code openssl dgst -sha256 -hmac old}, by nothing of ours. */
    private static final String RECORDED = "6b9b1b27e9958d738f0296c5cfa6aefc26fcea2cf719e0cfe089027264091d54";

    @Test
    void knowsASignatureMadeElsewhere() {
        assertThat(CHECK.proves("t=1700000000,v1=" + RECORDED, BODY, NOW)).isTrue();
    }

    @Test
    void takesOldAndNewSecretsWhileTheyAreChanged() {
        for (String secret : List.of("new", "old")) {
            assertThat(CHECK.proves(signed(secret, NOW), BODY, NOW)).isTrue();
        }
        assertThat(CHECK.proves(signed("other", NOW), BODY, NOW)).isFalse();
    }

    @Test
    void takesOneGoodSignatureAmongSeveral() {
        String good = signed("new", NOW).split(",v1=", 2)[1];
        String bad = "0".repeat(64);
        assertThat(CHECK.proves("t=1700000000,v1=" + bad + ",v0=" + bad + ",v1=" + good, BODY, NOW))
                .isTrue();
        assertThat(CHECK.proves("t=1700000000,v0=" + good, BODY, NOW)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {-300, 0, 300})
    void takesWhatWasSignedWithinFiveMinutesEitherWay(long seconds) {
        assertThat(CHECK.proves(signed("new", NOW.plusSeconds(seconds)), BODY, NOW))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {-301, 301, -86_400, 86_400 * 365})
    void refusesWhatIsOlderOrFromTheFuture(long seconds) {
        assertThat(CHECK.proves(signed("new", NOW.plusSeconds(seconds)), BODY, NOW))
                .isFalse();
    }

    @Test
    void aSingleSpaceMakesItAnotherBody() {
        byte[] longer = "{\"id\":  \"evt_1\"}".getBytes(UTF_8);
        assertThat(CHECK.proves(signed("new", NOW), longer, NOW)).isFalse();
    }

    @Test
    void theTimeIsPartOfWhatIsSigned() {
        assertThat(CHECK.proves(signed("new", NOW).replace("t=1700000000", "t=1700000001"), BODY, NOW))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "t=",
                "v1=",
                "t=1700000000",
                "t=1700000000,v1=",
                "t=abc,v1=00",
                "t=-1700000000,v1=00",
                "t=9223372036854775807,v1=00",
                "=,=,=",
                "garbage"
            })
    void refusesHeadersThatAreNone(String header) {
        assertThat(CHECK.proves(header, BODY, NOW)).isFalse();
    }

    @Test
    void refusesUpperCaseHex() {
        String header = signed("new", NOW);
        assertThat(CHECK.proves("t=1700000000,v1=" + header.split(",v1=", 2)[1].toUpperCase(Locale.ROOT), BODY, NOW))
                .isFalse();
    }

    @Test
    void needsASecretAndKeepsItToItself() {
        assertThatThrownBy(() -> new WebhookSignature(List.of(), Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(CHECK.toString()).doesNotContain("old");
    }

    private static String signed(String secret, Instant at) {
        return new WebhookSignature(List.of(secret), Duration.ofMinutes(5)).sign(BODY, at);
    }
}
