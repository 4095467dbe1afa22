package dev.onsale.command.booking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onsale.command.BoxOffice;
import dev.onsale.proto.booking.v1.Booking;
import dev.onsale.proto.booking.v1.BookingServiceGrpcClient;
import dev.onsale.proto.booking.v1.BookingStatus;
import dev.onsale.proto.booking.v1.WatchBookingRequest;
import dev.onsale.proto.booking.v1.WatchBookingResponse;
import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.runtime.auth.Role;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A fan watches a booking come to its end. */
final class WatchBookingIT {
    @RegisterExtension
    static final BoxOffice OFFICE = new BoxOffice().with("payment.provider.answer-timeout", "500ms");

    private final String alice = "alice-" + UUID.randomUUID();
    private UUID eventId = new UUID(0, 0);

    @BeforeEach
    void openEvent() {
        eventId = OFFICE.event();
    }

    @Test
    void showsEveryStepForwardAndEndsWithTheTickets() {
        Booking pending = OFFICE.book(OFFICE.hold(eventId, alice, 0, 1), "tok_lost_answer");

        List<Booking> shown = watched(alice, pending.getBookingId());

        assertThat(shown.getFirst().getStatus()).isEqualTo(BookingStatus.BOOKING_STATUS_PENDING);
        assertThat(shown.getLast().getStatus()).isEqualTo(BookingStatus.BOOKING_STATUS_CONFIRMED);
        assertThat(shown.getLast().getTicketsIssued()).isTrue();
        assertThat(shown)
                .extracting(Booking::getVersion)
                .doesNotHaveDuplicates()
                .isSorted();
        assertThat(shown).extracting(Booking::getStatus).isSorted();
        assertThat(shown).filteredOn(Booking::getTicketsIssued).hasSize(1);
    }

    @Test
    void endsWhenTheCheckoutIsTakenBack() {
        Booking pending = OFFICE.book(OFFICE.hold(eventId, alice, 2), "tok_decline");

        List<Booking> shown = watched(alice, pending.getBookingId());

        assertThat(shown.getLast().getStatus()).isEqualTo(BookingStatus.BOOKING_STATUS_CANCELLED);
        assertThat(shown.getLast().getCancelReason()).isEqualTo("PAYMENT_DECLINED");
    }

    @Test
    void answersOnceAndEndsWhenTheBookingHasItsTicketsAlready() {
        Booking booking = OFFICE.settled(OFFICE.book(OFFICE.hold(eventId, alice, 3), "tok_approve"));

        assertThat(watched(alice, booking.getBookingId()))
                .hasSize(1)
                .first()
                .satisfies(shown -> assertThat(shown.getTicketsIssued()).isTrue());
        assertThat(OFFICE.as(Role.SUPPORT, "sue")
                        .all(BookingServiceGrpcClient.WatchBooking, watch(booking.getBookingId())))
                .hasSize(1);
    }

    @Test
    void showsNobodyElsesBooking() {
        Booking booking = OFFICE.book(OFFICE.hold(eventId, alice, 4), "tok_lost_answer");

        for (String id : List.of(booking.getBookingId(), UUID.randomUUID().toString())) {
            assertThat(OFFICE.fan("mallory")
                            .refused(BookingServiceGrpcClient.WatchBooking, watch(id))
                            .reason())
                    .isEqualTo(ErrorReason.ERROR_REASON_RESOURCE_NOT_FOUND);
        }
        assertThat(OFFICE.settled(booking).getStatus()).isEqualTo(BookingStatus.BOOKING_STATUS_CONFIRMED);
    }

    private static List<Booking> watched(String account, String bookingId) {
        return OFFICE.fan(account).all(BookingServiceGrpcClient.WatchBooking, watch(bookingId)).stream()
                .map(WatchBookingResponse::getBooking)
                .toList();
    }

    private static WatchBookingRequest watch(String bookingId) {
        return WatchBookingRequest.newBuilder().setBookingId(bookingId).build();
    }
}
