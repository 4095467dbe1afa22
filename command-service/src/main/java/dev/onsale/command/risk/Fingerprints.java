package dev.onsale.command.risk;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keyed hashes by which accounts, devices, addresses and means of payment are compared. Another for each event: nobody can be followed
 * from one to the next, and without the key nobody can tell what was hashed.
 */
final class Fingerprints {
    private static final int BYTES = 16;
    private static final int MOST_CHARACTERS = 300;
    private static final int LEAST_DIGITS = 7;

    private final SecretKeySpec key;

    Fingerprints(String key) {
        this.key = new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256");
    }

    String account(UUID event, String account) {
        return hash("account", event, account);
    }

    /** An opaque name of a device; empty if there is none or it is too long to be one. */
    Optional<Trait> device(UUID event, String device) {
        return trait(Trait.Kind.DEVICE, event, device.strip());
    }

    /** The provider's token for a means of payment. */
    Optional<Trait> payment(UUID event, String token) {
        return trait(Trait.Kind.PAYMENT, event, token);
    }

    /** Without what many mail systems ignore: case, and what follows a {@code +} in front of the {@code @}. */
    Optional<Trait> email(UUID event, String email) {
        String plain = email.strip().toLowerCase(Locale.ROOT);
        int at = plain.lastIndexOf('@');
        int plus = plain.indexOf('+');
        return trait(
                Trait.Kind.EMAIL,
                event,
                plus > 0 && plus < at ? plain.substring(0, plus) + plain.substring(at) : plain);
    }

    /** By its digits. */
    Optional<Trait> phone(UUID event, String phone) {
        String digits = phone.replaceAll("\\D", "");
        return digits.length() < LEAST_DIGITS ? Optional.empty() : trait(Trait.Kind.PHONE, event, digits);
    }

    private Optional<Trait> trait(Trait.Kind kind, UUID event, String value) {
        return value.isEmpty() || value.length() > MOST_CHARACTERS
                ? Optional.empty()
                : Optional.of(new Trait(kind, hash(kind.name(), event, value)));
    }

    private String hash(String kind, UUID event, String value) {
        byte[] whole = mac(kind + "\0" + event + "\0" + value);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(whole, BYTES));
    }

    /** A key for another purpose. */
    byte[] keyFor(String purpose) {
        return mac("key\0" + purpose);
    }

    private byte[] mac(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
