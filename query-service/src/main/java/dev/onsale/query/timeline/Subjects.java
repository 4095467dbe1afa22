package dev.onsale.query.timeline;

import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a timeline is about.
 *
 * @param account whose story
 * @param eventId only what is about this event; null: about any
 * @param bookings the bookings
 */
record Subjects(String account, @Nullable UUID eventId, List<Booked> bookings) {

    /**
     * A booking.
     *
     * @param id its id
     * @param account its buyer
     * @param eventId its event
     * @param paymentId its payment
     */
    record Booked(UUID id, String account, UUID eventId, UUID paymentId) {
        static Booked of(Row row) {
            return new Booked(
                    row.getUUID("id"), row.getString("user_id"), row.getUUID("event_id"), row.getUUID("payment_id"));
        }
    }

    static Subjects of(Booked booking) {
        return new Subjects(booking.account, booking.eventId, List.of(booking));
    }

    UUID[] bookingIds() {
        return bookings.stream().map(Booked::id).toArray(UUID[]::new);
    }
}
