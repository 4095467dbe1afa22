package dev.onsale.waitingroom.visit;

import dev.onsale.proto.waitingroom.v1.GetVisitRequest;
import dev.onsale.proto.waitingroom.v1.GetVisitResponse;
import dev.onsale.runtime.activity.ActivityHistory;
import dev.onsale.waitingroom.line.LineLedger;
import dev.onsale.waitingroom.live.LiveRoom;
import dev.onsale.waitingroom.live.LiveRooms;
import io.vertx.core.Future;
import java.util.OptionalLong;
import java.util.UUID;

/** Tells support where an account stands in a line, and what it did with its turn. */
public final class VisitLookup {
    private static final int MOST_ACTIVITY = 500;

    private final LiveRooms rooms;
    private final LineLedger ledger;
    private final ActivityHistory history;

    /**
     * A lookup.
     *
     * @param history of the accounts
     */
    public VisitLookup(LiveRooms rooms, LineLedger ledger, ActivityHistory history) {
        this.rooms = rooms;
        this.ledger = ledger;
        this.history = history;
    }

    /** The visit; fails with RESOURCE_NOT_FOUND if the event has no room. */
    public Future<GetVisitResponse> find(GetVisitRequest request) {
        UUID event = UUID.fromString(request.getEventId());
        String account = request.getAccount();
        return rooms.room(event).compose(room -> {
            long fingerprint = room.fingerprints().of(account);
            return Future.all(
                            ledger.entry(event, room.room().rules().capacity(), fingerprint),
                            history.of(account, event, MOST_ACTIVITY))
                    .map(found -> {
                        GetVisitResponse.Builder answer =
                                GetVisitResponse.newBuilder().addAllActivities(found.resultAt(1));
                        place(room, found.resultAt(0), fingerprint, answer);
                        return answer.build();
                    });
        });
    }

    /** Without the ticket: with it support could act for the visitor. */
    private static void place(LiveRoom room, OptionalLong entry, long fingerprint, GetVisitResponse.Builder answer) {
        entry.ifPresent(number -> answer.setPlace(PlaceView.of(new Visit(room, number, fingerprint)).toBuilder()
                .clearPlaceTicket()
                .clearPollAfter()));
    }
}
