package dev.onsale.runtime.challenge;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes proofs of work and checks solutions: find the number whose hash, after the salt, is the challenge. The salt names what the
 * challenge is bound to and its end; the challenge covers the salt, the signature covers the challenge. Safe for any thread.
 *
 * <p>The salt ends with {@code &}, so there is one way only to part salt and number: digits of the number can't be made to look
 * like a later end.
 */
public final class WorkProof {
    private static final String ALGORITHM = "SHA-256";
    private static final int NONCE_BYTES = 12;
    private static final int MOST_CHARACTERS = 4096;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final HexFormat HEX = HexFormat.of();

    private final byte[] key;
    private final int maxNumber;
    private final Duration lifetime;
    private final Clock clock;

    /**
     * Proofs of one purpose.
     *
     * @param key secret, the same on every node, and another for each purpose
     * @param maxNumber a solver tries half of this many hashes on average; 50,000 are about a second in a browser
     * @param lifetime how long a challenge can be solved
     */
    public WorkProof(byte[] key, int maxNumber, Duration lifetime, Clock clock) {
        this.key = key.clone();
        this.maxNumber = maxNumber;
        this.lifetime = lifetime;
        this.clock = clock;
    }

    /**
     * A new challenge as a JSON object that ALTCHA's widget takes.
     *
     * @param bound what it is bound to: letters, digits and {@code -_=&} only
     */
    public String make(String bound) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        long expires = clock.instant().plus(lifetime).getEpochSecond();
        String salt = HEX.formatHex(nonce) + part(bound) + expires + "&";
        String challenge = sha256(salt + RANDOM.nextInt(maxNumber + 1));
        return new JsonObject()
                .put("algorithm", ALGORITHM)
                .put("challenge", challenge)
                .put("maxnumber", maxNumber)
                .put("salt", salt)
                .put("signature", signature(challenge))
                .encode();
    }

    /**
     * Whether a text solves a challenge that was made for the same thing and has not ended.
     *
     * @param solution base64 of a JSON object, as ALTCHA's widget makes it; anything, for a forger
     * @return the challenge's own id (lower-case hexadecimal), by which a second use can be told; empty if it is no solution
     */
    public Optional<String> solved(String bound, String solution) {
        if (solution.length() > MOST_CHARACTERS) {
            return Optional.empty();
        }
        try {
            String decoded = new String(Base64.getDecoder().decode(solution), StandardCharsets.UTF_8);
            return Json.decodeValue(decoded) instanceof JsonObject json ? solved(bound, json) : Optional.empty();
        } catch (IllegalArgumentException | DecodeException malformed) {
            return Optional.empty();
        }
    }

    private Optional<String> solved(String bound, JsonObject json) {
        String salt = text(json, "salt");
        String challenge = text(json, "challenge");
        boolean good = json.getValue("number") instanceof Number number
                && ALGORITHM.equals(text(json, "algorithm"))
                && rightful(bound, salt)
                && same(signature(challenge), text(json, "signature"))
                && same(sha256(salt + number.longValue()), challenge);
        return good ? Optional.of(salt.substring(0, 2 * NONCE_BYTES)) : Optional.empty();
    }

    private static String text(JsonObject json, String name) {
        return json.getValue(name) instanceof String text ? text : "";
    }

    private static String part(String bound) {
        return "?for=" + bound + "&expires=";
    }

    /** Whether the salt is of this thing, and has not ended. Whether it is ours, the signature tells. */
    private boolean rightful(String bound, String salt) {
        String part = part(bound);
        int end = 2 * NONCE_BYTES + part.length();
        if (!salt.startsWith(part, 2 * NONCE_BYTES) || !salt.endsWith("&") || salt.length() <= end) {
            return false;
        }
        long expires = Long.parseLong(
                salt, end, salt.length() - 1, 10); // NumberFormatException is an IllegalArgumentException.
        return clock.instant().getEpochSecond() < expires;
    }

    private String signature(String challenge) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return HEX.formatHex(mac.doFinal(challenge.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String sha256(String text) {
        try {
            return HEX.formatHex(MessageDigest.getInstance(ALGORITHM).digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
