package dev.onsale.command.booking;

import static dev.onsale.command.booking.BookingParts.await;

import dev.onsale.command.booking.LatePayment.Way;
import dev.onsale.command.catalog.EventCatalog;
import dev.onsale.command.inventory.SeatLedger;
import dev.onsale.command.saga.Attempt;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/**
 * Finds places for a booking whose payment came late: those it had, else equal ones if the buyer agreed. Repeatable. For a
 * virtual thread.
 */
final class LatePlaces {
    private final LateStore store;
    private final SeatLedger ledger;
    private final HeldPlaces held;
    private final EventCatalog catalog;

    LatePlaces(LateStore store, SeatLedger ledger, HeldPlaces held, EventCatalog catalog) {
        this.store = store;
        this.ledger = ledger;
        this.held = held;
        this.catalog = catalog;
    }

    LateStore store() {
        return store;
    }

    SeatLedger ledger() {
        return ledger;
    }

    HeldPlaces held() {
        return held;
    }

    EventCatalog catalog() {
        return catalog;
    }

    /** The payment with the places that its booking owns from then on; or {@link Way#REFUNDED}. */
    LatePayment find(Attempt attempt, LatePayment late) throws TimeoutException {
        Checkout checkout = late.mustCheckout();
        LateBooking booking = await(store.read(checkout.bookingId()));
        if (booking.pending()) {
            return found(booking, late);
        }
        if (booking.mayRevive()) {
            LateSearch search = new LateSearch(this, attempt, late);
            for (Way way : ways(booking)) {
                Optional<Checkout> places = search.by(way);
                if (places.isPresent()) {
                    return late.in(way, places.get());
                }
            }
        }
        return late.with(Way.REFUNDED);
    }

    private static List<Way> ways(LateBooking booking) {
        return booking.acceptsEqual() ? List.of(Way.SAME_SEATS, Way.EQUAL_SEATS) : List.of(Way.SAME_SEATS);
    }

    /** A crash came after PostgreSQL had decided: Redis may not know yet. */
    private LatePayment found(LateBooking booking, LatePayment late) throws TimeoutException {
        Checkout places = await(store.checkout(late.mustCheckout().bookingId()));
        await(held.reserve(places));
        return late.in(booking.way(), places);
    }
}
