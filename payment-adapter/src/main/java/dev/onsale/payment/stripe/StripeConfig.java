package dev.onsale.payment.stripe;

import dev.onsale.runtime.config.Config;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How to reach Stripe. With a stand-in on loopback any secrets do; anywhere else they must look like real ones, and not be
 * those printed in everybody's documentation.
 *
 * @param baseUrl Stripe's API, or a stand-in
 * @param secretKey the account's secret or restricted key
 * @param webhookSecrets the endpoint's signing secrets; two while they are changed
 * @param threads most calls at once; the client blocks one each
 * @param waiting most calls that wait for a thread; more are refused without effect
 * @param readTimeout longest wait for an answer of one call
 */
public record StripeConfig(
        URI baseUrl, String secretKey, List<String> webhookSecrets, int threads, int waiting, Duration readTimeout) {
    private static final Pattern KEY = Pattern.compile("(sk|rk)_(live|test)_[A-Za-z0-9]{20,}");
    private static final Pattern WEBHOOK_SECRET = Pattern.compile("whsec_[A-Za-z0-9+/=]{24,}");
    private static final Set<String> EVERYBODYS = Set.of(
            "sk_test_4eC39HqLyjWDarjtT1zdp7dc", "sk_test_BQokikJOvBiI2HlWgH4olfQ2", "sk_test_26PHem9AhJZvU623DfE1x4sd");
    private static final String HIDDEN = "(not shown)";

    /** Reads {@code payment.stripe.*}; notes what is missing or nobody's secret. */
    public static StripeConfig from(Config config) {
        StripeConfig read = new StripeConfig(
                config.uri("payment.stripe.base-url", URI.create("https://api.stripe.com")),
                config.required("payment.stripe.secret-key"),
                config.list("payment.stripe.webhook-secrets", List.of()),
                config.integer("payment.stripe.threads", 32, 1, 1_000),
                config.integer("payment.stripe.waiting", 256, 1, 100_000),
                config.duration(
                        "payment.stripe.read-timeout",
                        Duration.ofSeconds(20),
                        Duration.ofMillis(1),
                        Duration.ofMinutes(2)));
        read.check(config);
        return read;
    }

    private void check(Config config) {
        if (webhookSecrets.isEmpty()) {
            config.reject("payment.stripe.webhook-secrets", "not set", "one secret or more");
        }
        if (standIn()) {
            return;
        }
        if (!baseUrl.getScheme().equals("https")) {
            config.reject("payment.stripe.base-url", baseUrl.toString(), "https, except on loopback");
        }
        if (!secretKey.isEmpty() && (!KEY.matcher(secretKey).matches() || EVERYBODYS.contains(secretKey))) {
            config.reject("payment.stripe.secret-key", HIDDEN, "a secret or restricted key of your own account");
        }
        if (!webhookSecrets.stream()
                .allMatch(secret -> WEBHOOK_SECRET.matcher(secret).matches())) {
            config.reject("payment.stripe.webhook-secrets", HIDDEN, "signing secrets of your own endpoint");
        }
    }

    private boolean standIn() {
        try {
            return InetAddress.getByName(baseUrl.getHost()).isLoopbackAddress();
        } catch (UnknownHostException elsewhere) {
            return false;
        }
    }

    /** Secrets are nobody's business. */
    @Override
    public String toString() {
        return "StripeConfig[baseUrl=" + baseUrl + "]";
    }
}
