package dev.onsale.command.booking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onsale.command.BoxOffice;
import dev.onsale.proto.booking.v1.Booking;
import dev.onsale.proto.booking.v1.BookingServiceGrpcClient;
import dev.onsale.proto.booking.v1.BookingStatus;
import dev.onsale.proto.booking.v1.CancelBookingRequest;
import dev.onsale.proto.booking.v1.Contact;
import dev.onsale.proto.booking.v1.CreateBookingRequest;
import dev.onsale.proto.catalog.v1.LockingMode;
import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.proto.inventory.v1.BestAvailable;
import dev.onsale.proto.inventory.v1.CreateHoldRequest;
import dev.onsale.proto.inventory.v1.ExactSeats;
import dev.onsale.proto.inventory.v1.GetHoldRequest;
import dev.onsale.proto.inventory.v1.Hold;
import dev.onsale.proto.inventory.v1.HoldServiceGrpcClient;
import dev.onsale.proto.inventory.v1.ReleaseHoldRequest;
import dev.onsale.proto.inventory.v1.Seat;
import dev.onsale.proto.inventory.v1.SwapHoldRequest;
import dev.onsale.runtime.error.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Events whose seat rows are locked at selection: from the hold to the ticket and back, and what a "no" leaves behind. */
final class PessimisticBookingIT {
    @RegisterExtension
    static final BoxOffice OFFICE = new BoxOffice();

    private final String alice = "alice-" + UUID.randomUUID();
    private final String bob = "bob-" + UUID.randomUUID();
    private UUID eventId = new UUID(0, 0);

    @BeforeEach
    void openEvent() {
        eventId = OFFICE.event(request -> request.setLockingMode(LockingMode.LOCKING_MODE_PESSIMISTIC));
    }

