package dev.onsale.command.booking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.onsale.command.BoxOffice;
import dev.onsale.proto.booking.v1.Booking;
import dev.onsale.proto.booking.v1.BookingServiceGrpcClient;
import dev.onsale.proto.booking.v1.BookingStatus;
import dev.onsale.proto.booking.v1.CancelBookingRequest;
import dev.onsale.proto.booking.v1.CancelBookingResponse;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Cancellations of whole bookings that a node began before tickets could be given back one by one. */
final class OldCancellationIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @RegisterExtension
    static final BoxOffice OFFICE = new BoxOffice();

    private final String alice = "alice-" + UUID.randomUUID();

    @Test
    void endAsTheyBegan() throws Exception {
        UUID event = OFFICE.event();
        Booking booking = OFFICE.settled(OFFICE.book(OFFICE.hold(event, alice, 0, 1), "tok_approve"));
        OFFICE.auditedClean(event);

        beginAsBefore(UUID.fromString(booking.getBookingId()));
        CancelBookingResponse meanwhile = OFFICE.fan(alice)
                .call(
                        BookingServiceGrpcClient.CancelBooking,
                        CancelBookingRequest.newBuilder()
                                .setRequestId(UUID.randomUUID().toString())
                                .setBookingId(booking.getBookingId())
                                .build());

        assertThat(meanwhile.hasCancellation()).isFalse();
        Booking after = await().atMost(PATIENCE)
                .until(
                        () -> OFFICE.booking(alice, booking.getBookingId()),
                        now -> now.getStatus() == BookingStatus.BOOKING_STATUS_CANCELLED);
        assertThat(after.getRefunded()).isEqualTo(after.getTotal());
        OFFICE.hold(event, "bob-" + alice, 0, 1);
        OFFICE.auditedClean(event);
        assertThat(OFFICE.taken(event)).isZero();
    }

    /** What the old transaction wrote, and what the migration made of it. */
    private static void beginAsBefore(UUID booking) {
        OFFICE.sql("UPDATE tickets SET status = 'void', version = version + 1 WHERE booking_id = $1", booking);
        OFFICE.sql(
                "UPDATE bookings SET cancel_reason = 'CANCELLED_BY_BUYER', refund_due = total_amount WHERE id = $1",
                booking);
        OFFICE.sql("""
                INSERT INTO sagas (kind, subject_id, data, step)
                SELECT 'cancellation', subject_id, data || '{"reason": "CANCELLED_BY_BUYER", "detail": ""}', 1
                FROM sagas
                WHERE kind = 'booking' AND subject_id = $1
                """, booking);
    }
}
