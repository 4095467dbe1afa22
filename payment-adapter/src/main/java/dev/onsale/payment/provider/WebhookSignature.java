package dev.onsale.payment.provider;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs and checks the bodies of webhooks the way Stripe does: the header is {@code t=<seconds>,v1=<hex>}, the signature the
 * HMAC-SHA256 of {@code <seconds>.<body>} over the bytes as they came. While a secret is changed there may be several of
 * either: one pair that fits is enough.
 *
 * @param secrets what may have been signed with
 * @param tolerance how far the time of signing may be from now, either way; longer lets old webhooks be sent again
 */
public record WebhookSignature(List<String> secrets, Duration tolerance) {
    private static final String SCHEME = "v1";

    /** Checks that there is a secret. */
    public WebhookSignature {
        secrets = List.copyOf(secrets);
        if (secrets.isEmpty()) {
            throw new IllegalArgumentException("a webhook without a secret is anybody's");
        }
    }

    /** The header for a body signed now, with the first secret. */
    public String sign(byte[] body, Instant now) {
        String time = Long.toString(now.getEpochSecond());
        return "t=" + time + "," + SCHEME + "=" + hmac(secrets.getFirst(), time, body);
    }

    /** Whether the header proves that the body comes from who knows a secret, and lately. */
    public boolean proves(String header, byte[] body, Instant now) {
        String time = "";
        List<String> signatures = new ArrayList<>();
        for (String part : header.split(",", -1)) {
            int equals = part.indexOf('=');
            String key = equals < 0 ? "" : part.substring(0, equals).strip();
            if (key.equals("t")) {
                time = part.substring(equals + 1).strip();
            } else if (key.equals(SCHEME)) {
                signatures.add(part.substring(equals + 1).strip());
            }
        }
        return timely(time, now) && anyFits(time, signatures, body);
    }

    private boolean timely(String time, Instant now) {
        try {
            long seconds = Long.parseLong(time);
            return seconds > 0 && Math.abs(Math.subtractExact(now.getEpochSecond(), seconds)) <= tolerance.toSeconds();
        } catch (NumberFormatException | ArithmeticException notATime) {
            return false;
        }
    }

    /** Every pair is compared, so that the time it takes tells nothing. */
    private boolean anyFits(String time, List<String> signatures, byte[] body) {
        boolean fits = false;
        for (String secret : secrets) {
            byte[] expected = hmac(secret, time, body).getBytes(StandardCharsets.US_ASCII);
            for (String signature : signatures) {
                fits |= MessageDigest.isEqual(expected, signature.getBytes(StandardCharsets.UTF_8));
            }
        }
        return fits;
    }

    private static String hmac(String secret, String time, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update((time + ".").getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Secrets are nobody's business, logs' least of all. */
    @Override
    public String toString() {
        return "WebhookSignature[" + secrets.size() + " secrets, tolerance=" + tolerance + "]";
    }
}
