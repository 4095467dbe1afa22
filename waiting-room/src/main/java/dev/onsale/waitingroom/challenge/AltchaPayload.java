package dev.onsale.waitingroom.challenge;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * What ALTCHA's widget and libraries send: base64 of a JSON object. Not believed yet.
 *
 * @param algorithm of the hash
 * @param challenge the hash that was to be met
 * @param number the number found
 * @param salt what the number was appended to
 * @param signature over the challenge
 */
record AltchaPayload(String algorithm, String challenge, long number, String salt, String signature) {

    /** Longer than any of ours, with room for what later widgets add. */
    private static final int MAX_LENGTH = 4096;

    /** Every text of the first JSON object begins so, in base64. */
    private static final String BEGINNING = "eyJ";

    /** Whether a text looks like one: no response token of a CAPTCHA begins like this. */
    static boolean looksLike(String solution) {
        return solution.startsWith(BEGINNING);
    }

    /** Reads one; empty if the text isn't one. */
    static Optional<AltchaPayload> parse(String solution) {
        if (solution.length() > MAX_LENGTH || !looksLike(solution)) {
            return Optional.empty();
        }
        try {
            var json = new JsonObject(new String(Base64.getDecoder().decode(solution), StandardCharsets.UTF_8));
            return Optional.of(new AltchaPayload(
                    text(json, "algorithm"),
                    text(json, "challenge"),
                    number(json),
                    text(json, "salt"),
                    text(json, "signature")));
        } catch (IllegalArgumentException | DecodeException | ClassCastException malformed) {
            return Optional.empty();
        }
    }

    private static String text(JsonObject json, String name) {
        if (json.getValue(name) instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException(name);
    }

    private static long number(JsonObject json) {
        Object value = json.getValue("number");
        if (!(value instanceof Integer || value instanceof Long) || ((Number) value).longValue() < 0) {
            throw new IllegalArgumentException("number");
        }
        return ((Number) value).longValue();
    }
}
