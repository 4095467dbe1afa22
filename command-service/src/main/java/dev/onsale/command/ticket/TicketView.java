package dev.onsale.command.ticket;

import com.google.protobuf.Timestamp;
import dev.onsale.command.ticket.TicketDetail.Place;
import dev.onsale.proto.inventory.v1.Seat;
import dev.onsale.proto.inventory.v1.SeatKind;
import dev.onsale.proto.ticket.v1.Ticket;
import dev.onsale.proto.ticket.v1.TicketStatus;
import java.time.Instant;

/** A ticket for the wire, without its code. */
final class TicketView {
    private TicketView() {}

    static Ticket of(TicketDetail detail) {
        Ticket.Builder ticket = Ticket.newBuilder()
                .setTicketId(detail.ticketId().toString())
                .setReference(detail.reference())
                .setBookingId(detail.bookingId().toString())
                .setEventId(detail.event().eventId().toString())
                .setStatus(status(detail.status()));
        Instant checkedInAt = detail.checkedInAt();
        if (checkedInAt != null) {
            ticket.setCheckInTime(time(checkedInAt));
        }
        if (detail.gate() != null) {
            ticket.setGate(detail.gate());
        }
        if (detail.place().area() != null) {
            return ticket.setAreaId(detail.place().area()).build();
        }
        return ticket.setSeat(seat(detail.place())).build();
    }

    static Timestamp time(Instant instant) {
        return Timestamp.newBuilder()
                .setSeconds(instant.getEpochSecond())
                .setNanos(instant.getNano())
                .build();
    }

    private static Seat seat(Place place) {
        return Seat.newBuilder()
                .setSeatId(place.code())
                .setSection(String.valueOf(place.section()))
                .setRow(String.valueOf(place.row()))
                .setNumber(place.number())
                .setOrdinal(place.ordinal())
                .setPriceTier(place.tier())
                .setKind(SeatKind.forNumber(place.kind() + 1))
                .setRestrictedView(place.restrictedView())
                .build();
    }

    private static TicketStatus status(String word) {
        return switch (word) {
            case "valid" -> TicketStatus.TICKET_STATUS_VALID;
            case "checked_in" -> TicketStatus.TICKET_STATUS_CHECKED_IN;
            case "void" -> TicketStatus.TICKET_STATUS_VOID;
            case "transferred" -> TicketStatus.TICKET_STATUS_TRANSFERRED;
            default -> throw new IllegalStateException(word);
        };
    }
}
