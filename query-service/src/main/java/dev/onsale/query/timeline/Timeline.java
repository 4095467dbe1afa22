package dev.onsale.query.timeline;

import com.google.protobuf.util.Timestamps;
import dev.onsale.proto.query.v1.GetBookingTimelineResponse;
import dev.onsale.proto.query.v1.PlaceInLine;
import dev.onsale.proto.query.v1.TimelineEntry;
import dev.onsale.proto.query.v1.TimelineSource;
import dev.onsale.proto.waitingroom.v1.GetVisitResponse;
import dev.onsale.proto.waitingroom.v1.Place;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts what the sources know in order. A neighbour that can't be asked is named, and the rest is told. */
final class Timeline {
    private static final Logger LOG = LoggerFactory.getLogger(Timeline.class);
    private static final int MOST = 2_000;

    private final SaleStory sale;
    private final Neighbours neighbours;

    Timeline(SaleStory sale, Neighbours neighbours) {
        this.sale = sale;
        this.neighbours = neighbours;
    }

    /** The story; fails only if PostgreSQL can't be asked. */
    Future<GetBookingTimelineResponse> of(Subjects subjects) {
        List<String> missing = new ArrayList<>();
        Future<@Nullable GetVisitResponse> visit = subjects.eventId() == null
                ? Future.succeededFuture()
                : orMissing("waiting-room", missing, neighbours.visit(subjects.account(), subjects.eventId()));
        Future<@Nullable List<TimelineEntry>> attempts =
                orMissing("payment", missing, neighbours.attempts(subjects.bookings()));
        return Future.all(sale.entries(subjects, MOST + 1), visit, attempts).map(all -> {
            List<TimelineEntry> entries = new ArrayList<>(all.<List<TimelineEntry>>resultAt(0));
            @Nullable List<TimelineEntry> paid = all.resultAt(2);
            if (paid != null) {
                entries.addAll(paid);
            }
            GetBookingTimelineResponse.Builder answer =
                    GetBookingTimelineResponse.newBuilder().addAllMissing(missing);
            @Nullable GetVisitResponse seen = all.resultAt(1);
            if (seen != null) {
                visited(seen, entries, answer);
            }
            return inOrder(entries, answer);
        });
    }

    private static <T> Future<@Nullable T> orMissing(String name, List<String> missing, Future<T> asked) {
        return asked.<@Nullable T>map(found -> found).otherwise(failure -> {
            LOG.atInfo()
                    .addKeyValue("service", name)
                    .addKeyValue("reason", String.valueOf(failure.getMessage()))
                    .log("A timeline lacks what a service knows");
            synchronized (missing) {
                missing.add(name);
            }
            return null;
        });
    }

    private static void visited(
            GetVisitResponse seen, List<TimelineEntry> entries, GetBookingTimelineResponse.Builder answer) {
        seen.getActivitiesList()
                .forEach(activity -> entries.add(Entries.of(activity, TimelineSource.TIMELINE_SOURCE_WAITING_ROOM)));
        if (seen.hasPlace()) {
            Place place = seen.getPlace();
            answer.setPlace(PlaceInLine.newBuilder()
                    .setEventId(place.getEventId())
                    .setEntry(place.getEntry())
                    .setPosition(place.getPosition())
                    .setAhead(place.getAhead())
                    .setRoomState(place.getRoomState().name())
                    .setNextStep(place.getNextStep().name()));
        }
    }

    private static GetBookingTimelineResponse inOrder(
            List<TimelineEntry> entries, GetBookingTimelineResponse.Builder answer) {
        entries.sort((a, b) -> Timestamps.compare(a.getTime(), b.getTime()));
        int from = Math.max(0, entries.size() - MOST);
        return answer.setTruncated(from > 0)
                .addAllEntries(entries.subList(from, entries.size()))
                .build();
    }
}
