package dev.onsale.query.availability;

import dev.onsale.proto.query.v1.AsOf;
import dev.onsale.proto.query.v1.BatchGetAvailabilityRequest;
import dev.onsale.proto.query.v1.BatchGetAvailabilityResponse;
import dev.onsale.proto.query.v1.EventAvailability;
import dev.onsale.query.availability.StoredCounts.Count;
import dev.onsale.query.cache.CacheMeters;
import dev.onsale.query.catalog.EventCache;
import dev.onsale.query.catalog.EventDocument;
import dev.onsale.query.catalog.Left;
import dev.onsale.query.catalog.LeftRule;
import dev.onsale.query.catalog.SaleStates;
import dev.onsale.query.freshness.Freshness;
import dev.onsale.query.seatmap.EventView;
import dev.onsale.query.seatmap.EventViews;
import dev.onsale.query.seatmap.SeatCounts;
import dev.onsale.query.seatmap.SeatState;
import dev.onsale.runtime.error.Refusal;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Many events in one word each. Those that this node shows are answered from memory; for all the others together there is at
 * most one question for their rows and one for their counts, however many they are. No view is loaded for it.
 */
final class BatchAvailability {
    private static final double SHARE_DIGITS = 1000;

    private final EventViews views;
    private final EventCache events;
    private final StoredCounts stored;
    private final Freshness streams;
    private final Freshness projection;
    private final LeftRule rule;
    private final CacheMeters meters;

    /** What batches are answered from. */
    record Sources(EventViews views, EventCache events, StoredCounts stored, Freshness streams, Freshness projection) {}

    BatchAvailability(Sources sources, LeftRule rule, MeterRegistry registry) {
        this.views = sources.views;
        this.events = sources.events;
        this.stored = sources.stored;
        this.streams = sources.streams;
        this.projection = sources.projection;
        this.rule = rule;
        this.meters = new CacheMeters(registry, "counts", "view");
    }

    Future<BatchGetAvailabilityResponse> of(BatchGetAvailabilityRequest request) {
        long now = System.currentTimeMillis();
        Map<UUID, EventAvailability> known = new LinkedHashMap<>();
        List<UUID> rest = new ArrayList<>();
        List<UUID> asked = ids(request);
        for (UUID id : asked) {
            views.shown(id).ifPresentOrElse(view -> known.put(id, live(id, view, now)), () -> rest.add(id));
            meters.read(known.containsKey(id));
        }
        if (rest.isEmpty()) {
            return Future.succeededFuture(answer(asked, known));
        }
        return Future.all(events.published(rest), stored.of(rest)).map(read -> {
            Map<UUID, EventDocument> rows = read.resultAt(0);
            Map<UUID, Count> counts = read.resultAt(1);
            rows.forEach((id, event) -> known.put(id, stored(id, event, counts.get(id), now)));
            return answer(asked, known);
        });
    }

    private EventAvailability live(UUID id, EventView view, long now) {
        SeatState state = view.state();
        SeatCounts total = state.total();
        return one(id, view.event(), total.available(), total.total(), now)
                .setAsOf(streams.asOf(state.version(), state.atMillis(), view.detached()))
                .build();
    }

    private EventAvailability stored(UUID id, EventDocument event, @Nullable Count count, long now) {
        if (count == null) {
            Left left = Left.ofStatus(event.status());
            return EventAvailability.newBuilder()
                    .setEventId(id.toString())
                    .setState(SaleStates.of(event, left, now))
                    .setShareLeft(left == Left.NOTHING ? 0 : 1)
                    .setAsOf(projection.asOf(0, 0, false))
                    .build();
        }
        AsOf asOf = projection.asOf(count.version(), 0, false);
        long read = (System.nanoTime() - count.readNanos()) / 1_000_000;
        return one(id, event, count.available(), count.capacity(), now)
                .setAsOf(asOf.toBuilder().setAgeMillis(asOf.getAgeMillis() + read))
                .build();
    }

    private EventAvailability.Builder one(UUID id, EventDocument event, int available, int capacity, long now) {
        return EventAvailability.newBuilder()
                .setEventId(id.toString())
                .setState(SaleStates.of(event, rule.of(available, capacity), now))
                .setShareLeft(share(available, capacity));
    }

    /** Rounded, but never to nothing while there is something. */
    static double share(int available, int capacity) {
        if (available <= 0 || capacity <= 0) {
            return 0;
        }
        return Math.max(1, Math.floor(available * SHARE_DIGITS / capacity)) / SHARE_DIGITS;
    }

    private static BatchGetAvailabilityResponse answer(List<UUID> asked, Map<UUID, EventAvailability> known) {
        BatchGetAvailabilityResponse.Builder answer = BatchGetAvailabilityResponse.newBuilder();
        for (UUID id : asked) {
            EventAvailability event = known.get(id);
            if (event == null) {
                answer.addUnknownEventIds(id.toString());
            } else {
                answer.addEvents(event);
            }
        }
        return answer.build();
    }

    private static List<UUID> ids(BatchGetAvailabilityRequest request) {
        Map<UUID, String> ids = new LinkedHashMap<>();
        for (int i = 0; i < request.getEventIdsCount(); i++) {
            String text = request.getEventIds(i);
            try {
                UUID id = UUID.fromString(text);
                if (!id.toString().equalsIgnoreCase(text)) {
                    throw new IllegalArgumentException(text);
                }
                ids.putIfAbsent(id, text);
            } catch (IllegalArgumentException e) {
                throw Refusal.invalid("event_ids[" + i + "]", "must be a UUID");
            }
        }
        return List.copyOf(ids.keySet());
    }
}
