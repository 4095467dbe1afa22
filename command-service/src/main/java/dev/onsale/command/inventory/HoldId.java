package dev.onsale.command.inventory;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * Names a hold: 43 characters of base64url that carry the event and a hash of account and request id. So it finds its own
 * event, and the same request again means the same hold.
 *
 * @param value as it travels
 * @param eventId the event in it
 */
public record HoldId(String value, UUID eventId) {

    private static final int BYTES = 32;

    /** The hold that this request of this account makes. */
    public static HoldId of(UUID eventId, String account, String requestId) {
        var bytes = ByteBuffer.allocate(BYTES)
                .putLong(eventId.getMostSignificantBits())
                .putLong(eventId.getLeastSignificantBits())
                .put(hash(account, requestId), 0, BYTES / 2);
        return new HoldId(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array()), eventId);
    }

    /** The hold in a text of a caller; empty if it can't be one. */
    public static Optional<HoldId> parse(String text) {
        try {
            var bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
            boolean canonical = bytes.capacity() == BYTES
                    && Base64.getUrlEncoder()
                            .withoutPadding()
                            .encodeToString(bytes.array())
                            .equals(text);
            return canonical
                    ? Optional.of(new HoldId(text, new UUID(bytes.getLong(), bytes.getLong())))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static byte[] hash(String account, String requestId) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(account.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            return digest.digest(requestId.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
