package dev.onsale.command.risk;

import java.util.List;
import java.util.UUID;

/**
 * A call that wants seats or a booking, as far as it matters here.
 *
 * @param account whose call
 * @param eventId for which event
 * @param want what it wants
 * @param holdId the hold to be made, changed or booked
 * @param seatIds seats wanted by name
 * @param traits what it shows
 * @param peer IP address of the caller
 * @param solution a solved challenge, not believed yet; empty: none
 */
record Asking(
        String account,
        UUID eventId,
        Want want,
        String holdId,
        List<String> seatIds,
        List<Trait> traits,
        String peer,
        String solution) {

    /** What a call wants. */
    enum Want {
        HOLD("hold", "HoldService/CreateHold"),
        SWAP("swap", "HoldService/SwapHold"),
        BOOKING("booking", "BookingService/CreateBooking");

        private final String word;
        private final String method;

        Want(String word, String method) {
            this.word = word;
            this.method = method;
        }

        /** As the script knows it. */
        String word() {
            return word;
        }

        /** Service and method without the package. */
        String method() {
            return method;
        }
    }
}
