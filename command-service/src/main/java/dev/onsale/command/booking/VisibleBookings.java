package dev.onsale.command.booking;

import dev.onsale.command.gate.Gate;
import dev.onsale.command.gate.Purpose;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.rpc.Call;
import io.vertx.core.Future;
import java.util.UUID;

/** The bookings a caller may see, by the row of the method it calls. */
final class VisibleBookings {
    private final Gate gate;
    private final BookingStore bookings;

    VisibleBookings(Gate gate, BookingStore bookings) {
        this.gate = gate;
        this.bookings = bookings;
    }

    /** One it may not see looks like none. Only the row tells the event, and with it whether there is a gate. */
    Future<BookingRow> read(Call call, String bookingId) {
        return bookings.read(UUID.fromString(bookingId)).compose(row -> {
            if (!call.reaches(row.account())) {
                return Refusal.notFound("booking").future();
            }
            return gate.check(call, row.eventId(), Purpose.LOOK).map(pass -> row);
        });
    }
}
