package dev.onsale.waitingroom.visit;

import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.rpc.Call;
import dev.onsale.waitingroom.live.LiveRoom;
import dev.onsale.waitingroom.live.LiveRooms;
import dev.onsale.waitingroom.place.PlaceTickets;
import io.vertx.core.Future;

/** Finds the place of a caller by its ticket. Every bad ticket gets the same words. */
final class Visits {

    @SuppressWarnings("StaticAssignmentOfThrowable") // A refusal is immutable and has no stack.
    private static final Refusal INVALID = Refusal.of(
            ErrorReason.ERROR_REASON_PLACE_TICKET_INVALID, "The place ticket is not a valid one of this account");

    private final LiveRooms rooms;

    Visits(LiveRooms rooms) {
        this.rooms = rooms;
    }

    Future<Visit> of(Call call, String ticket) {
        var event = PlaceTickets.event(ticket);
        return event.isEmpty()
                ? INVALID.future()
                : rooms.room(event.get())
                        .transform(found -> found.succeeded()
                                ? visit(found.result(), call, ticket)
                                : found.cause() instanceof Refusal refusal
                                                && refusal.reason() == ErrorReason.ERROR_REASON_RESOURCE_NOT_FOUND
                                        ? INVALID.future()
                                        : Future.failedFuture(found.cause()));
    }

    private static Future<Visit> visit(LiveRoom room, Call call, String ticket) {
        var fingerprint = room.fingerprints().of(call.account());
        return room.tickets()
                .read(ticket)
                .filter(place -> place.fingerprint() == fingerprint)
                .map(place -> Future.succeededFuture(new Visit(room, place.entry(), fingerprint)))
                .orElseGet(INVALID::future);
    }
}
