package dev.onsale.command.hold;

import com.google.protobuf.Timestamp;
import dev.onsale.command.catalog.EventDetail;
import dev.onsale.command.catalog.QuoteMaker;
import dev.onsale.command.inventory.HoldRecord;
import dev.onsale.command.inventory.Missing;
import dev.onsale.proto.inventory.v1.AreaQuantity;
import dev.onsale.proto.inventory.v1.Hold;
import dev.onsale.proto.inventory.v1.HoldState;
import dev.onsale.proto.inventory.v1.NotHeld;
import java.time.Instant;

/** A hold as the caller sees it. */
final class HoldView {

    private HoldView() {}

    /** The hold with its quote; the event must know the hold's version of the prices. */
    static Hold of(EventDetail event, HoldRecord hold) {
        var view = Hold.newBuilder()
                .setHoldId(hold.id().value())
                .setEventId(event.eventId().toString())
                .setState(state(hold))
                .setFence(hold.fence())
                .setVersion(hold.version())
                .setQuote(QuoteMaker.quote(
                        event,
                        hold.priceVersion(),
                        hold.places().ordinals(),
                        hold.places().areas()));
        if (hold.expires().toEpochMilli() > 0) {
            view.setExpireTime(timestamp(hold.expires()));
        }
        hold.places()
                .ordinals()
                .forEach(ordinal -> view.addSeats(event.seat(ordinal).toProto()));
        hold.places().areas().forEach((index, quantity) -> view.addAreas(area(event, index, quantity)));
        return view.build();
    }

    private static AreaQuantity area(EventDetail event, int index, int quantity) {
        var area = event.areas().get(index);
        return AreaQuantity.newBuilder()
                .setAreaId(area.code())
                .setQuantity(quantity)
                .setPriceTier(area.tier().code())
                .build();
    }

    static NotHeld notHeld(EventDetail event, Missing missing) {
        var view = NotHeld.newBuilder()
                .setQuantity(missing.quantity())
                .setReason(
                        switch (missing.why()) {
                            case TAKEN -> "SEAT_TAKEN";
                            case SOLD_OUT -> "SOLD_OUT";
                            case NOT_ADJACENT -> "NO_ADJACENT_SEATS";
                            case LIMIT -> "TICKET_LIMIT_REACHED";
                        });
        missing.ordinal()
                .ifPresent(ordinal -> view.setSeatId(event.seat(ordinal).seatId()));
        return view.build();
    }

    private static HoldState state(HoldRecord hold) {
        return switch (hold.state()) {
            case ACTIVE -> HoldState.HOLD_STATE_ACTIVE;
            case CLAIMED -> HoldState.HOLD_STATE_CLAIMED;
            case RESERVED, SOLD -> HoldState.HOLD_STATE_BOOKED;
            case RELEASED, FREED -> HoldState.HOLD_STATE_RELEASED;
            case EXPIRED -> HoldState.HOLD_STATE_EXPIRED;
        };
    }

    private static Timestamp timestamp(Instant instant) {
        return Timestamp.newBuilder()
                .setSeconds(instant.getEpochSecond())
                .setNanos(instant.getNano())
                .build();
    }
}
