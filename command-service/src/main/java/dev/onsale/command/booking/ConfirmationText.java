package dev.onsale.command.booking;

import dev.onsale.command.mail.Html;
import dev.onsale.command.ticket.TicketDetail;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import java.util.stream.Collectors;

/** The words of the confirmation mail. */
final class ConfirmationText {
    private final BookingRow booking;
    private final List<TicketDetail> tickets;
    private final TicketDetail.Show show;

    ConfirmationText(BookingRow booking, List<TicketDetail> tickets) {
        this.booking = booking;
        this.tickets = tickets;
        this.show = tickets.getFirst().event();
    }

    /** One line, whatever the event is called. */
    String subject() {
        return ("Your tickets for " + show.name() + " (" + booking.reference() + ")").replaceAll("\\p{Cntrl}", " ");
    }

    String plain() {
        String places = tickets.stream()
                .map(ticket ->
                        "  " + ticket.reference() + "   " + ticket.place().words())
                .collect(Collectors.joining("\n"));
        return """
                Hello %s,

                your booking %s is confirmed.

                %s
                %s, %s
                %s

                %s

                Total: %s

                Your tickets are attached. Show the QR code at the gate; each opens it once.
                """.formatted(
                        booking.contactName(),
                        booking.reference(),
                        show.name(),
                        show.venue(),
                        show.city(),
                        show.when(),
                        places,
                        total());
    }

    String html() {
        String places = tickets.stream()
                .map(ticket -> "<tr><td>" + Html.escape(ticket.reference()) + "</td><td>"
                        + Html.escape(ticket.place().words()) + "</td></tr>")
                .collect(Collectors.joining());
        return """
                <p>Hello %s,</p>
                <p>your booking <b>%s</b> is confirmed.</p>
                <h2>%s</h2>
                <p>%s, %s<br>%s</p>
                <table cellpadding="4">%s</table>
                <p>Total: %s</p>
                <p>Your tickets are attached. Show the QR code at the gate; each opens it once.</p>
                """.formatted(
                        Html.escape(booking.contactName()),
                        Html.escape(booking.reference()),
                        Html.escape(show.name()),
                        Html.escape(show.venue()),
                        Html.escape(show.city()),
                        Html.escape(show.when()),
                        places,
                        Html.escape(total()));
    }

    private String total() {
        int digits = Currency.getInstance(booking.currency()).getDefaultFractionDigits();
        return BigDecimal.valueOf(booking.total(), digits).toPlainString() + " " + booking.currency();
    }
}
