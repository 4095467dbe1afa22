package dev.onsale.command.booking;

import dev.onsale.command.catalog.EventDetail;
import dev.onsale.command.catalog.SeatInfo;
import dev.onsale.command.ticket.TicketDetail;
import java.util.List;
import java.util.stream.Collectors;

/** The words of the three letters about a late payment: the same seats, equal ones, or the money back. */
final class LateText {
    private final LatePayment late;
    private final BookingRow booking;
    private final EventDetail event;
    private final List<TicketDetail> tickets;

    LateText(LatePayment late, BookingRow booking, EventDetail event, List<TicketDetail> tickets) {
        this.late = late;
        this.booking = booking;
        this.event = event;
        this.tickets = tickets;
    }

    /** One line, whatever the event is called. */
    String subject() {
        String what = late.sells() ? "Your tickets for " : "Your money back for ";
        return (what + event.head().name() + " (" + booking.reference() + ")").replaceAll("\\p{Cntrl}", " ");
    }

    String plain() {
        return "Hello " + booking.contactName() + ",\n\n" + String.join("\n\n", paragraphs()) + "\n";
    }

    String html() {
        return "<p>Hello " + escape(booking.contactName()) + ",</p>\n"
                + paragraphs().stream()
                        .map(each -> "<p>" + escape(each).replace("\n", "<br>") + "</p>")
                        .collect(Collectors.joining("\n"));
    }

    private List<String> paragraphs() {
        String came = "we could not learn in time whether your payment for "
                + event.head().name() + " had succeeded, so your seats went back on sale. It did succeed.";
        return switch (late.way()) {
            case SAME_SEATS ->
                List.of(
                        came,
                        "Your seats were still free. They are yours: booking " + booking.reference() + " is confirmed.",
                        places(),
                        ATTACHED);
            case EQUAL_SEATS ->
                List.of(
                        came,
                        "Somebody else has bought " + former() + ". As you agreed, you have others of the same kind and"
                                + " price instead: booking " + booking.reference() + " is confirmed.",
                        places(),
                        ATTACHED);
            case REFUNDED ->
                List.of(
                        came,
                        "By then we could not give you the seats any more, so you get no tickets, and nothing is to be"
                                + " paid for booking " + booking.reference() + ".",
                        back());
            case OPEN, NOTHING -> throw new IllegalStateException("nothing to tell");
        };
    }

    private static final String ATTACHED =
            "Your tickets are attached. Show the QR code at the gate; each opens it once.";

    private String back() {
        return late.taken()
                ? "All of the money was sent back. It may be some days before you see it."
                : "The money had only been reserved. It was let go and won't be taken.";
    }

    private String places() {
        return tickets.stream()
                .map(ticket ->
                        "  " + ticket.reference() + "   " + ticket.place().words())
                .collect(Collectors.joining("\n"));
    }

    private String former() {
        return late.former().isEmpty()
                ? "the places you had chosen"
                : late.former().stream().map(event::seat).map(SeatInfo::seatId).collect(Collectors.joining(", "));
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
