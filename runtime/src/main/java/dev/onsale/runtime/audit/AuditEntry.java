package dev.onsale.runtime.audit;

import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An entry as stored. Hashes in lower-case hexadecimal.
 *
 * @param chain its chain
 * @param seq its number, from 1
 * @param at when, to the microsecond
 * @param actor who; empty: nobody
 * @param roles as what
 * @param action what
 * @param subjectKind to what kind of thing
 * @param subjectId to which
 * @param event the event it concerns; null: none
 * @param reasonDigest SHA-256 over salt and reason; empty: there was none
 * @param reason why; null: none was given, or it was forgotten
 * @param salt goes before the reason where it is hashed, in hexadecimal; null: as the reason
 * @param details JSON as it was hashed
 * @param key names an act that is noted once; empty: none
 * @param prevHash of the entry before it
 * @param hash its own
 */
public record AuditEntry(
        String chain,
        long seq,
        Instant at,
        String actor,
        String roles,
        String action,
        String subjectKind,
        String subjectId,
        @Nullable UUID event,
        String reasonDigest,
        @Nullable String reason,
        @Nullable String salt,
        String details,
        String key,
        String prevHash,
        String hash) {

    private static final String FORMAT = "onsale-audit-1";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** A time as it is hashed. */
    public static String text(Instant time) {
        return TIME.format(time);
    }

    /** The hash that it should have. */
    public String computedHash() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        for (String field : new String[] {
            FORMAT,
            chain,
            Long.toString(seq),
            text(at),
            actor,
            roles,
            action,
            subjectKind,
            subjectId,
            event == null ? "" : event.toString(),
            reasonDigest,
            details,
            key,
            prevHash
        }) {
            byte[] utf8 = field.getBytes(StandardCharsets.UTF_8);
            bytes.writeBytes(ByteBuffer.allocate(4).putInt(utf8.length).array());
            bytes.writeBytes(utf8);
        }
        return Hashes.hex(Hashes.sha256(bytes.toByteArray()));
    }

    /** The digest that its reason has; empty without one. */
    String computedReasonDigest() {
        if (reason == null || salt == null) {
            return "";
        }
        byte[] salted = HexFormat.of().parseHex(salt);
        byte[] words = reason.getBytes(StandardCharsets.UTF_8);
        byte[] both = Arrays.copyOf(salted, salted.length + words.length);
        System.arraycopy(words, 0, both, salted.length, words.length);
        return Hashes.hex(Hashes.sha256(both));
    }

    /** With the names of the columns: for whoever verifies without this program. */
    public JsonObject toJson() {
        return new JsonObject()
                .put("chain", chain)
                .put("seq", seq)
                .put("at", text(at))
                .put("actor", actor)
                .put("roles", roles)
                .put("action", action)
                .put("subject_kind", subjectKind)
                .put("subject_id", subjectId)
                .put("event_id", event == null ? "" : event.toString())
                .put("reason_digest", reasonDigest)
                .put("reason", reason)
                .put("salt", salt)
                .put("details", details)
                .put("act_key", key)
                .put("prev_hash", prevHash)
                .put("hash", hash);
    }

    /** Whether there was a reason that is not there any more. */
    public boolean reasonForgotten() {
        return !reasonDigest.isEmpty() && reason == null;
    }
}
