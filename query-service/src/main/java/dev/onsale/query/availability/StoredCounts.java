package dev.onsale.query.availability;

import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.aggregations.Aggregate;
import co.elastic.clients.elasticsearch._types.aggregations.StringTermsBucket;
import co.elastic.clients.elasticsearch.core.SearchRequest;
import co.elastic.clients.elasticsearch.core.SearchResponse;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.onsale.query.cache.CacheMeters;
import dev.onsale.query.elastic.Counted;
import dev.onsale.query.elastic.Elastic;
import dev.onsale.query.elastic.IndexKind;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Counts of events that this node does not show: added up by Elasticsearch over the documents of their sections, which are
 * there anyway, in one question for all events; kept for two seconds.
 */
final class StoredCounts {
    private static final Duration KEPT = Duration.ofSeconds(2);
    private static final int MOST = 100_000;
    private static final String EVENTS = "events";
    private static final String AVAILABLE = "available";
    private static final String VERSION = "version";
    private static final List<String> ALL = List.of(AVAILABLE, "held", "sold", "blocked");

    private final Elastic elastic;
    private final CacheMeters meters;
    private final Cache<UUID, Count> kept =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(KEPT).build();

    /**
     * What is left of an event.
     *
     * @param available free places
     * @param capacity all places
     * @param version of the inventory; 0: not known
     * @param readNanos when this was read
     */
    record Count(int available, int capacity, long version, long readNanos) {}

    StoredCounts(Elastic elastic, MeterRegistry registry) {
        this.elastic = elastic;
        this.meters = new CacheMeters(registry, "counts", "process");
    }

    /** Counts events; those without an inventory are not in the answer. Fails if Elasticsearch is away. */
    Future<Map<UUID, Count>> of(Collection<UUID> ids) {
        Map<UUID, Count> found = new HashMap<>();
        List<UUID> rest = new ArrayList<>();
        ids.forEach(id -> {
            Count count = kept.getIfPresent(id);
            meters.read(count != null);
            if (count == null) {
                rest.add(id);
            } else {
                found.put(id, count);
            }
        });
        if (rest.isEmpty()) {
            return Future.succeededFuture(found);
        }
        return elastic.ask(client -> client.search(question(rest), Void.class)).map(answer -> {
            Map<UUID, Count> counted = counts(answer);
            kept.putAll(counted);
            found.putAll(counted);
            return found;
        });
    }

    private SearchRequest question(List<UUID> ids) {
        List<FieldValue> values =
                ids.stream().map(id -> FieldValue.of(id.toString())).toList();
        return SearchRequest.of(search -> search.index(elastic.live().name(IndexKind.SEAT_BLOCKS))
                .size(0)
                .timeout(elastic.config().timeout().toMillis() + "ms")
                .query(query -> query.constantScore(plain -> plain.filter(
                        filter -> filter.terms(terms -> terms.field("event_id").terms(any -> any.value(values))))))
                .aggregations(EVENTS, events -> {
                    var each = events.terms(terms -> terms.field("event_id").size(ids.size()));
                    ALL.forEach(field -> each.aggregations(field, sum -> sum.sum(of -> of.field(field))));
                    return each.aggregations(VERSION, newest -> newest.max(max -> max.field(VERSION)));
                }));
    }

    private static Map<UUID, Count> counts(SearchResponse<Void> answer) {
        Map<UUID, Count> counts = new HashMap<>();
        Aggregate events = answer.aggregations().get(EVENTS);
        if (events != null && events.isSterms()) {
            events.sterms()
                    .buckets()
                    .array()
                    .forEach(bucket -> counts.put(UUID.fromString(bucket.key().stringValue()), count(bucket)));
        }
        return counts;
    }

    private static Count count(StringTermsBucket bucket) {
        int capacity = 0;
        for (String field : ALL) {
            capacity += sum(bucket, field);
        }
        Double version = Counted.of(bucket.aggregations(), VERSION).max().value();
        return new Count(
                sum(bucket, AVAILABLE), capacity, version == null ? 0 : version.longValue(), System.nanoTime());
    }

    private static int sum(StringTermsBucket bucket, String field) {
        Double sum = Counted.of(bucket.aggregations(), field).sum().value();
        return sum == null ? 0 : (int) Math.round(sum);
    }
}