    @Test
    void sellsAndTakesBackWhatTheRowsHold() {
        Hold hold = held(alice, seats("A-1-1", "A-1-2"));
        assertThat(rows("held", alice)).isEqualTo("A-1-1,A-1-2");
        assertThat(taken(bob, seats("A-1-2", "A-1-3")).metadata()).containsEntry("seats", "A-1-2");

        Booking booking = OFFICE.settled(book(alice, hold));

        assertThat(booking.getStatus()).isEqualTo(BookingStatus.BOOKING_STATUS_CONFIRMED);
        assertThat(rows("sold", "")).isEqualTo("A-1-1,A-1-2");
        OFFICE.auditedClean(eventId);
        OFFICE.fan(alice)
                .call(
                        BookingServiceGrpcClient.CancelBooking,
                        CancelBookingRequest.newBuilder()
                                .setRequestId(UUID.randomUUID().toString())
                                .setBookingId(booking.getBookingId())
                                .build());
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> OFFICE.booking(alice, booking.getBookingId()).getStatus()
                        == BookingStatus.BOOKING_STATUS_CANCELLED);
        assertThat(OFFICE.settled(book(bob, held(bob, seats("A-1-1")))).getStatus())
                .isEqualTo(BookingStatus.BOOKING_STATUS_CONFIRMED);
        OFFICE.auditedClean(eventId);
    }

    @Test
    void freesTheRowsWhenThePaymentIsDeclinedOrTheHoldIsGivenBack() {
        Hold declined = held(alice, seats("A-1-1"));
        OFFICE.settled(book(alice, declined, "tok_decline"));
        Hold released = held(alice, seats("A-1-2"));
        OFFICE.fan(alice)
                .call(
                        HoldServiceGrpcClient.ReleaseHold,
                        ReleaseHoldRequest.newBuilder()
                                .setRequestId("release")
                                .setHoldId(released.getHoldId())
                                .build());

        assertThat(rows("held", "")).isEqualTo("null");
        assertThat(held(bob, seats("A-1-1", "A-1-2")).getSeatsCount()).isEqualTo(2);
    }

    @Test
    void givesTheSameRefusalToTheSameRequest() {
        takeInTheRows("A-1-4");
        CreateHoldRequest request = seats("A-1-3", "A-1-4").build();

        Refusal first = OFFICE.fan(alice).refused(HoldServiceGrpcClient.CreateHold, request);
        Refusal again = OFFICE.fan(alice).refused(HoldServiceGrpcClient.CreateHold, request);

        assertThat(first.reason()).isEqualTo(ErrorReason.ERROR_REASON_SEAT_TAKEN);
        assertThat(first.metadata()).containsEntry("seats", "A-1-4");
        assertThat(again.getMessage()).isEqualTo(first.getMessage());
        assertThat(rows("held", alice)).isEqualTo("null");
        held(bob, seats("A-1-3"));
        OFFICE.sql("UPDATE seats SET held_until = now() WHERE event_id = $1 AND held_by = 'mallory'", eventId);
        assertThat(held(alice, seats("A-1-4", "A-1-5")).getSeatsCount()).isEqualTo(2);
    }

    @Test
    void leavesTheHoldAsItWasWhenASwapIsRefused() {
        Hold hold = held(alice, seats("A-1-3"));
        takeInTheRows("A-1-4");

        Refusal refusal = OFFICE.fan(alice)
                .refused(
                        HoldServiceGrpcClient.SwapHold,
                        swap(hold).setSeats(exact("A-1-3", "A-1-4")).build());

        assertThat(refusal.reason()).isEqualTo(ErrorReason.ERROR_REASON_SEAT_TAKEN);
        assertThat(refusal.metadata()).containsEntry("seats", "A-1-4");
        assertThat(get(hold)).isEqualTo(hold);
        assertThat(rows("held", alice)).isEqualTo("A-1-3");
        taken(bob, seats("A-1-3"));
        assertThat(OFFICE.settled(book(alice, hold)).getStatus()).isEqualTo(BookingStatus.BOOKING_STATUS_CONFIRMED);
    }

    @Test
    void keepsTheOldSeatsWhenTheBestOnesTurnOutToBeTaken() {
        Hold hold = held(alice, seats("B-1-3", "B-1-4"));
        OFFICE.sql(
                "UPDATE seats SET status = 'held', held_by = 'mallory', held_until = now() + interval '1 hour'"
                        + " WHERE event_id = $1 AND section = 'A'",
                eventId);

        Refusal refusal = OFFICE.fan(alice)
                .refused(
                        HoldServiceGrpcClient.SwapHold,
                        swap(hold)
                                .setBestAvailable(BestAvailable.newBuilder()
                                        .setQuantity(3)
                                        .addSections("A"))
                                .build());

        assertThat(refusal.reason()).isEqualTo(ErrorReason.ERROR_REASON_SEAT_TAKEN);
        Hold kept = get(hold);
        assertThat(kept.getState()).isEqualTo(hold.getState());
        assertThat(kept.getExpireTime()).isEqualTo(hold.getExpireTime());
        assertThat(kept.getQuote()).isEqualTo(hold.getQuote());
        assertThat(kept.getSeatsList()).extracting(Seat::getSeatId).containsExactly("B-1-3", "B-1-4");
        assertThat(rows("held", alice)).isEqualTo("B-1-3,B-1-4");
        assertThat(OFFICE.settled(book(alice, kept)).getStatus()).isEqualTo(BookingStatus.BOOKING_STATUS_CONFIRMED);
    }

    private static ExactSeats exact(String... seatIds) {
        return ExactSeats.newBuilder().addAllSeatIds(List.of(seatIds)).build();
    }

    private CreateHoldRequest.Builder seats(String... seatIds) {
        return CreateHoldRequest.newBuilder()
                .setRequestId(UUID.randomUUID().toString())
                .setEventId(eventId.toString())
                .setSeats(exact(seatIds));
    }

    private static SwapHoldRequest.Builder swap(Hold hold) {
        return SwapHoldRequest.newBuilder()
                .setRequestId(UUID.randomUUID().toString())
                .setHoldId(hold.getHoldId());
    }

    private static Hold held(String account, CreateHoldRequest.Builder request) {
        return OFFICE.fan(account)
                .call(HoldServiceGrpcClient.CreateHold, request.build())
                .getHold();
    }

    private static Refusal taken(String account, CreateHoldRequest.Builder request) {
        Refusal refusal = OFFICE.fan(account).refused(HoldServiceGrpcClient.CreateHold, request.build());
        assertThat(refusal.reason()).isEqualTo(ErrorReason.ERROR_REASON_SEAT_TAKEN);
        return refusal;
    }

    private Hold get(Hold hold) {
        return OFFICE.fan(alice)
                .call(
                        HoldServiceGrpcClient.GetHold,
                        GetHoldRequest.newBuilder().setHoldId(hold.getHoldId()).build())
                .getHold();
    }

    private static Booking book(String account, Hold hold) {
        return book(account, hold, "tok_approve");
    }

    private static Booking book(String account, Hold hold, String token) {
        CreateBookingRequest request = CreateBookingRequest.newBuilder()
                .setRequestId(UUID.randomUUID().toString())
                .setHoldId(hold.getHoldId())
                .setFence(hold.getFence())
                .setPaymentToken(token)
                .setContact(Contact.newBuilder().setName("Ada").setEmail(account + "@example.org"))
                .build();
        return OFFICE.fan(account)
                .call(BookingServiceGrpcClient.CreateBooking, request)
                .getBooking();
    }

    private void takeInTheRows(String seatId) {
        OFFICE.sql(
                "UPDATE seats SET status = 'held', held_by = 'mallory', held_until = now() + interval '1 hour'"
                        + " WHERE event_id = $1 AND section || '-' || row || '-' || number = $2",
                eventId,
                seatId);
    }

    private String rows(String status, String account) {
        return OFFICE.text(
                "SELECT string_agg(section || '-' || row || '-' || number, ',' ORDER BY ordinal) FROM seats"
                        + " WHERE event_id = $1 AND status::text = $2 AND coalesce(held_by, '') LIKE '%' || $3",
                eventId, status, account);
    }
}
