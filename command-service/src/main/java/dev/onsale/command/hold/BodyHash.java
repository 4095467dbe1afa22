package dev.onsale.command.hold;

import dev.onsale.proto.inventory.v1.CreateHoldRequest;
import dev.onsale.proto.inventory.v1.OverrideHoldRequest;
import dev.onsale.proto.inventory.v1.SwapHoldRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/** Short texts that tell whether a request id comes with the body it came with before. */
final class BodyHash {

    private static final int BYTES = 12;

    private BodyHash() {}

    /** A presale code lets in, like a token: it is no part of what is asked for, and no plain hash of it is kept. */
    static String of(CreateHoldRequest request) {
        return hash(
                request.toBuilder().clearRequestId().clearPresaleCode().build().toByteArray());
    }

    static String of(OverrideHoldRequest request) {
        return hash(request.toBuilder().clearRequestId().build().toByteArray());
    }

    /** {@code <request>:<body>}: a hold remembers its last swap by both. */
    static String of(SwapHoldRequest request) {
        return hash(request.getRequestId().getBytes(StandardCharsets.UTF_8))
                + ":"
                + hash(request.toBuilder().clearRequestId().build().toByteArray());
    }

    private static String hash(byte[] bytes) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
