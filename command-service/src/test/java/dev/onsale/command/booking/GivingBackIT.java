package dev.onsale.command.booking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.onsale.command.BoxOffice;
import dev.onsale.command.inventory.Choice;
import dev.onsale.embedded.Mail;
import dev.onsale.proto.booking.v1.Booking;
import dev.onsale.proto.booking.v1.BookingItem;
import dev.onsale.proto.booking.v1.BookingServiceGrpcClient;
import dev.onsale.proto.booking.v1.BookingStatus;
import dev.onsale.proto.booking.v1.CancelBookingRequest;
import dev.onsale.proto.error.v1.ErrorReason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Some tickets of a booking are given back, then the others. */
final class GivingBackIT {
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
    void givesOneSeatBackAndKeepsTheOthers() {
        Booking booking = OFFICE.settled(OFFICE.book(OFFICE.hold(eventId, alice, 0, 1, 2), "tok_approve"));
        BookingItem given = booking.getItems(1);

        Booking begun = cancel(booking, given.getTicketId());
        Booking after = once(booking, now -> now.getRefunded().equals(given.getPrice()));

        assertThat(begun.getItems(1).getGivenBack()).isTrue();
        assertThat(begun.getItems(1).getTicketId()).isEmpty();
        assertThat(after.getStatus()).isEqualTo(BookingStatus.BOOKING_STATUS_CONFIRMED);
        assertThat(after.getCancelReason()).isEmpty();
        assertThat(after.getItemsList()).extracting(BookingItem::getGivenBack).containsExactly(false, true, false);
        assertThat(after.getItems(1).getRefund()).isEqualTo(given.getPrice());
        OFFICE.hold(eventId, "bob-" + alice, 1);
        OFFICE.auditedClean(eventId);
    }

    @Test
    void endsCancelledWithTheLastTicketWhateverTheOrder() {
        Booking booking =
                OFFICE.settled(OFFICE.book(OFFICE.hold(eventId, alice, new Choice.Area(0, 3)), "tok_approve"));
        List<String> tickets =
                booking.getItemsList().stream().map(BookingItem::getTicketId).toList();

        cancel(booking, tickets.get(2));
        cancel(booking, tickets.get(0));
        Booking last = cancel(booking);
        Booking after = once(booking, now -> now.getRefunded().equals(now.getTotal()));

        assertThat(last.getCancelReason()).isEqualTo("CANCELLED_BY_BUYER");
        assertThat(after.getStatus()).isEqualTo(BookingStatus.BOOKING_STATUS_CANCELLED);
        assertThat(after.getItemsList()).allMatch(BookingItem::getGivenBack);
        assertThat(cancel(booking).getVersion()).isEqualTo(after.getVersion());
        OFFICE.auditedClean(eventId);
    }

    @Test
    void givesTheFanTheTicketLimitBack() {
        Booking booking =
                OFFICE.settled(OFFICE.book(OFFICE.hold(eventId, alice, 0, 1, 2, 3, 4, 5, 6, 7), "tok_approve"));

        cancel(booking, booking.getItems(0).getTicketId(), booking.getItems(7).getTicketId());
        once(booking, now -> now.getRefunded().getUnits() == 94);

        assertThat(OFFICE.settled(OFFICE.book(OFFICE.hold(eventId, alice, 0, 7), "tok_approve"))
                        .getStatus())
                .isEqualTo(BookingStatus.BOOKING_STATUS_CONFIRMED);
        OFFICE.auditedClean(eventId);
    }

    @Test
    void refusesTicketsOfOthersAndThoseGivenBackBefore() {
        Booking booking = OFFICE.settled(OFFICE.book(OFFICE.hold(eventId, alice, 0, 1), "tok_approve"));
        Booking other = OFFICE.settled(OFFICE.book(OFFICE.hold(eventId, "bob-" + alice, 2), "tok_approve"));
        String first = booking.getItems(0).getTicketId();
        cancel(booking, first);

        assertThat(refused(booking, first, booking.getItems(1).getTicketId()))
                .isEqualTo(ErrorReason.ERROR_REASON_TICKET_VOID);
        assertThat(refused(booking, other.getItems(0).getTicketId()))
                .isEqualTo(ErrorReason.ERROR_REASON_RESOURCE_NOT_FOUND);
        cancel(booking);
        assertThat(refused(booking, first)).isEqualTo(ErrorReason.ERROR_REASON_TICKET_VOID);
        OFFICE.auditedClean(eventId);
    }

    @Test
    void tellsTheBuyerWhichTicketsAndHowMuch() {
        Booking booking = OFFICE.settled(OFFICE.book(OFFICE.hold(eventId, alice, 0, 1), "tok_approve"));
        await().atMost(PATIENCE).until(() -> mails().size() == 1);

        cancel(booking, booking.getItems(1).getTicketId());

        Mail mail = await().atMost(PATIENCE)
                .until(
                        () -> mails().stream()
                                .filter(each -> each.subject().contains("given back"))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
        assertThat(mail.subject()).contains("An evening").contains(booking.getReference());
        assertThat(mail.text())
                .contains("A-1-2   47.08 EUR of 47.08 EUR")
                .contains("47.08 EUR go back")
                .contains("The other tickets of the booking stay valid")
                .doesNotContain("A-1-1 ");
        assertThat(mail.attachments()).isEmpty();
        OFFICE.auditedClean(eventId);
        assertThat(mails()).hasSize(2);
    }

    private List<Mail> mails() {
        return OFFICE.stores().mail().mails(alice);
    }

    private Booking once(Booking booking, Predicate<Booking> arrived) {
        return await().atMost(PATIENCE).until(() -> OFFICE.booking(alice, booking.getBookingId()), arrived);
    }

    private Booking cancel(Booking booking, String... tickets) {
        return OFFICE.fan(alice)
                .call(BookingServiceGrpcClient.CancelBooking, request(booking, tickets))
                .getBooking();
    }

    private ErrorReason refused(Booking booking, String... tickets) {
        return OFFICE.fan(alice)
                .refused(BookingServiceGrpcClient.CancelBooking, request(booking, tickets))
                .reason();
    }

    private static CancelBookingRequest request(Booking booking, String... tickets) {
        return CancelBookingRequest.newBuilder()
                .setRequestId(UUID.randomUUID().toString())
                .setBookingId(booking.getBookingId())
                .addAllTicketIds(List.of(tickets))
                .build();
    }
}
