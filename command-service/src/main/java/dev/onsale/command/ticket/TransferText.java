package dev.onsale.command.ticket;

import dev.onsale.command.mail.Html;
import java.util.List;
import java.util.stream.Collectors;

/** The words of the mail to who was given tickets. Says nothing of who gave them or what they cost. */
final class TransferText {
    private final List<TicketDetail> tickets;
    private final TicketDetail.Show show;

    TransferText(List<TicketDetail> tickets) {
        this.tickets = tickets;
        this.show = tickets.getFirst().event();
    }

    /** One line, whatever the event is called. */
    String subject() {
        return ("You were given tickets for " + show.name()).replaceAll("\\p{Cntrl}", " ");
    }

    String plain() {
        String places = tickets.stream()
                .map(ticket ->
                        "  " + ticket.reference() + "   " + ticket.place().words())
                .collect(Collectors.joining("\n"));
        return """
                Hello,

                these tickets are yours now:

                %s
                %s, %s
                %s

                %s

                They are attached. Show the QR code at the gate; each opens it once. The codes they had before open nothing
                any more.
                """.formatted(show.name(), show.venue(), show.city(), show.when(), places);
    }

    String html() {
        String places = tickets.stream()
                .map(ticket -> "<tr><td>" + Html.escape(ticket.reference()) + "</td><td>"
                        + Html.escape(ticket.place().words()) + "</td></tr>")
                .collect(Collectors.joining());
        return """
                <p>Hello,</p>
                <p>these tickets are yours now:</p>
                <h2>%s</h2>
                <p>%s, %s<br>%s</p>
                <table cellpadding="4">%s</table>
                <p>They are attached. Show the QR code at the gate; each opens it once. The codes they had before open
                nothing any more.</p>
                """.formatted(
                        Html.escape(show.name()),
                        Html.escape(show.venue()),
                        Html.escape(show.city()),
                        Html.escape(show.when()),
                        places);
    }
}
