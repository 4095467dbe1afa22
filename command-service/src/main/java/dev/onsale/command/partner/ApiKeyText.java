package dev.onsale.command.partner;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * An API key as it travels: {@code osk_<id>_<secret><checksum>}, in lower-case hexadecimal: 64 bits of id, 256 of secret, and
 * a CRC-32 of what is before it, so that a mistyped key is known without a look, and a leaked one can be told by its shape.
 *
 * @param keyId the public part
 * @param secret the rest of it, without the checksum
 */
record ApiKeyText(String keyId, String secret) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String PREFIX = "osk_";
    private static final int ID_BYTES = 8;
    private static final int SECRET_BYTES = 32;
    private static final Pattern SHAPE = Pattern.compile("(osk_([0-9a-f]{16})_([0-9a-f]{64}))([0-9a-f]{8})");

    /** A new one. */
    static ApiKeyText random() {
        return new ApiKeyText(hex(ID_BYTES), hex(SECRET_BYTES));
    }

    /** The key in a text of a caller; empty if it can't be one. */
    static Optional<ApiKeyText> parse(String text) {
        Matcher matcher = SHAPE.matcher(text);
        return matcher.matches() && checksum(matcher.group(1)).equals(matcher.group(4))
                ? Optional.of(new ApiKeyText(matcher.group(2), matcher.group(3)))
                : Optional.empty();
    }

    /** All of it. */
    String text() {
        String body = PREFIX + keyId + "_" + secret;
        return body + checksum(body);
    }

    /** What is stored of the secret: its SHA-256. */
    byte[] hash() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }

    /** Whether a stored hash is of this secret. The time it takes tells nothing. */
    boolean fits(byte[] stored) {
        return MessageDigest.isEqual(hash(), stored);
    }

    private static String checksum(String body) {
        CRC32 crc = new CRC32();
        crc.update(body.getBytes(StandardCharsets.US_ASCII));
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }

    private static String hex(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    /** Secrets are nobody's business, logs' least of all. */
    @Override
    public String toString() {
        return PREFIX + keyId + "_...";
    }
}
