package dev.onsale.command.partner;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * How deliveries are signed: {@code t=<seconds>,v1=<hex>}, the HMAC-SHA256 of {@code <seconds>.<body>}; one {@code v1} for each
 * secret while it is being changed. The form is Stripe's, so that what checks theirs checks ours.
 */
final class WebhookSignature {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int SECRET_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private WebhookSignature() {}

    /** A new secret. */
    static String secret() {
        byte[] random = new byte[SECRET_BYTES];
        RANDOM.nextBytes(random);
        return "whsec_" + HexFormat.of().formatHex(random);
    }

    /** The header for a body that is sent now. */
    static String header(List<String> secrets, byte[] body, Instant now) {
        String time = Long.toString(now.getEpochSecond());
        return "t=" + time
                + secrets.stream()
                        .map(secret -> ",v1=" + hmac(secret, time, body))
                        .collect(Collectors.joining());
    }

    private static String hmac(String secret, String time, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            mac.update((time + ".").getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
