package dev.onsale.command.booking;

import dev.onsale.command.mail.Delivery;
import dev.onsale.command.mail.Letter;
import dev.onsale.command.mail.Mailer;
import dev.onsale.command.saga.Attempt;
import dev.onsale.command.ticket.PrintedTicket;
import dev.onsale.command.ticket.TicketCodes;
import dev.onsale.command.ticket.TicketDetail;
import dev.onsale.command.ticket.TicketPrinter;
import dev.onsale.command.ticket.TicketStore;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends the buyer the tickets. At least once: a copy has the same Message-ID. Blocks: for virtual threads. */
final class Confirmations {
    private static final Logger LOG = LoggerFactory.getLogger(Confirmations.class);
    private static final Duration GIVE_UP = Duration.ofDays(1);

    private final BookingStore bookings;
    private final TicketStore tickets;
    private final TicketCodes codes;
    private final TicketPrinter printer;
    private final Mailer mailer;

    Confirmations(BookingStore bookings, TicketStore tickets, TicketCodes codes, TicketPrinter printer, Mailer mailer) {
        this.bookings = bookings;
        this.tickets = tickets;
        this.codes = codes;
        this.printer = printer;
        this.mailer = mailer;
    }

    /** Sends the mail of a booking; answers false if that should be tried again. */
    boolean send(UUID bookingId, Attempt attempt) throws TimeoutException {
        BookingRow booking = BookingParts.await(bookings.read(bookingId));
        List<TicketDetail> valid = valid(booking);
        return valid.isEmpty()
                || deliver(letter(booking, valid), bookingId, attempt); // None: cancelled or given away meanwhile.
    }

    /** The tickets that a mail about a booking brings. */
    List<TicketDetail> valid(BookingRow booking) throws TimeoutException {
        return BookingParts.await(tickets.ofBooking(booking.id())).stream()
                .filter(ticket -> !ticket.dead() && ticket.account().equals(booking.account()))
                .toList();
    }

    /** The tickets to print. */
    Buffer pdf(List<TicketDetail> valid) {
        return Buffer.buffer(printer.pdf(valid.stream()
                .map(ticket -> new PrintedTicket(ticket, codes.sign(ticket.code())))
                .toList()));
    }

    /** Sends a letter about a booking; answers false if that should be tried again. */
    boolean deliver(Letter letter, UUID bookingId, Attempt attempt) throws TimeoutException {
        Delivery delivery = BookingParts.await(mailer.send(letter));
        return switch (delivery) {
            case Delivery.Taken taken -> true;
            case Delivery.Rejected rejected -> giveUp(bookingId, rejected.detail());
            case Delivery.Failed failed -> attempt.age().compareTo(GIVE_UP) > 0 && giveUp(bookingId, failed.detail());
        };
    }

    private static boolean giveUp(UUID bookingId, String detail) {
        LOG.atWarn()
                .addKeyValue("bookingId", bookingId)
                .addKeyValue("detail", detail)
                .log("A letter can't be delivered; the booking stays as it is");
        return true;
    }

    private Letter letter(BookingRow booking, List<TicketDetail> valid) {
        ConfirmationText text = new ConfirmationText(booking, valid);
        return new Letter(
                "booking-" + booking.id(),
                booking.contactEmail(),
                text.subject(),
                text.plain(),
                text.html(),
                "tickets-" + booking.reference() + ".pdf",
                pdf(valid));
    }
}
