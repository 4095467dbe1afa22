package dev.onsale.command.gate;

import dev.onsale.runtime.admission.Admission;
import dev.onsale.runtime.auth.SigningKey;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Signs admissions as the waiting room does, with keys that a file shows to the write side. */
final class Doorkeeper {
    private final Path file;
    private List<SigningKey> keys = List.of(SigningKey.generateEd25519());

    Doorkeeper() {
        try {
            file = Files.createTempDirectory("doorkeeper-").resolve("jwks.json");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        show(keys);
    }

    Path file() {
        return file;
    }

    /** Shows the keys; the last one signs. */
    void show(List<SigningKey> shown) {
        try {
            JsonArray set = new JsonArray();
            shown.forEach(key -> set.add(key.publicJwk()));
            Path draft = Files.createTempFile(file.toAbsolutePath().getParent(), "jwks", ".tmp");
            Files.writeString(draft, new JsonObject().put("keys", set).encode());
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            keys = List.copyOf(shown);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    SigningKey signing() {
        return keys.getLast();
    }

    static Admission admission(String account, UUID event, String session) {
        return new Admission(account, event, session, 2, Instant.now().plus(Duration.ofMinutes(10)), Optional.empty());
    }

    String sign(Admission admission) {
        return sign(admission, signing());
    }

    static String sign(Admission admission, SigningKey key) {
        return key.sign(
                Admission.TYPE,
                admission.toClaims(Instant.now(), UUID.randomUUID().toString()));
    }

    Map<String, String> headers(String account, UUID event, String session) {
        return shown(sign(admission(account, event, session)));
    }

    static Map<String, String> shown(String token) {
        return Map.of(Admission.HEADER, token);
    }

    static Map<String, String> shown(String token, String proof) {
        return Map.of(Admission.HEADER, token, Admission.PROOF_HEADER, proof);
    }

    /** The same admission for one device alone. */
    static Admission bound(Admission admission, SigningKey device) {
        return new Admission(
                admission.account(),
                admission.event(),
                admission.session(),
                admission.epoch(),
                admission.expires(),
                Optional.of(device.id()));
    }

    static String proof(SigningKey device, String token, String method) {
        return device.sign(
                new JsonObject().put("typ", "admission-proof+jwt").put("jwk", device.publicJwk()),
                new JsonObject()
                        .put("m", method)
                        .put("iat", Instant.now().getEpochSecond())
                        .put("jti", UUID.randomUUID().toString())
                        .put("ath", hash(token)));
    }

    private static String hash(String token) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The keys shown now and one more. */
    List<SigningKey> and(SigningKey next) {
        return Stream.concat(keys.stream(), Stream.of(next)).toList();
    }
}
