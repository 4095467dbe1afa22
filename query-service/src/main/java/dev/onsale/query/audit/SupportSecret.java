package dev.onsale.query.audit;

import dev.onsale.runtime.config.Config;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The read side's secret. Hashes of personal values are keyed with it, since a phone number's plain hash is found by trying
 * all numbers; page tokens are signed with it. All nodes must have the same, and for as long as records are to be compared.
 */
public final class SupportSecret {
    private static final Logger LOG = LoggerFactory.getLogger(SupportSecret.class);
    private static final String SETTING = "query.support.secret";
    private static final int LEAST_LENGTH = 32;
    private static final int HASH_BYTES = 16;
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    private SupportSecret(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /**
     * Reads `query.support.secret`, or the file `query.support.secret-file`, which is made if it is not there; 32 characters or
     * more. Without both: a secret that nobody knows, for this process alone.
     *
     * @param config where from
     * @return the secret
     */
    public static SupportSecret from(Config config) {
        Optional<Path> file = config.optionalPath(SETTING + "-file");
        Optional<String> secret = config.optionalString(SETTING).or(() -> file.map(SupportSecret::read));
        if (secret.isEmpty()) {
            LOG.atWarn()
                    .addKeyValue("setting", SETTING)
                    .log("Not set: page tokens and hashes of access records are good for this process only");
        }
        String known = secret.orElseGet(SupportSecret::invented);
        if (known.length() < LEAST_LENGTH) {
            config.reject(SETTING, "(hidden)", LEAST_LENGTH + " characters or more");
        }
        return new SupportSecret(known.getBytes(StandardCharsets.UTF_8));
    }

    private static String read(Path file) {
        try {
            if (!Files.exists(file)) {
                write(file);
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("Can't read or make " + file, e);
        }
    }

    private static void write(Path file) throws IOException {
        Path folder = file.toAbsolutePath().normalize().getParent();
        Files.createDirectories(folder);
        Path draft = Files.createTempFile(
                folder,
                "secret",
                ".tmp",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(draft, invented());
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String invented() {
        byte[] random = new byte[LEAST_LENGTH];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    /**
     * Hashes a personal value for a record.
     *
     * @param kind what it is: the same text as a name and as an account gives different hashes
     * @param value normalised, so that the same person's gives the same hash
     * @return 22 letters, digits, dashes and underscores
     */
    public String hash(String kind, String value) {
        return text(mac("record", kind.getBytes(StandardCharsets.UTF_8), value.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Signs.
     *
     * @param purpose what for: a signature for one purpose is none for another
     * @param parts what is signed
     * @return 22 letters, digits, dashes and underscores
     */
    public String sign(String purpose, byte[]... parts) {
        return text(mac("sign " + purpose, parts));
    }

    private static String text(byte[] mac) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(mac, HASH_BYTES));
    }

    private byte[] mac(String use, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(use.getBytes(StandardCharsets.UTF_8));
            for (byte[] part : parts) {
                mac.update((byte) 0);
                mac.update(
                        Integer.toString(part.length).getBytes(StandardCharsets.US_ASCII)); // No two lists sign alike.
                mac.update((byte) 0);
                mac.update(part);
            }
            return mac.doFinal();
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException(e); // Every Java has it.
        }
    }
}
