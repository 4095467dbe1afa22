package dev.onsale.command.booking;

import dev.onsale.command.booking.LatePayment.Way;
import dev.onsale.command.catalog.EventCatalog;
import dev.onsale.command.catalog.EventDetail;
import dev.onsale.command.mail.Letter;
import dev.onsale.command.saga.Attempt;
import dev.onsale.command.ticket.TicketDetail;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** Tells buyers what became of their late payments. At least once: a copy has the same Message-ID. For virtual threads. */
final class LateLetters {
    private final BookingStore bookings;
    private final EventCatalog catalog;
    private final Confirmations confirmations;

    LateLetters(BookingStore bookings, EventCatalog catalog, Confirmations confirmations) {
        this.bookings = bookings;
        this.catalog = catalog;
        this.confirmations = confirmations;
    }

    /** Sends the letter of a late payment; answers false if that should be tried again. */
    boolean send(LatePayment late, Attempt attempt) throws TimeoutException {
        Checkout checkout = late.mustCheckout();
        BookingRow booking = BookingParts.await(bookings.read(checkout.bookingId()));
        EventDetail event = BookingParts.await(catalog.event(checkout.eventId()));
        List<TicketDetail> tickets = confirmations.valid(booking);
        if (late.sells() && tickets.isEmpty()) {
            return true; // Cancelled meanwhile.
        }
        LateText text = new LateText(late, booking, event, tickets);
        Letter letter = late.way() == Way.REFUNDED
                ? letter(late, booking, text)
                : letter(late, booking, text)
                        .with("tickets-" + booking.reference() + ".pdf", confirmations.pdf(tickets));
        return confirmations.deliver(letter, checkout.bookingId(), attempt);
    }

    private static Letter letter(LatePayment late, BookingRow booking, LateText text) {
        return Letter.plain(
                "late-" + late.payment() + "-" + late.version(),
                booking.contactEmail(),
                text.subject(),
                text.plain(),
                text.html());
    }
}
