package dev.onsale.command.postponement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Timestamp;
import dev.onsale.command.BoxOffice;
import dev.onsale.command.Calls;
import dev.onsale.command.Shows;
import dev.onsale.embedded.Mail;
import dev.onsale.proto.booking.v1.Booking;
import dev.onsale.proto.booking.v1.BookingServiceGrpcClient;
import dev.onsale.proto.booking.v1.BookingStatus;
import dev.onsale.proto.booking.v1.CancelBookingRequest;
import dev.onsale.proto.catalog.v1.CancelEventRequest;
import dev.onsale.proto.catalog.v1.CatalogAdminServiceGrpcClient;
import dev.onsale.proto.catalog.v1.Event;
import dev.onsale.proto.catalog.v1.EventState;
import dev.onsale.proto.catalog.v1.GetEventRequest;
import dev.onsale.proto.catalog.v1.OpenSaleRequest;
import dev.onsale.proto.catalog.v1.PostponeEventRequest;
import dev.onsale.proto.catalog.v1.RefundPolicy;
import dev.onsale.proto.catalog.v1.RefundWindow;
import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.proto.inventory.v1.CreateHoldRequest;
import dev.onsale.proto.inventory.v1.ExactSeats;
import dev.onsale.proto.inventory.v1.HoldServiceGrpcClient;
import dev.onsale.proto.ticket.v1.CheckInTicketRequest;
import dev.onsale.proto.ticket.v1.GetTicketDocumentRequest;
import dev.onsale.proto.ticket.v1.TicketServiceGrpcClient;
import dev.onsale.proto.ticket.v1.TransferTicketRequest;
import dev.onsale.runtime.auth.Role;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Events are put off: bookings stay, tickets are good for the new date, and whoever can't come gets everything back for a time. */
final class PostponementIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration DAY = Duration.ofDays(1);

    @RegisterExtension
    static final BoxOffice OFFICE = new BoxOffice();

    /** No ticket can be given back within twenty days of the event; before that, half of the price. */
    private static final RefundPolicy STRICT = RefundPolicy.newBuilder()
            .addWindows(RefundWindow.newBuilder()
                    .setClosesBefore(com.google.protobuf.Duration.newBuilder()
                            .setSeconds(DAY.multipliedBy(20).toSeconds()))
                    .setFeeBasisPoints(5_000))
            .build();

    private final String alice = "alice-" + UUID.randomUUID();
    private final String bob = "bob-" + UUID.randomUUID();
    private final Instant soon = Instant.now().plus(DAY.multipliedBy(10)).truncatedTo(ChronoUnit.SECONDS);
    private final Instant later = soon.plus(DAY.multipliedBy(50));
    private final Instant optOut = Instant.now().plus(DAY.multipliedBy(3)).truncatedTo(ChronoUnit.SECONDS);

    @Test
    void keepsBookingsAndTicketsForTheNewDateAndTellsWhoHasThem() {
        UUID event = event();
        Booking booking = buy(event, alice, 0, 1);
        String given = OFFICE.fan(alice)
                .call(
                        TicketServiceGrpcClient.TransferTicket,
                        TransferTicketRequest.newBuilder()
                                .setRequestId(Shows.requestId())
                                .addTicketIds(booking.getItems(1).getTicketId())
                                .setRecipientAccount(bob)
                                .setRecipientEmail(bob + "@example.org")
                                .build())
                .getTickets(0)
                .getTicketId();
        String code = code(alice, booking.getItems(0).getTicketId());
        PostponeEventRequest request = request(event).build();

        Event postponed = postpone(request);

        assertThat(postpone(request)).isEqualTo(postponed);
        assertThat(postponed.getState()).isEqualTo(EventState.EVENT_STATE_ON_SALE);
        assertThat(postponed.getEventTime()).isEqualTo(Shows.time(later));
        assertThat(postponed.getDateToBeTold()).isFalse();
        assertThat(postponed.getTimesPostponed()).isEqualTo(1);
        assertThat(postponed.getOptOutUntil()).isEqualTo(Shows.time(optOut));
        assertThat(OFFICE.booking(alice, booking.getBookingId()).getStatus())
                .isEqualTo(BookingStatus.BOOKING_STATUS_CONFIRMED);
        assertThat(mails(alice, 1).getFirst().text())
                .contains(booking.getReference(), "the drummer is ill", "cancel until");
        assertThat(mails(bob, 1).getFirst().text()).doesNotContain("cancel until");
        letIn(event, code);
        letIn(event, code(bob, given));
        assertThat(buy(event, "carol-" + alice, 3).getStatus()).isEqualTo(BookingStatus.BOOKING_STATUS_CONFIRMED);
        OFFICE.auditedClean(event);
    }

    @Test
    void givesEverythingBackForATimeAndThenWhatThePolicyGivesByTheNewDate() {
        UUID event = event();
        Booking first = buy(event, alice, 0);
        Booking second = buy(event, bob, 1);
        assertThat(refusedToCancel(alice, first)).isEqualTo(ErrorReason.ERROR_REASON_REFUND_WINDOW_CLOSED);

        postpone(request(event).build());
        Booking bought = buy(event, "carol-" + alice, 2);

        assertThat(refund(alice, first)).isEqualTo(4708);
        assertThat(refund("carol-" + alice, bought))
                .as("bought for the new date")
                .isEqualTo(2354);
        OFFICE.sql("UPDATE events SET opt_out_until = now() - interval '1 second' WHERE id = $1", event);
        assertThat(refund(bob, second)).as("too late").isEqualTo(2354);
        OFFICE.auditedClean(event);
    }

    @Test
    void keepsTheDateOpenAndTheOptOutWithIt() {
        UUID event = event();
        Booking first = buy(event, alice, 0);
        Booking second = buy(event, bob, 1);

        Event open = postpone(request(event).clearNewEventTime().build());

        assertThat(open.hasEventTime()).isFalse();
        assertThat(open.getDateToBeTold()).isTrue();
        OFFICE.sql("UPDATE events SET opt_out_until = now() - interval '1 second' WHERE id = $1", event);
        Booking unsure = buy(event, "carol-" + alice, 2);
        assertThat(refund(alice, first)).isEqualTo(4708);
        assertThat(refund("carol-" + alice, unsure)).isEqualTo(4708);
        letIn(event, code(bob, second.getItems(0).getTicketId()));
        assertThat(mails(bob, 1).getFirst().text()).contains("to be announced");

        Event told = postpone(request(event).build());

        assertThat(told.getEventTime()).isEqualTo(Shows.time(later));
        assertThat(told.getTimesPostponed()).isEqualTo(2);
        assertThat(mails(bob, 2)).anySatisfy(mail -> assertThat(mail.text()).contains("Before: to be announced"));
        String code = code(bob, second.getItems(0).getTicketId());
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(
                        () -> { // Whoever was let in then is let in again.
                            letIn(event, code);
                            return true;
                        });
        assertThat(refusedToCancel(bob, second)).as("used").isEqualTo(ErrorReason.ERROR_REASON_BOOKING_STATE);
        OFFICE.auditedClean(event);
    }

    @Test
    void pausesTheSaleIfItIsToldTo() {
        UUID event = event();

        Event paused = postpone(request(event)
                .setPauseSales(true)
                .setSaleEnd(Shows.time(later.minus(DAY)))
                .build());

        assertThat(paused.getState()).isEqualTo(EventState.EVENT_STATE_CLOSED);
        assertThat(paused.getSaleEnd()).isEqualTo(Shows.time(later.minus(DAY)));
        CreateHoldRequest hold = CreateHoldRequest.newBuilder()
                .setRequestId(Shows.requestId())
                .setEventId(event.toString())
                .setSeats(ExactSeats.newBuilder().addSeatIds("A-1-1"))
                .build();
        assertThat(OFFICE.fan(alice)
                        .refused(HoldServiceGrpcClient.CreateHold, hold)
                        .reason())
                .isEqualTo(ErrorReason.ERROR_REASON_NOT_ON_SALE);
        operator()
                .call(
                        CatalogAdminServiceGrpcClient.OpenSale,
                        OpenSaleRequest.newBuilder()
                                .setRequestId(Shows.requestId())
                                .setEventId(event.toString())
                                .build());
        OFFICE.fan(alice).call(HoldServiceGrpcClient.CreateHold, hold);
    }

    @Test
    void refusesDatesThatDontFitAndEventsThatAreCancelled() {
        UUID event = event();
        Timestamp past = Shows.time(Instant.now().minus(DAY));

        refused(request(event).setNewEventTime(past), ErrorReason.ERROR_REASON_INVALID_FIELD);
        refused(request(event).setOptOutUntil(past), ErrorReason.ERROR_REASON_INVALID_FIELD);
        refused(request(event).clearOptOutUntil(), ErrorReason.ERROR_REASON_INVALID_FIELD);
        refused(request(event).setOptOutUntil(Shows.time(later.plus(DAY))), ErrorReason.ERROR_REASON_INVALID_FIELD);
        refused(request(event).setSaleEnd(past), ErrorReason.ERROR_REASON_INVALID_FIELD);
        refused(request(event).setReason(""), ErrorReason.ERROR_REASON_INVALID_FIELD);
        refused(request(UUID.randomUUID()), ErrorReason.ERROR_REASON_RESOURCE_NOT_FOUND);
        assertThat(OFFICE.fan(alice)
                        .refused(
                                CatalogAdminServiceGrpcClient.PostponeEvent,
                                request(event).build())
                        .reason())
                .isEqualTo(ErrorReason.ERROR_REASON_ROLE_REQUIRED);
        operator()
                .call(
                        CatalogAdminServiceGrpcClient.CancelEvent,
                        CancelEventRequest.newBuilder()
                                .setRequestId(Shows.requestId())
                                .setEventId(event.toString())
                                .setReason("Storm")
                                .build());
        refused(request(event), ErrorReason.ERROR_REASON_EVENT_STATE);
        Event now = operator()
                .call(
                        CatalogAdminServiceGrpcClient.GetEvent,
                        GetEventRequest.newBuilder()
                                .setEventId(event.toString())
                                .build())
                .getEvent();
        assertThat(now.getTimesPostponed()).isZero();
        assertThat(now.getEventTime()).isEqualTo(Shows.time(soon));
    }

    private UUID event() {
        return event(UnaryOperator.identity());
    }

    private UUID event(UnaryOperator<dev.onsale.proto.catalog.v1.CreateEventRequest.Builder> change) {
        return OFFICE.event(event -> change.apply(event.setEventTime(Shows.time(soon))
                .setSaleEnd(Shows.time(soon.minus(DAY)))
                .setRefundPolicy(STRICT)));
    }

    private PostponeEventRequest.Builder request(UUID event) {
        return PostponeEventRequest.newBuilder()
                .setRequestId(Shows.requestId())
                .setEventId(event.toString())
                .setNewEventTime(Shows.time(later))
                .setOptOutUntil(Shows.time(optOut))
                .setReason("the drummer is ill");
    }

    private static Calls operator() {
        return OFFICE.as(Role.OPERATOR, "olga");
    }

    private static Event postpone(PostponeEventRequest request) {
        return operator()
                .call(CatalogAdminServiceGrpcClient.PostponeEvent, request)
                .getEvent();
    }

    private static void refused(PostponeEventRequest.Builder request, ErrorReason reason) {
        assertThat(operator()
                        .refused(CatalogAdminServiceGrpcClient.PostponeEvent, request.build())
                        .reason())
                .as(String.valueOf(request))
                .isEqualTo(reason);
    }

    private static Booking buy(UUID event, String account, Integer... ordinals) {
        return OFFICE.settled(OFFICE.book(OFFICE.hold(event, account, ordinals), "tok_approve"));
    }

    private static CancelBookingRequest cancel(Booking booking) {
        return CancelBookingRequest.newBuilder()
                .setRequestId(Shows.requestId())
                .setBookingId(booking.getBookingId())
                .build();
    }

    private static ErrorReason refusedToCancel(String account, Booking booking) {
        return OFFICE.fan(account)
                .refused(BookingServiceGrpcClient.CancelBooking, cancel(booking))
                .reason();
    }

    /** Cents that the buyer has back in the end. */
    private static long refund(String account, Booking booking) {
        OFFICE.fan(account).call(BookingServiceGrpcClient.CancelBooking, cancel(booking));
        return await().atMost(PATIENCE)
                .until(
                        () -> OFFICE.count(
                                "SELECT refunded_amount FROM bookings WHERE id = $1",
                                UUID.fromString(booking.getBookingId())),
                        cents -> cents > 0);
    }

    private static String code(String account, String ticket) {
        return OFFICE.fan(account)
                .call(
                        TicketServiceGrpcClient.GetTicketDocument,
                        GetTicketDocumentRequest.newBuilder()
                                .setTicketId(ticket)
                                .build())
                .getCode();
    }

    private static void letIn(UUID event, String code) {
        OFFICE.as(Role.SCANNER, "gate-1")
                .call(
                        TicketServiceGrpcClient.CheckInTicket,
                        CheckInTicketRequest.newBuilder()
                                .setRequestId(Shows.requestId())
                                .setEventId(event.toString())
                                .setCode(code)
                                .setGate("north")
                                .build());
    }

    /** The mails about postponements, once there are so many. */
    private static List<Mail> mails(String account, int count) {
        return await().atMost(PATIENCE)
                .until(
                        () -> OFFICE.stores().mail().mails(account).stream()
                                .filter(mail -> mail.text().contains("was put off"))
                                .toList(),
                        found -> found.size() >= count);
    }
}
