package dev.onsale.payment.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onsale.runtime.config.Config;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StripeConfigTest {
    private static final String KEY = "sk_live_" + "a1B2c3D4e5F6g7H8i9J0k1L2";
    private static final String SECRET = "whsec_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4";

    @Test
    void takesSecretsOfOnesOwn() {
        assertThatCode(() -> check(Map.of())).doesNotThrowAnyException();
        assertThatCode(() -> check(Map.of("payment.stripe.webhook-secrets", SECRET + "," + SECRET + "x")))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "changeme",
                "sk_test_",
                "pk_live_a1B2c3D4e5F6g7H8i9J0k1L2",
                "sk_test_4eC39HqLyjWDarjtT1zdp7dc"
            })
    void refusesAKeyThatIsMissingOrEverybodys(String key) {
        assertThatThrownBy(() -> check(Map.of("payment.stripe.secret-key", key)))
                .hasMessageContaining("payment.stripe.secret-key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "secret", "whsec_", "whsec_short", "whsec_a1B2c3D4e5F6g7H8i9J0k1L2m3N4,secret"})
    void refusesAWebhookSecretThatIsMissingOrNone(String secrets) {
        assertThatThrownBy(() -> check(Map.of("payment.stripe.webhook-secrets", secrets)))
                .hasMessageContaining("payment.stripe.webhook-secrets");
    }

    @Test
    void showsNoSecretInWhatItSays() {
        assertThatThrownBy(() -> check(Map.of("payment.stripe.secret-key", "sk_live_typo")))
                .message()
                .doesNotContain("typo");
        assertThat(StripeConfig.from(config(Map.of())).toString()).doesNotContain(KEY);
    }

    @Test
    void refusesPlainHttpToAnywhereButHere() {
        assertThatThrownBy(() -> check(Map.of("payment.stripe.base-url", "http://192.0.2.1")))
                .hasMessageContaining("payment.stripe.base-url");
    }

    @Test
    void aStandInOnLoopbackTakesAnySecretButNotNone() {
        Map<String, String> here = Map.of(
                "payment.stripe.base-url", "http://127.0.0.1:1",
                "payment.stripe.secret-key", "any",
                "payment.stripe.webhook-secrets", "any");
        assertThatCode(() -> check(here)).doesNotThrowAnyException();
        Map<String, String> none = new HashMap<>(here);
        none.put("payment.stripe.webhook-secrets", "");
        assertThatThrownBy(() -> check(none)).hasMessageContaining("webhook-secrets");
    }

    private static void check(Map<String, String> changed) {
        Config config = config(changed);
        StripeConfig.from(config);
        config.check();
    }

    private static Config config(Map<String, String> changed) {
        Map<String, String> values =
                new HashMap<>(Map.of("payment.stripe.secret-key", KEY, "payment.stripe.webhook-secrets", SECRET));
        values.putAll(changed);
        return Config.of(values);
    }
}
