package dev.onsale.command.ticket;

import static dev.onsale.command.ticket.TicketHands.cancel;
import static dev.onsale.command.ticket.TicketHands.document;
import static dev.onsale.command.ticket.TicketHands.request;
import static dev.onsale.command.ticket.TicketHands.tickets;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.onsale.command.BoxOffice;
import dev.onsale.command.Calls;
import dev.onsale.command.Shows;
import dev.onsale.embedded.Mail;
import dev.onsale.proto.booking.v1.Booking;
import dev.onsale.proto.booking.v1.BookingServiceGrpcClient;
import dev.onsale.proto.booking.v1.BookingStatus;
import dev.onsale.proto.catalog.v1.CancelEventRequest;
import dev.onsale.proto.catalog.v1.CatalogAdminServiceGrpcClient;
import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.proto.ticket.v1.ListTicketTransfersRequest;
import dev.onsale.proto.ticket.v1.ListTicketTransfersResponse;
import dev.onsale.proto.ticket.v1.ListTicketsRequest;
import dev.onsale.proto.ticket.v1.Ticket;
import dev.onsale.proto.ticket.v1.TicketServiceGrpcClient;
import dev.onsale.proto.ticket.v1.TicketStatus;
import dev.onsale.proto.ticket.v1.TicketTransfer;
import dev.onsale.proto.ticket.v1.TransferTicketRequest;
import dev.onsale.proto.ticket.v1.TransferTicketResponse;
import dev.onsale.runtime.auth.Role;
import dev.onsale.runtime.error.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tickets change hands: in one moment the old code dies and the new one opens the gate, for the recipient alone. */
final class TransferIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @RegisterExtension
    static final BoxOffice OFFICE = new BoxOffice();

    private final String alice = "alice-" + UUID.randomUUID();
    private final String bob = "bob-" + UUID.randomUUID();
    private final String carol = "carol-" + UUID.randomUUID();
    private UUID eventId = new UUID(0, 0);
    private TicketHands hands = new TicketHands(OFFICE, eventId);

    @BeforeEach
    void openEvent() {
        eventId = OFFICE.event();
        hands = new TicketHands(OFFICE, eventId);
    }

    @Test
    void givesSomeTicketsOfABookingToAnotherAccountAndMailsThem() {
        Booking booking = hands.buy(alice, 3, 4, 5);
        List<String> old = tickets(booking);
        String oldCode = hands.code(alice, old.get(1));
        TransferTicketRequest request = request(bob, old.get(2), old.get(1)).toBuilder()
                .setRecipientEmail(bob + "@example.org")
                .build();

        TransferTicketResponse given = hands.give(alice, request);

        assertThat(given.getTicketsList())
                .extracting(ticket -> ticket.getSeat().getSeatId())
                .containsExactly("A-1-6", "A-1-5");
        assertThat(given.getTicketsList()).allMatch(ticket -> ticket.getStatus() == TicketStatus.TICKET_STATUS_VALID);
        assertThat(hands.give(alice, request)).isEqualTo(given);
        assertThat(hands.own(bob)).containsExactlyInAnyOrderElementsOf(given.getTicketsList());
        assertThat(hands.own(alice)).extracting(Ticket::getTicketId).containsExactly(old.getFirst());
        assertThat(refusedScan(oldCode)).isEqualTo(ErrorReason.ERROR_REASON_TICKET_VOID);
        assertThat(refusedDocument(alice, old.get(1))).isEqualTo(ErrorReason.ERROR_REASON_TICKET_VOID);
        String fresh = given.getTickets(1).getTicketId();
        assertThat(refusedDocument(alice, fresh)).isEqualTo(ErrorReason.ERROR_REASON_RESOURCE_NOT_FOUND);
        Mail mail = mailTo(bob);
        assertThat(mail.text())
                .contains(
                        "A",
                        given.getTickets(0).getReference(),
                        given.getTickets(1).getReference());
        assertThat(mail.attachments()).hasSize(1);
        OFFICE.as(Role.SCANNER, "gate-1")
                .call(TicketServiceGrpcClient.CheckInTicket, hands.scan(hands.code(bob, fresh)));
        OFFICE.auditedClean(eventId);
    }

    @Test
    void showsEverybodyTheirOwnTicketsAndSupportTheWholeStory() {
        Booking booking = hands.buy(alice, 3, 4);
        String first = tickets(booking).getFirst();
        String second = hands.give(alice, bob, first);
        String third = hands.give(bob, carol, second);

        assertThat(hands.ofBooking(Role.FAN, alice, booking))
                .extracting(Ticket::getStatus)
                .containsExactly(TicketStatus.TICKET_STATUS_TRANSFERRED, TicketStatus.TICKET_STATUS_VALID);
        assertThat(hands.ofBooking(Role.FAN, bob, booking))
                .extracting(Ticket::getStatus)
                .containsExactly(TicketStatus.TICKET_STATUS_TRANSFERRED);
        assertThat(hands.ofBooking(Role.SUPPORT, "sue", booking)).hasSize(4);
        for (String ticket : List.of(first, second, third)) {
            ListTicketTransfersResponse chain = hands.chain(ticket);
            assertThat(chain.getFirstAccount()).isEqualTo(alice);
            assertThat(chain.getTransfersList())
                    .extracting(TicketTransfer::getFromAccount, TicketTransfer::getToAccount)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple(alice, bob),
                            org.assertj.core.groups.Tuple.tuple(bob, carol));
            assertThat(chain.getTransfersList())
                    .extracting(TicketTransfer::getOldTicketId, TicketTransfer::getNewTicketId)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple(first, second),
                            org.assertj.core.groups.Tuple.tuple(second, third));
        }
        assertThat(OFFICE.fan(alice)
                        .refused(
                                TicketServiceGrpcClient.ListTicketTransfers,
                                ListTicketTransfersRequest.newBuilder()
                                        .setTicketId(first)
                                        .build())
                        .reason())
                .isEqualTo(ErrorReason.ERROR_REASON_ROLE_REQUIRED);
        assertThat(OFFICE.fan(carol)
                        .refused(
                                TicketServiceGrpcClient.ListTickets,
                                ListTicketsRequest.newBuilder()
                                        .setBookingId(booking.getBookingId())
                                        .setEventId(eventId.toString())
                                        .build())
                        .reason())
                .isEqualTo(ErrorReason.ERROR_REASON_INVALID_FIELD);
    }

    @Test
    void refusesWithAReasonAndThenNothingHasChanged() {
        Booking booking = hands.buy(alice, 0, 1, 2);
        List<String> mine = tickets(booking);
        String elsewhere =
                tickets(new TicketHands(OFFICE, OFFICE.event()).buy(alice, 0)).getFirst();
        String used = mine.get(2);
        OFFICE.as(Role.SCANNER, "gate-1")
                .call(TicketServiceGrpcClient.CheckInTicket, hands.scan(hands.code(alice, used)));
        String gone = mine.get(1);
        hands.give(alice, carol, gone);

        expect(alice, request(alice, mine.getFirst()), ErrorReason.ERROR_REASON_INVALID_FIELD);
        expect(alice, request(bob, mine.getFirst(), elsewhere), ErrorReason.ERROR_REASON_INVALID_FIELD);
        expect(alice, request(bob, mine.getFirst(), mine.getFirst()), ErrorReason.ERROR_REASON_INVALID_FIELD);
        expect(alice, request("b b", mine.getFirst()), ErrorReason.ERROR_REASON_INVALID_FIELD);
        expect(bob, request(carol, mine.getFirst()), ErrorReason.ERROR_REASON_RESOURCE_NOT_FOUND);
        expect(
                alice,
                request(bob, mine.getFirst(), UUID.randomUUID().toString()),
                ErrorReason.ERROR_REASON_RESOURCE_NOT_FOUND);
        expect(alice, request(bob, mine.getFirst(), used), ErrorReason.ERROR_REASON_TICKET_USED);
        expect(alice, request(bob, mine.getFirst(), gone), ErrorReason.ERROR_REASON_TICKET_VOID);
        OFFICE.sql("UPDATE events SET transfers_allowed = false WHERE id = $1", eventId);
        expect(alice, request(bob, mine.getFirst()), ErrorReason.ERROR_REASON_TRANSFER_NOT_ALLOWED);
        OFFICE.sql("UPDATE events SET event_date = now() - interval '1 minute' WHERE id = $1", eventId);
        assertThat(expect(alice, request(bob, mine.getFirst()), ErrorReason.ERROR_REASON_EVENT_STATE)
                        .metadata())
                .containsEntry("state", "STARTED");

        assertThat(hands.own(bob)).isEmpty();
        assertThat(hands.own(alice)).extracting(Ticket::getTicketId).containsExactlyInAnyOrder(mine.get(0), used);
    }

    @Test
    void movesAPlaceOnlySoOften() {
        String ticket = tickets(hands.buy(alice, 0)).getFirst();
        ticket = hands.give(alice, bob, ticket);
        ticket = hands.give(bob, alice, ticket);
        ticket = hands.give(alice, carol, ticket);

        Refusal refusal = expect(carol, request(bob, ticket), ErrorReason.ERROR_REASON_TRANSFER_LIMIT_REACHED);

        assertThat(refusal.metadata()).containsEntry("limit", "3");
    }

    @Test
    void letsTheOperatorKeepTicketsWithWhoBoughtThem() {
        UUID strict = OFFICE.event(event -> event.setTransfersForbidden(true));
        TicketHands there = new TicketHands(OFFICE, strict);
        String ticket = tickets(there.buy(alice, 0)).getFirst();

        expect(alice, request(bob, ticket), ErrorReason.ERROR_REASON_TRANSFER_NOT_ALLOWED);
    }

    /** The event allows eight. What is given away can't be bought again, and what is received counts when buying. */
    @Test
    void letsNobodyOwnMoreThanTheEventAllows() {
        Booking seven = hands.buy(bob, 0, 1, 2, 3, 4, 5, 6);
        Booking two = hands.buy(alice, 11, 12);
        List<String> mine = tickets(two);

        assertThat(expect(alice, request(bob, mine), ErrorReason.ERROR_REASON_TICKET_LIMIT_REACHED)
                        .metadata())
                .containsEntry("limit", "8");
        hands.give(alice, bob, mine.getFirst());
        expect(alice, request(bob, mine.get(1)), ErrorReason.ERROR_REASON_TICKET_LIMIT_REACHED);

        Booking tooMuch = hands.buy(bob, 14); // The inventory counts seven.
        assertThat(tooMuch.getStatus()).isEqualTo(BookingStatus.BOOKING_STATUS_CANCELLED);
        assertThat(tooMuch.getCancelReason()).isEqualTo("TICKET_LIMIT_REACHED");
        hands.give(bob, carol, tickets(seven).getFirst());
        assertThat(hands.buy(bob, 14).getStatus()).isEqualTo(BookingStatus.BOOKING_STATUS_CONFIRMED);
        OFFICE.auditedClean(eventId);
    }

    @Test
    void letsTheBuyerGiveBackNothingThatIsSomebodyElses() throws Exception {
        Booking booking = hands.buy(alice, 0, 1);
        String given = tickets(booking).getFirst();
        String fresh = hands.give(alice, bob, given);

        Refusal refusal = OFFICE.fan(alice).refused(BookingServiceGrpcClient.CancelBooking, cancel(booking));

        assertThat(refusal.reason()).isEqualTo(ErrorReason.ERROR_REASON_TICKET_TRANSFERRED);
        assertThat(refusal.metadata()).containsEntry("tickets", fresh);
        assertThat(OFFICE.fan(bob)
                        .refused(BookingServiceGrpcClient.CancelBooking, cancel(booking))
                        .reason())
                .isEqualTo(ErrorReason.ERROR_REASON_RESOURCE_NOT_FOUND);
        assertThat(hands.own(bob)).hasSize(1);
        hands.cancelAs(Role.SUPPORT, "sue", booking);
        assertThat(hands.own(bob)).isEmpty();
        ended(booking);
        OFFICE.auditedClean(eventId);
    }

    @Test
    void givesTheBuyerTheMoneyWhenTheEventIsCancelled() throws Exception {
        Booking booking = hands.buy(alice, 0, 1);
        TransferTicketRequest passedOn = request(bob, tickets(booking).getFirst()).toBuilder()
                .setRecipientEmail(bob + "@example.org")
                .build();
        String fresh = hands.give(alice, passedOn).getTickets(0).getTicketId();
        String code = hands.code(bob, fresh);

        OFFICE.as(Role.OPERATOR, "olga")
                .call(
                        CatalogAdminServiceGrpcClient.CancelEvent,
                        CancelEventRequest.newBuilder()
                                .setRequestId(Shows.requestId())
                                .setEventId(eventId.toString())
                                .setReason("Storm")
                                .build());

        ended(booking);
        assertThat(refusedScan(code)).isEqualTo(ErrorReason.ERROR_REASON_TICKET_VOID);
        assertThat(expect(bob, request(carol, fresh), ErrorReason.ERROR_REASON_EVENT_STATE)
                        .metadata())
                .containsEntry("state", "CANCELLED");
        OFFICE.auditedClean(eventId);
        List<Mail> told = OFFICE.stores().mail().mails(bob).stream()
                .filter(mail -> mail.subject().contains("not valid"))
                .toList();
        assertThat(told).hasSize(1);
        assertThat(told.getFirst().text()).contains("A-1-1").doesNotContain("A-1-2", "EUR");
    }

    private void ended(Booking booking) {
        await().atMost(PATIENCE).until(() -> {
            Booking now = OFFICE.booking(alice, booking.getBookingId());
            return now.getStatus() == BookingStatus.BOOKING_STATUS_CANCELLED
                    && now.getRefunded().equals(now.getTotal());
        });
    }

    private Refusal expect(String account, TransferTicketRequest request, ErrorReason reason) {
        Refusal refusal = OFFICE.fan(account).refused(TicketServiceGrpcClient.TransferTicket, request);
        assertThat(refusal.reason()).as(String.valueOf(request)).isEqualTo(reason);
        return refusal;
    }

    private ErrorReason refusedScan(String code) {
        Calls scanner = OFFICE.as(Role.SCANNER, "gate-1");
        return scanner.refused(TicketServiceGrpcClient.CheckInTicket, hands.scan(code))
                .reason();
    }

    private ErrorReason refusedDocument(String account, String ticket) {
        return OFFICE.fan(account)
                .refused(TicketServiceGrpcClient.GetTicketDocument, document(ticket))
                .reason();
    }

    private Mail mailTo(String account) {
        return await().atMost(PATIENCE)
                .until(() -> OFFICE.stores().mail().mails(account), mails -> !mails.isEmpty())
                .getFirst();
    }
}
