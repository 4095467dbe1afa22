package dev.onsale.command.presale;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret behind the keyed hashes of codes and accounts (HMAC-SHA-256). Accounts and codes that others have made can be
 * guessed, so a plain hash of them would not keep them.
 */
public final class Pepper {
    private static final int BYTES = 32;
    private static final int FAN_BYTES = 16;
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    private Pepper(byte[] secret) {
        this.key = new SecretKeySpec(secret, ALGORITHM);
    }

    /** The secret in the file; makes it, readable by its owner alone, if it isn't there. */
    public static Pepper open(Path file) {
        try {
            if (!Files.exists(file)) {
                create(file.toAbsolutePath());
            }
            byte[] secret = HexFormat.of().parseHex(Files.readString(file).strip());
            if (secret.length < BYTES) {
                throw new IllegalArgumentException("Fewer than " + BYTES + " bytes in " + file);
            }
            return new Pepper(secret);
        } catch (IOException e) {
            throw new UncheckedIOException("Can't open the presale pepper in " + file, e);
        }
    }

    /** Of several nodes that make the file at the same time, one succeeds and all use its secret. */
    private static void create(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        Path draft = Files.createTempFile(file.getParent(), "presale-pepper", ".tmp", ownerOnly);
        try {
            byte[] secret = new byte[BYTES];
            new SecureRandom().nextBytes(secret);
            Files.writeString(draft, HexFormat.of().formatHex(secret));
            Files.createLink(file, draft);
        } catch (FileAlreadyExistsException anotherWasFaster) {
            // Its secret is as good.
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /** What stands for an account: 22 characters of base64url. */
    String fan(String account) {
        return text("fan", account);
    }

    /** What stands for an address. */
    String address(String address) {
        return text("address", address);
    }

    /** What stands for a code of an event. */
    byte[] code(UUID eventId, String canonical) {
        return hash("code", eventId + " " + canonical);
    }

    /** Random bytes for a code of a batch; always the same for the same code. */
    byte[] random(UUID batchId, int index) {
        return hash("random", batchId + " " + index);
    }

    private String text(String use, String value) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash(use, value), FAN_BYTES));
    }

    private byte[] hash(String use, String value) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(use.getBytes(StandardCharsets.US_ASCII));
            mac.update((byte) 0);
            return mac.doFinal(value.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
