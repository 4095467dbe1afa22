package dev.onsale.query.elastic;

import co.elastic.clients.elasticsearch._types.FieldValue;
import dev.onsale.runtime.error.Refusal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the next page begins, and at which point in time.
 *
 * @param pointInTime its id
 * @param atMillis when the first page was asked for
 * @param after sort values of the last hit; none: the first page
 */
record SteadyToken(String pointInTime, long atMillis, List<FieldValue> after) {
    private static final int OWN_VALUES = 2;
    private static final int SHARD_DOC = 1; // Elasticsearch adds its own last word to the order at a point in time.

    static SteadyToken first(long atMillis) {
        return new SteadyToken("", atMillis, List.of());
    }

    boolean isFirst() {
        return after.isEmpty();
    }

    String encode(String question) {
        List<FieldValue> values = new ArrayList<>();
        values.add(FieldValue.of(pointInTime));
        values.add(FieldValue.of(atMillis));
        values.addAll(after);
        return PageToken.encode(question, values);
    }

    /** Reads a token; null for the first page. */
    static @Nullable SteadyToken decode(String question, String token, int sortFields) {
        List<FieldValue> values = PageToken.decode(question, token, sortFields + OWN_VALUES + SHARD_DOC);
        if (values.isEmpty()) {
            return null;
        }
        if (!values.get(0).isString() || !values.get(1).isLong()) {
            throw wrong();
        }
        return new SteadyToken(
                values.get(0).stringValue(),
                values.get(1).longValue(),
                List.copyOf(values.subList(OWN_VALUES, values.size())));
    }

    static Refusal wrong() {
        return Refusal.invalid("page_token", "is not from an answer to this question");
    }
}
