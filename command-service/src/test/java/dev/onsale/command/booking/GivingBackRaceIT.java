package dev.onsale.command.booking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.onsale.command.BoxOffice;
import dev.onsale.command.Shows;
import dev.onsale.proto.booking.v1.Booking;
import dev.onsale.proto.booking.v1.BookingItem;
import dev.onsale.proto.booking.v1.BookingServiceGrpcClient;
import dev.onsale.proto.booking.v1.BookingStatus;
import dev.onsale.proto.booking.v1.CancelBookingRequest;
import dev.onsale.proto.booking.v1.CancelBookingResponse;
import dev.onsale.proto.catalog.v1.CancelEventRequest;
import dev.onsale.proto.catalog.v1.CatalogAdminServiceGrpcClient;
import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.proto.ticket.v1.CheckInTicketRequest;
import dev.onsale.proto.ticket.v1.CheckInTicketResponse;
import dev.onsale.proto.ticket.v1.GetTicketDocumentRequest;
import dev.onsale.proto.ticket.v1.TicketServiceGrpcClient;
import dev.onsale.runtime.auth.Role;
import dev.onsale.runtime.error.Refusal;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tickets that several want at once: buyers giving them back twice, the gate, the end of the event. */
final class GivingBackRaceIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long PRICE = 4_708;

    @RegisterExtension
    static final BoxOffice OFFICE = new BoxOffice();

    private final String alice = "alice-" + UUID.randomUUID();
    private UUID eventId = new UUID(0, 0);

    @BeforeEach
    void openEvent() {
        eventId = OFFICE.event();
    }

    @RepeatedTest(3)
    void ofOverlappingCancellationsEachTicketIsInOneAndTheMoneyComesOnce() throws Exception {
        Booking booking = bought(0, 1, 2, 3);
        List<String> tickets =
                booking.getItemsList().stream().map(BookingItem::getTicketId).toList();
        List<Future<CancelBookingResponse>> calls = new ArrayList<>();

        for (int i = 0; i < 4; i++) {
            calls.add(cancel(booking, tickets.get(i), tickets.get((i + 1) % 4)));
            calls.add(cancel(booking, tickets.get(i)));
        }
        BoxOffice.await(Future.join(calls).transform(done -> Future.succeededFuture()));

        List<String> given = calls.stream()
                .filter(Future::succeeded)
                .flatMap(call -> call.result().getCancellation().getLinesList().stream())
                .map(line -> line.getTicketId())
                .toList();
        assertThat(given).doesNotHaveDuplicates().isNotEmpty();
        assertThat(calls.stream().filter(Future::failed))
                .allMatch(call -> ((Refusal) call.cause()).reason() == ErrorReason.ERROR_REASON_TICKET_VOID);
        Booking now = once(booking, each -> cents(each) == given.size() * PRICE);
        assertThat(now.getItemsList().stream().filter(BookingItem::getGivenBack))
                .hasSize(given.size());
        OFFICE.auditedClean(eventId);
        assertThat(OFFICE.taken(eventId)).isEqualTo((4 - given.size()) * PRICE);
    }

    @RepeatedTest(5)
    void aTicketIsEitherUsedOrGivenBack() throws Exception {
        Booking booking = bought(0);
        String ticket = booking.getItems(0).getTicketId();
        String code = OFFICE.fan(alice)
                .call(
                        TicketServiceGrpcClient.GetTicketDocument,
                        GetTicketDocumentRequest.newBuilder()
                                .setTicketId(ticket)
                                .build())
                .getCode();

        Future<CheckInTicketResponse> in = OFFICE.as(Role.SCANNER, "gate-1")
                .send(
                        TicketServiceGrpcClient.CheckInTicket,
                        CheckInTicketRequest.newBuilder()
                                .setRequestId(Shows.requestId())
                                .setEventId(eventId.toString())
                                .setCode(code)
                                .setGate("north")
                                .build());
        Future<CancelBookingResponse> back = cancel(booking, ticket);
        BoxOffice.await(Future.join(in, back).transform(done -> Future.succeededFuture()));

        assertThat(in.succeeded()).isNotEqualTo(back.succeeded());
        if (back.failed()) {
            assertThat(((Refusal) back.cause()).reason()).isEqualTo(ErrorReason.ERROR_REASON_BOOKING_STATE);
        } else {
            assertThat(((Refusal) in.cause()).reason()).isEqualTo(ErrorReason.ERROR_REASON_TICKET_VOID);
            once(booking, each -> cents(each) == PRICE);
        }
        OFFICE.auditedClean(eventId);
        assertThat(OFFICE.taken(eventId)).isEqualTo(back.succeeded() ? 0L : PRICE);
    }

    @Test
    void theOthersCanBeGivenBackWhenOneWasUsed() throws Exception {
        Booking booking = bought(0, 1);
        String code = OFFICE.fan(alice)
                .call(
                        TicketServiceGrpcClient.GetTicketDocument,
                        GetTicketDocumentRequest.newBuilder()
                                .setTicketId(booking.getItems(0).getTicketId())
                                .build())
                .getCode();
        OFFICE.as(Role.SCANNER, "gate-1")
                .call(
                        TicketServiceGrpcClient.CheckInTicket,
                        CheckInTicketRequest.newBuilder()
                                .setRequestId(Shows.requestId())
                                .setEventId(eventId.toString())
                                .setCode(code)
                                .setGate("north")
                                .build());

        Future<CancelBookingResponse> all = cancel(booking);
        BoxOffice.await(all.transform(done -> Future.succeededFuture()));
        BoxOffice.await(cancel(booking, booking.getItems(1).getTicketId()));

        assertThat(((Refusal) all.cause()).reason()).isEqualTo(ErrorReason.ERROR_REASON_BOOKING_STATE);
        once(booking, each -> cents(each) == PRICE);
        OFFICE.auditedClean(eventId);
    }

    @RepeatedTest(3)
    void withTheEventEverythingComesBackOnceWhateverWasGivenBackMeanwhile() throws Exception {
        List<Booking> bookings = List.of(bought(0, 1), bought(2, 3), bought(4, 5));
        List<Future<?>> calls = new ArrayList<>();

        bookings.forEach(
                booking -> calls.add(cancel(booking, booking.getItems(0).getTicketId())));
        calls.add(OFFICE.as(Role.OPERATOR, "olga")
                .send(
                        CatalogAdminServiceGrpcClient.CancelEvent,
                        CancelEventRequest.newBuilder()
                                .setRequestId(Shows.requestId())
                                .setEventId(eventId.toString())
                                .setReason("Storm")
                                .build()));
        bookings.forEach(booking -> calls.add(cancel(booking)));
        BoxOffice.await(Future.join(calls).transform(done -> Future.succeededFuture()));

        for (Booking booking : bookings) {
            Booking now = once(booking, each -> cents(each) == 2 * PRICE);
            assertThat(now.getStatus()).isEqualTo(BookingStatus.BOOKING_STATUS_CANCELLED);
        }
        OFFICE.auditedClean(eventId);
        assertThat(OFFICE.taken(eventId)).isZero();
    }

    private Booking bought(Integer... seats) {
        return OFFICE.settled(OFFICE.book(OFFICE.hold(eventId, alice, seats), "tok_approve"));
    }

    private Booking once(Booking booking, java.util.function.Predicate<Booking> arrived) {
        return await().atMost(PATIENCE).until(() -> OFFICE.booking(alice, booking.getBookingId()), arrived);
    }

    private Future<CancelBookingResponse> cancel(Booking booking, String... tickets) {
        return OFFICE.fan(alice)
                .send(
                        BookingServiceGrpcClient.CancelBooking,
                        CancelBookingRequest.newBuilder()
                                .setRequestId(Shows.requestId())
                                .setBookingId(booking.getBookingId())
                                .addAllTicketIds(List.of(tickets))
                                .build());
    }

    private static long cents(Booking booking) {
        return booking.getRefunded().getUnits() * 100 + booking.getRefunded().getNanos() / 10_000_000;
    }
}
