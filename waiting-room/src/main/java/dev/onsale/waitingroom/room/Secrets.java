package dev.onsale.waitingroom.room;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;

/** Makes the secrets of a room, and the hash that commits to one. */
final class Secrets {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int LENGTH = 32;

    private Secrets() {}

    static byte[] fresh() {
        var secret = new byte[LENGTH];
        RANDOM.nextBytes(secret);
        return secret;
    }

    static byte[] sha256(byte[] secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
