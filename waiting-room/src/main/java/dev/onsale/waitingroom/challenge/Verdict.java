package dev.onsale.waitingroom.challenge;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Set;

/** What a provider's answer means. */
sealed interface Verdict {

    /** The provider could not do its work: nothing is known of the visitor, and it is not the visitor's fault. */
    Set<String> NOT_THE_VISITORS = Set.of("missing-input-secret", "invalid-input-secret", "internal-error");

    /** A human, as far as the provider can tell. */
    record Passed() implements Verdict {}

    /**
     * Not a token of ours, not a fresh one, or not a human's.
     *
     * @param cause for the log
     */
    record Failed(String cause) implements Verdict {}

    /**
     * Nothing is known of the visitor.
     *
     * @param cause for the log
     */
    record Unknown(String cause) implements Verdict {}

    /** Reads an answer of {@code siteverify}. */
    static Verdict of(JsonObject answer, SiteVerifyConfig config) {
        if (!(answer.getValue("success") instanceof Boolean success)) {
            return new Unknown("the answer has no success");
        }
        if (!success) {
            var codes = answer.getValue("error-codes") instanceof JsonArray array ? array : new JsonArray();
            var ours = codes.stream().anyMatch(NOT_THE_VISITORS::contains);
            return ours ? new Unknown(codes.encode()) : new Failed(codes.encode());
        }
        if (!fits(config.hostname(), answer.getValue("hostname"))) {
            return new Failed("hostname");
        }
        if (!fits(config.action(), answer.getValue("action"))) {
            return new Failed("action");
        }
        return trusted(answer, config) ? new Passed() : new Failed("score");
    }

    private static boolean fits(String expected, Object found) {
        return expected.isEmpty() || (found instanceof String text && text.equalsIgnoreCase(expected));
    }

    private static boolean trusted(JsonObject answer, SiteVerifyConfig config) {
        return !config.provider().scored()
                || (answer.getValue("score") instanceof Number score && score.doubleValue() >= config.minScore());
    }
}
