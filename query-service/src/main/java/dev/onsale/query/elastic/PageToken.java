package dev.onsale.query.elastic;

import co.elastic.clients.elasticsearch._types.FieldValue;
import dev.onsale.runtime.error.Refusal;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Where the next page begins: the sort values of the last hit, and a fingerprint of the question, so that a token can't be
 * used with another question.
 */
public final class PageToken {
    private static final String FIELD = "page_token";

    private PageToken() {}

    /**
     * Makes a token.
     *
     * @param question what was asked, apart from the page
     * @param sort sort values of the last hit
     * @return base64url
     */
    public static String encode(String question, List<FieldValue> sort) {
        JsonArray json = new JsonArray().add(fingerprint(question));
        for (FieldValue value : sort) {
            json.add(value._get());
        }
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(json.encode().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads a token.
     *
     * @param question what is asked, apart from the page
     * @param token from an earlier answer, or empty
     * @param sortFields how many sort values it must have
     * @return sort values; empty for the first page
     */
    public static List<FieldValue> decode(String question, String token, int sortFields) {
        if (token.isEmpty()) {
            return List.of();
        }
        try {
            JsonArray json = new JsonArray(new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8));
            if (json.size() == sortFields + 1 && fingerprint(question).equals(json.getValue(0))) {
                return values(json);
            }
        } catch (IllegalArgumentException | DecodeException e) {
            throw wrong();
        }
        throw wrong();
    }

    private static List<FieldValue> values(JsonArray json) {
        List<FieldValue> values = new ArrayList<>();
        for (int i = 1; i < json.size(); i++) {
            values.add(value(json.getValue(i)));
        }
        return values;
    }

    private static FieldValue value(@Nullable Object json) {
        if (json instanceof String text) {
            return FieldValue.of(text);
        }
        if (json instanceof Double number) {
            return FieldValue.of(number.doubleValue());
        }
        if (json instanceof Number number) {
            return FieldValue.of(number.longValue());
        }
        throw wrong();
    }

    private static Refusal wrong() {
        return Refusal.invalid(FIELD, "is not from an answer to this question");
    }

    private static String fingerprint(String question) {
        CRC32 crc = new CRC32();
        crc.update(question.getBytes(StandardCharsets.UTF_8));
        return Long.toHexString(crc.getValue());
    }
}
