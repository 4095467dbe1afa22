package dev.onsale.query.availability;

import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.search.Hit;
import co.elastic.clients.json.JsonData;
import dev.onsale.query.elastic.Elastic;
import dev.onsale.query.elastic.IndexKind;
import dev.onsale.query.seatmap.EventViews;
import dev.onsale.query.stream.Worker;
import dev.onsale.runtime.error.Refusal;
import io.vertx.core.Future;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads the views of events whose sale opens before anybody asks for them: a while before it begins, and when an operator
 * opens it at once. Every node does so for itself. One small question a second, however many events change.
 */
public final class SaleWarmer {
    private static final Logger LOG = LoggerFactory.getLogger(SaleWarmer.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int UPCOMING_EVERY = 15; // rounds
    private static final int TRIES = 4; // The index hears of a change a moment after this node.
    private static final int MOST_CHANGED = 1000;
    private static final int MOST_AT_ONCE = 100;

    private final Elastic elastic;
    private final EventViews views;
    private final Duration before;
    private final int most;
    private final Map<UUID, Integer> changed = new ConcurrentHashMap<>();
    private final Worker worker;
    private int round;

    private SaleWarmer(Elastic elastic, EventViews views, Duration before, int most) {
        this.elastic = elastic;
        this.views = views;
        this.before = before;
        this.most = most;
        this.worker = Worker.start("sale-warmer", this::round);
    }

    /**
     * Starts.
     *
     * @param elastic where events are found
     * @param views to be loaded
     * @param before how long before a sale begins
     * @param most views from which on nothing is loaded: it would only push out what fans look at
     * @return the warmer
     */
    public static SaleWarmer start(Elastic elastic, EventViews views, Duration before, int most) {
        return new SaleWarmer(elastic, views, before, most);
    }

    /**
     * Hears that an event's row changed. It is passed over when there are too many: whoever asks for it loads it.
     *
     * @param eventId which
     */
    public void changed(UUID eventId) {
        if (changed.size() < MOST_CHANGED) {
            changed.put(eventId, TRIES);
        }
    }

    /**
     * Stops.
     *
     * @return when it has ended
     */
    public Future<Void> stop() {
        return worker.stop();
    }

    private void round() throws IOException, InterruptedException {
        Thread.sleep(PAUSE);
        long now = System.currentTimeMillis();
        List<UUID> ids = List.copyOf(changed.keySet());
        if (!ids.isEmpty()) {
            List<String> texts = ids.stream().map(UUID::toString).toList();
            warm(Query.of(query -> query.ids(any -> any.values(texts))), now);
            ids.forEach(id -> changed.computeIfPresent(id, (same, left) -> left > 1 ? left - 1 : null));
        }
        if (round++ % UPCOMING_EVERY == 0) {
            warm(range("sale_start", now, now + before.toMillis() + 1), now);
        }
    }

    private void warm(Query which, long now) throws IOException {
        List<Query> all = new ArrayList<>(List.of(
                which,
                Query.of(query -> query.term(term -> term.field("status").value("on_sale"))),
                range("sale_start", 0, now + before.toMillis() + 1),
                range("sale_end", now, Long.MAX_VALUE)));
        List<Hit<Void>> found = elastic.blocking()
                .search(
                        search -> search.index(elastic.live().name(IndexKind.EVENTS))
                                .ignoreUnavailable(true) // At the very start there is none yet.
                                .size(MOST_AT_ONCE)
                                .source(source -> source.fetch(false))
                                .query(query -> query.bool(bool -> bool.filter(all))),
                        Void.class)
                .hits()
                .hits();
        for (Hit<Void> hit : found) {
            UUID id = UUID.fromString(String.valueOf(hit.id()));
            changed.remove(id);
            if (views.shown(id).isEmpty() && views.size() < most) {
                load(id);
            }
        }
    }

    private void load(UUID eventId) {
        try {
            views.find(eventId, 0).await();
            LOG.atDebug().addKeyValue("eventId", eventId).log("Loaded before it is asked for");
        } catch (Refusal refusal) {
            LOG.atInfo()
                    .addKeyValue("eventId", eventId)
                    .addKeyValue("reason", refusal.reasonName())
                    .log("Can't be loaded before it is asked for");
        }
    }

    private static Query range(String field, long from, long below) {
        return Query.of(query -> query.range(range ->
                range.untyped(times -> times.field(field).gte(JsonData.of(from)).lt(JsonData.of(below)))));
    }
}
