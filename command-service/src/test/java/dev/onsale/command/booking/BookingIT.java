package dev.onsale.command.booking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.onsale.command.BoxOffice;
import dev.onsale.command.Calls;
import dev.onsale.command.inventory.Choice;
import dev.onsale.command.inventory.HoldRecord;
import dev.onsale.embedded.Mail;
import dev.onsale.proto.booking.v1.Booking;
import dev.onsale.proto.booking.v1.BookingServiceGrpcClient;
import dev.onsale.proto.booking.v1.BookingStatus;
import dev.onsale.proto.booking.v1.CancelBookingRequest;
import dev.onsale.proto.booking.v1.CreateBookingRequest;
import dev.onsale.proto.booking.v1.GetBookingRequest;
import dev.onsale.proto.catalog.v1.CancelEventRequest;
import dev.onsale.proto.catalog.v1.CatalogAdminServiceGrpcClient;
import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.proto.ticket.v1.CheckInTicketRequest;
import dev.onsale.proto.ticket.v1.CheckInTicketResponse;
import dev.onsale.proto.ticket.v1.GetTicketDocumentRequest;
import dev.onsale.proto.ticket.v1.GetTicketDocumentResponse;
import dev.onsale.proto.ticket.v1.ListTicketsRequest;
import dev.onsale.proto.ticket.v1.TicketFormat;
import dev.onsale.proto.ticket.v1.TicketServiceGrpcClient;
import dev.onsale.runtime.auth.Role;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class BookingIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @RegisterExtension
    static final BoxOffice OFFICE = new BoxOffice();

    private final String alice = "alice-" + UUID.randomUUID();
    private UUID eventId = new UUID(0, 0);

    @BeforeEach
    void openEvent() {
        eventId = OFFICE.event();
    }

    @Test
    void turnsAHoldIntoPaidTicketsThatArriveByMailAndOpenTheGateOnce() {
        HoldRecord hold = OFFICE.hold(eventId, alice, 3, 4);

        Booking pending = OFFICE.book(hold, "tok_approve");
        Booking booking = settled(pending);

        assertThat(pending.getStatus()).isEqualTo(BookingStatus.BOOKING_STATUS_PENDING);
        assertThat(booking.getStatus()).isEqualTo(BookingStatus.BOOKING_STATUS_CONFIRMED);
        assertThat(booking.getItemsList())
                .extracting(item -> item.getSeat().getSeatId())
                .containsExactly("A-1-4", "A-1-5");
        assertThat(booking.getTotal().getUnits()).isEqualTo(94);
        assertThat(booking.getItemsList()).allMatch(item -> !item.getTicketId().isEmpty());
        Mail mail = await().atMost(PATIENCE)
                .until(() -> mails().stream().findFirst(), found -> found.isPresent())
                .get();
        assertThat(mail.subject()).contains(booking.getReference());
        assertThat(mail.attachments()).containsExactly("tickets-" + booking.getReference() + ".pdf");
        checkInOnce(booking.getItems(0).getTicketId());
        auditedClean();
    }

    private void checkInOnce(String ticketId) {
        GetTicketDocumentResponse document = OFFICE.fan(alice)
                .call(
                        TicketServiceGrpcClient.GetTicketDocument,
                        GetTicketDocumentRequest.newBuilder()
                                .setTicketId(ticketId)
                                .setFormat(TicketFormat.TICKET_FORMAT_PDF)
                                .build());
        assertThat(document.getDocument().size()).isBetween(1_000, 48 * 1024);
        Calls scanner = OFFICE.as(Role.SCANNER, "gate-7");
        CheckInTicketRequest scan = CheckInTicketRequest.newBuilder()
                .setRequestId(UUID.randomUUID().toString())
                .setEventId(eventId.toString())
                .setCode(document.getCode())
                .setGate("north")
                .build();
        CheckInTicketResponse in = scanner.call(TicketServiceGrpcClient.CheckInTicket, scan);
        assertThat(scanner.call(TicketServiceGrpcClient.CheckInTicket, scan)).isEqualTo(in);
        assertThat(scanner.refused(
                                TicketServiceGrpcClient.CheckInTicket,
                                scan.toBuilder()
                                        .setRequestId(UUID.randomUUID().toString())
                                        .build())
                        .reason())
                .isEqualTo(ErrorReason.ERROR_REASON_TICKET_USED);
        assertThat(scanner.refused(
                                TicketServiceGrpcClient.CheckInTicket,
                                scan.toBuilder()
                                        .setRequestId(UUID.randomUUID().toString())
                                        .setEventId(UUID.randomUUID().toString())
                                        .build())
                        .reason())
                .isEqualTo(ErrorReason.ERROR_REASON_RESOURCE_NOT_FOUND);
        assertThat(scanner.refused(
                                TicketServiceGrpcClient.CheckInTicket,
                                scan.toBuilder()
                                        .setRequestId(UUID.randomUUID().toString())
                                        .setCode("a.b.c")
                                        .build())
                        .reason())
                .isEqualTo(ErrorReason.ERROR_REASON_TICKET_CODE_INVALID);
    }

    @Test
    void sellsPlacesInAnArea() {
        HoldRecord hold = OFFICE.hold(eventId, alice, new Choice.Area(0, 3));

        Booking booking = settled(OFFICE.book(hold, "tok_approve"));

        assertThat(booking.getStatus()).isEqualTo(BookingStatus.BOOKING_STATUS_CONFIRMED);
        assertThat(booking.getItemsList())
                .extracting(item -> item.getAreaId())
                .containsExactly("FLOOR", "FLOOR", "FLOOR");
        auditedClean();
    }

    @Test
    void freesTheSeatsAtOnceWhenThePaymentIsDeclined() {
        HoldRecord hold = OFFICE.hold(eventId, alice, 5);

        Booking booking = settled(OFFICE.book(hold, "tok_decline_insufficient_funds"));

        assertThat(booking.getStatus()).isEqualTo(BookingStatus.BOOKING_STATUS_CANCELLED);
        assertThat(booking.getCancelReason()).isEqualTo("PAYMENT_DECLINED");
        assertThat(booking.getCancelDetail()).isEqualTo("insufficient_funds");
        HoldRecord next = OFFICE.hold(eventId, "bob-" + alice, 5);
        assertThat(settled(OFFICE.book(next, "tok_approve")).getStatus())
                .isEqualTo(BookingStatus.BOOKING_STATUS_CONFIRMED);
        auditedClean();
    }

    @Test
    void answersTheSameRequestAndTheSameHoldWithTheSameBooking() {
        HoldRecord hold = OFFICE.hold(eventId, alice, 6);
        CreateBookingRequest request = BoxOffice.checkout(hold, "tok_approve");
        Calls fan = OFFICE.fan(alice);

        Booking first =
                fan.call(BookingServiceGrpcClient.CreateBooking, request).getBooking();
        Booking again =
                fan.call(BookingServiceGrpcClient.CreateBooking, request).getBooking();
        settled(first);
        Booking after =
                fan.call(BookingServiceGrpcClient.CreateBooking, request).getBooking();
        Booking otherRequest = fan.call(
                        BookingServiceGrpcClient.CreateBooking,
                        request.toBuilder().setRequestId("another").build())
                .getBooking();

        assertThat(List.of(again, after, otherRequest))
                .allMatch(each -> each.getBookingId().equals(first.getBookingId()));
        assertThat(fan.refused(
                                BookingServiceGrpcClient.CreateBooking,
                                request.toBuilder().setPaymentToken("tok_other").build())
                        .reason())
                .isEqualTo(ErrorReason.ERROR_REASON_REQUEST_ID_REUSED);
    }

    @Test
    void showsNobodyElsesBookingButToSupport() {
        HoldRecord hold = OFFICE.hold(eventId, alice, 7);
        CreateBookingRequest request = BoxOffice.checkout(hold, "tok_approve");
        Calls mallory = OFFICE.fan("mallory");
        assertThat(mallory.refused(BookingServiceGrpcClient.CreateBooking, request)
                        .reason())
                .isEqualTo(ErrorReason.ERROR_REASON_RESOURCE_NOT_FOUND);

        Booking booking = settled(OFFICE.book(hold, "tok_approve"));

        GetBookingRequest get = GetBookingRequest.newBuilder()
                .setBookingId(booking.getBookingId())
                .build();
        assertThat(mallory.refused(BookingServiceGrpcClient.GetBooking, get).reason())
                .isEqualTo(ErrorReason.ERROR_REASON_RESOURCE_NOT_FOUND);
        assertThat(mallory.refused(BookingServiceGrpcClient.CancelBooking, cancel(booking))
                        .reason())
                .isEqualTo(ErrorReason.ERROR_REASON_RESOURCE_NOT_FOUND);
        assertThat(mallory.refused(
                                TicketServiceGrpcClient.ListTickets,
                                ListTicketsRequest.newBuilder()
                                        .setBookingId(booking.getBookingId())
                                        .build())
                        .reason())
                .isEqualTo(ErrorReason.ERROR_REASON_RESOURCE_NOT_FOUND);
        assertThat(OFFICE.as(Role.SUPPORT, "sue")
                        .call(BookingServiceGrpcClient.GetBooking, get)
                        .getBooking())
                .isEqualTo(OFFICE.booking(alice, booking.getBookingId()));
    }

    @Test
    void givesTheMoneyAndTheSeatsBackOnceWhenCancelled() {
        HoldRecord hold = OFFICE.hold(eventId, alice, 8);
        Booking booking = settled(OFFICE.book(hold, "tok_approve"));
        CancelBookingRequest cancel = cancel(booking);

        Booking begun = OFFICE.fan(alice)
                .call(BookingServiceGrpcClient.CancelBooking, cancel)
                .getBooking();
        OFFICE.fan(alice).call(BookingServiceGrpcClient.CancelBooking, cancel(booking));
        Booking cancelled = await().atMost(PATIENCE)
                .until(
                        () -> OFFICE.booking(alice, booking.getBookingId()),
                        now -> now.getRefunded().equals(now.getTotal()));

        assertThat(begun.getCancelReason()).isEqualTo("CANCELLED_BY_BUYER");
        assertThat(cancelled.getStatus()).isEqualTo(BookingStatus.BOOKING_STATUS_CANCELLED);
        OFFICE.hold(eventId, "bob-" + alice, 8);
        auditedClean();
    }

    @Test
    void refundsEveryBookingOfACancelledEvent() {
        Booking first = settled(OFFICE.book(OFFICE.hold(eventId, alice, 0, 1), "tok_approve"));
        Booking second = settled(OFFICE.book(OFFICE.hold(eventId, "bob-" + alice, 2), "tok_approve"));

        OFFICE.as(Role.OPERATOR, "olga")
                .call(
                        CatalogAdminServiceGrpcClient.CancelEvent,
                        CancelEventRequest.newBuilder()
                                .setRequestId(UUID.randomUUID().toString())
                                .setEventId(eventId.toString())
                                .setReason("Storm")
                                .build());

        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(OFFICE.booking(alice, first.getBookingId()).getCancelReason())
                    .isEqualTo("EVENT_CANCELLED");
            assertThat(OFFICE.booking(alice, first.getBookingId()).getStatus())
                    .isEqualTo(BookingStatus.BOOKING_STATUS_CANCELLED);
            assertThat(OFFICE.booking("bob-" + alice, second.getBookingId()).getStatus())
                    .isEqualTo(BookingStatus.BOOKING_STATUS_CANCELLED);
        });
        auditedClean();
    }

    @Test
    void finishesWhenTheProvidersAnswerIsLost() {
        Booking booking = settled(OFFICE.book(OFFICE.hold(eventId, alice, 9), "tok_lost_answer"));

        assertThat(booking.getStatus()).isEqualTo(BookingStatus.BOOKING_STATUS_CONFIRMED);
        auditedClean();
    }

    @Test
    void cancelsAConfirmedBookingWhoseCaptureIsRefusedForGood() {
        HoldRecord hold = OFFICE.hold(eventId, alice, 14, 15);

        Booking booking = settled(OFFICE.book(hold, "tok_capture_refused"));

        assertThat(booking.getStatus()).isEqualTo(BookingStatus.BOOKING_STATUS_CANCELLED);
        assertThat(booking.getCancelReason()).isEqualTo("PAYMENT_DECLINED");
        assertThat(booking.getCancelDetail()).isEqualTo("authorization_expired");
        assertThat(booking.getTicketsIssued()).isFalse();
        assertThat(booking.getRefunded().getUnits()).isZero();
        OFFICE.hold(eventId, "bob-" + alice, 14, 15);
        auditedClean();
        assertThat(mails()).isEmpty();
    }

    private static CancelBookingRequest cancel(Booking booking) {
        return CancelBookingRequest.newBuilder()
                .setRequestId(UUID.randomUUID().toString())
                .setBookingId(booking.getBookingId())
                .build();
    }

    /** Once the last saga has sent its mail. */
    private void auditedClean() {
        OFFICE.auditedClean(eventId);
    }

    private List<Mail> mails() {
        return OFFICE.stores().mail().mails(alice);
    }

    private static Booking settled(Booking booking) {
        return OFFICE.settled(booking);
    }
}
