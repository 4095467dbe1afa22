package dev.onsale.command.booking;

import dev.onsale.command.mail.Delivery;
import dev.onsale.command.mail.Letter;
import dev.onsale.command.mail.Mailer;
import dev.onsale.command.saga.Attempt;
import dev.onsale.command.ticket.TicketStore;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the buyer what was given back: which tickets, how much, what was kept. At least once: a copy has the same
 * Message-ID. Blocks: for virtual threads.
 */
final class CancellationLetters {
    private static final Logger LOG = LoggerFactory.getLogger(CancellationLetters.class);
    private static final Duration GIVE_UP = Duration.ofDays(1);

    private final BookingStore bookings;
    private final CancellationStore cancelled;
    private final TicketStore tickets;
    private final Mailer mailer;

    CancellationLetters(BookingStore bookings, CancellationStore cancelled, TicketStore tickets, Mailer mailer) {
        this.bookings = bookings;
        this.cancelled = cancelled;
        this.tickets = tickets;
        this.mailer = mailer;
    }

    /** Sends the letter about a cancellation; answers false if that should be tried again. */
    boolean send(UUID cancellationId, Attempt attempt) throws TimeoutException {
        CancellationRow given = BookingParts.await(cancelled.read(cancellationId));
        BookingRow booking = BookingParts.await(bookings.read(given.bookingId()));
        String show = BookingParts.await(tickets.ofBooking(booking.id()))
                .getFirst()
                .event()
                .name();
        CancellationText text = new CancellationText(booking, given, show);
        Letter letter = Letter.plain(
                "cancellation-" + given.id(), booking.contactEmail(), text.subject(), text.plain(), text.html());
        return switch (BookingParts.await(mailer.send(letter))) {
            case Delivery.Taken taken -> true;
            case Delivery.Rejected rejected -> giveUp(given, rejected.detail());
            case Delivery.Failed failed -> attempt.age().compareTo(GIVE_UP) > 0 && giveUp(given, failed.detail());
        };
    }

    private static boolean giveUp(CancellationRow given, String detail) {
        LOG.atWarn()
                .addKeyValue("cancellationId", given.id())
                .addKeyValue("bookingId", given.bookingId())
                .addKeyValue("detail", detail)
                .log("The letter about a cancellation can't be delivered; what it says stays so");
        return true;
    }
}
