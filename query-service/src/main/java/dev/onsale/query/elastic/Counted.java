package dev.onsale.query.elastic;

import co.elastic.clients.elasticsearch._types.aggregations.Aggregate;
import java.util.Map;

/** What Elasticsearch counted, by name. */
public final class Counted {
    private Counted() {}

    /**
     * Finds what was asked for.
     *
     * @param counts all that was counted
     * @param name which of it
     * @return the count
     */
    public static Aggregate of(Map<String, Aggregate> counts, String name) {
        Aggregate count = counts.get(name);
        if (count == null) {
            throw new IllegalStateException("Elasticsearch was not asked to count " + name);
        }
        return count;
    }
}
