package dev.onsale.command.partner;

import static dev.onsale.command.partner.PartnerHands.EVERYTHING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.onsale.command.BoxOffice;
import dev.onsale.command.Calls;
import dev.onsale.command.Shows;
import dev.onsale.command.inventory.HoldRecord;
import dev.onsale.proto.booking.v1.Booking;
import dev.onsale.proto.booking.v1.BookingServiceGrpcClient;
import dev.onsale.proto.booking.v1.BookingStatus;
import dev.onsale.proto.booking.v1.CancelBookingRequest;
import dev.onsale.proto.booking.v1.GetBookingRequest;
import dev.onsale.proto.catalog.v1.CancelEventRequest;
import dev.onsale.proto.catalog.v1.CatalogAdminServiceGrpcClient;
import dev.onsale.proto.partner.v1.ListPartnerKeysRequest;
import dev.onsale.proto.partner.v1.PartnerChange;
import dev.onsale.proto.partner.v1.PartnerChangeKind;
import dev.onsale.proto.partner.v1.PartnerFeedServiceGrpcClient;
import dev.onsale.proto.partner.v1.PartnerTokenServiceGrpcClient;
import dev.onsale.proto.partner.v1.SignedChange;
import dev.onsale.proto.partner.v1.WatchChangesRequest;
import dev.onsale.proto.partner.v1.WatchChangesResponse;
import dev.onsale.proto.ticket.v1.GetTicketDocumentRequest;
import dev.onsale.proto.ticket.v1.ListTicketsRequest;
import dev.onsale.proto.ticket.v1.TicketServiceGrpcClient;
import dev.onsale.proto.ticket.v1.TransferTicketRequest;
import dev.onsale.runtime.auth.Role;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a partner is told of its bookings and events, by the real checkout. */
final class FeedIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @RegisterExtension
    static final BoxOffice OFFICE = new BoxOffice();

    private PartnerHands hands = new PartnerHands(OFFICE.withToken(""), OFFICE.withToken(""));
    private UUID partner = new UUID(0, 0);
    private String account = "";
    private Calls client = OFFICE.withToken("");
    private UUID event = new UUID(0, 0);

    @BeforeEach
    void register() {
        hands = new PartnerHands(OFFICE.as(Role.OPERATOR, "olga"), OFFICE.withToken(""));
        partner = hands.partner();
        account = "partner:" + partner;
        client = hands.client(partner, EVERYTHING);
        event = OFFICE.event();
    }

    @Test
    void tellsASaleFromItsBeginningToItsTickets() {
        Booking booking = settled(book("tok_approve", 3, 4));
        assertThat(booking.getStatus()).isEqualTo(BookingStatus.BOOKING_STATUS_CONFIRMED);

        List<PartnerChange> changes = of(booking, 3);

        assertThat(kinds(changes))
                .containsExactly(
                        PartnerChangeKind.PARTNER_CHANGE_KIND_BOOKING_CREATED,
                        PartnerChangeKind.PARTNER_CHANGE_KIND_BOOKING_CONFIRMED,
                        PartnerChangeKind.PARTNER_CHANGE_KIND_TICKETS_ISSUED);
        assertThat(changes).extracting(PartnerChange::getNumber).containsExactly(1L, 2L, 3L);
        PartnerChange last = changes.getLast();
        assertThat(last.getReference()).isEqualTo(booking.getReference());
        assertThat(last.getState()).isEqualTo("confirmed");
        assertThat(last.getTickets()).isEqualTo(2);
        assertThat(last.getTotal()).isEqualTo(booking.getTotal());
        assertThat(last.getEventId()).isEqualTo(event.toString());
    }

    @Test
    void tellsWhyABookingFailed() {
        Booking booking = settled(book("tok_decline_insufficient_funds", 5));

        List<PartnerChange> changes = of(booking, 2);

        assertThat(kinds(changes))
                .containsExactly(
                        PartnerChangeKind.PARTNER_CHANGE_KIND_BOOKING_CREATED,
                        PartnerChangeKind.PARTNER_CHANGE_KIND_BOOKING_FAILED);
        assertThat(changes.getLast().getReason()).isEqualTo("PAYMENT_DECLINED");
        assertThat(changes.getLast().getState()).isEqualTo("cancelled");
    }

    @Test
    void tellsWhatIsGivenBackAndWhatChangesHands() {
        Booking booking = settled(book("tok_approve", 6, 7, 8));
        String given = booking.getItems(0).getTicketId();
        String back = booking.getItems(1).getTicketId();
        client.call(
                TicketServiceGrpcClient.TransferTicket,
                TransferTicketRequest.newBuilder()
                        .setRequestId(Shows.requestId())
                        .addTicketIds(given)
                        .setRecipientAccount("grace-" + partner)
                        .build());
        client.call(
                BookingServiceGrpcClient.CancelBooking,
                CancelBookingRequest.newBuilder()
                        .setRequestId(Shows.requestId())
                        .setBookingId(booking.getBookingId())
                        .addTicketIds(back)
                        .build());

        List<PartnerChange> changes = of(booking, 6);

        assertThat(kinds(changes.subList(3, 6)))
                .containsExactly(
                        PartnerChangeKind.PARTNER_CHANGE_KIND_TICKET_TRANSFERRED,
                        PartnerChangeKind.PARTNER_CHANGE_KIND_TICKETS_CANCELLED,
                        PartnerChangeKind.PARTNER_CHANGE_KIND_BOOKING_REFUNDED);
        assertThat(changes.get(3).getReplacedTicketId()).isEqualTo(given);
        assertThat(changes.get(4).getTickets()).isEqualTo(2);
        assertThat(changes.get(5).getRefunded().getUnits()).isEqualTo(47);
    }

    @Test
    void tellsThatAnEventIsCalledOffAndOfEachBooking() {
        Booking booking = settled(book("tok_approve", 9));
        of(booking, 3);
        OFFICE.as(Role.OPERATOR, "olga")
                .call(
                        CatalogAdminServiceGrpcClient.CancelEvent,
                        CancelEventRequest.newBuilder()
                                .setRequestId(Shows.requestId())
                                .setEventId(event.toString())
                                .setReason("storm")
                                .build());

        List<PartnerChange> changes = await().atMost(PATIENCE)
                .until(
                        this::everything,
                        all -> kinds(all).contains(PartnerChangeKind.PARTNER_CHANGE_KIND_BOOKING_REFUNDED));

        assertThat(kinds(changes))
                .contains(
                        PartnerChangeKind.PARTNER_CHANGE_KIND_EVENT_CANCELLED,
                        PartnerChangeKind.PARTNER_CHANGE_KIND_BOOKING_CANCELLED);
        assertThat(changes).extracting(PartnerChange::getNumber).isSorted();
    }

    @Test
    void tellsNobodyElse() {
        PartnerHands others = hands;
        Calls rival = others.client(others.partner(), EVERYTHING);
        Booking booking = settled(book("tok_approve", 0));
        of(booking, 3);
        OFFICE.settled(OFFICE.book(OFFICE.hold(event, "fan-" + partner, 1), "tok_approve"));

        assertThat(PartnerHands.changes(rival, "", 100).getChangesList()).isEmpty();
        assertThat(everything())
                .allMatch(change ->
                        change.getBookingId().isEmpty() || change.getBookingId().equals(booking.getBookingId()));
    }

    @Test
    void signsEveryChangeSoThatItCanBeCheckedLater() {
        Booking booking = settled(book("tok_approve", 2));
        of(booking, 3);
        String jwks = OFFICE.withToken("")
                .call(PartnerTokenServiceGrpcClient.ListPartnerKeys, ListPartnerKeysRequest.getDefaultInstance())
                .getJwks();

        List<SignedChange> first = PartnerHands.changes(client, "", 100).getChangesList();
        List<SignedChange> again = PartnerHands.changes(client, "", 100).getChangesList();

        assertThat(jwks).doesNotContain("\"d\"");
        assertThat(again).isEqualTo(first);
        assertThat(first).allSatisfy(signed -> {
            assertThat(Proofs.verifyChange(jwks, signed.getPayload(), signed.getSignature()))
                    .isTrue();
            assertThat(Proofs.verifyChange(jwks, signed.getPayload() + " ", signed.getSignature()))
                    .isFalse();
            JsonObject payload = new JsonObject(signed.getPayload());
            assertThat(payload.getString("change_id"))
                    .isEqualTo(signed.getChange().getChangeId());
            assertThat(payload.getLong("number")).isEqualTo(signed.getChange().getNumber());
        });
    }

    @Test
    void followsFromACursorOn() {
        Booking before = settled(book("tok_approve", 11));
        of(before, 3);
        String cursor = PartnerHands.changes(client, "", 2).getNextCursor();
        List<WatchChangesResponse> heard = new CopyOnWriteArrayList<>();
        client.follow(
                PartnerFeedServiceGrpcClient.WatchChanges,
                WatchChangesRequest.newBuilder().setCursor(cursor).build(),
                heard::add);
        await().atMost(PATIENCE).until(() -> !heard.isEmpty());

        Booking next = settled(book("tok_approve", 12));

        await().atMost(PATIENCE).until(() -> numbers(heard).size() >= 4);
        List<Long> numbers = numbers(heard);
        assertThat(numbers.getFirst()).isEqualTo(3);
        assertThat(numbers).isSorted().doesNotHaveDuplicates();
        assertThat(heard.getLast().getChanges(0).getChange().getBookingId()).isEqualTo(next.getBookingId());
    }

    private static List<Long> numbers(List<WatchChangesResponse> heard) {
        return heard.stream()
                .flatMap(message -> message.getChangesList().stream())
                .map(signed -> signed.getChange().getNumber())
                .toList();
    }

    /** A key for another event: neither the booking's tickets nor their codes. */
    @Test
    void keepsTicketsFromAKeyForOtherEvents() {
        Booking booking = settled(book("tok_approve", 13));
        String elsewhere = OFFICE.event().toString();
        Calls limited = hands.client(
                partner, EVERYTHING.toBuilder().addEventIds(elsewhere).build());
        String ticket = booking.getItems(0).getTicketId();

        limited.refused(
                BookingServiceGrpcClient.GetBooking,
                GetBookingRequest.newBuilder()
                        .setBookingId(booking.getBookingId())
                        .build());
        limited.refused(
                TicketServiceGrpcClient.ListTickets,
                ListTicketsRequest.newBuilder()
                        .setBookingId(booking.getBookingId())
                        .build());
        limited.refused(
                TicketServiceGrpcClient.GetTicketDocument,
                GetTicketDocumentRequest.newBuilder().setTicketId(ticket).build());
        limited.refused(
                TicketServiceGrpcClient.TransferTicket,
                TransferTicketRequest.newBuilder()
                        .setRequestId(Shows.requestId())
                        .addTicketIds(ticket)
                        .setRecipientAccount("mallory")
                        .build());
        assertThat(PartnerHands.changes(limited, "", 100).getChangesList()).isEmpty();
        assertThat(OFFICE.text("SELECT status::text FROM tickets WHERE id = $1", UUID.fromString(ticket)))
                .isEqualTo("valid");
    }

    private Booking book(String token, Integer... ordinals) {
        HoldRecord hold = OFFICE.hold(event, account, ordinals);
        return client.call(
                        BookingServiceGrpcClient.CreateBooking,
                        BoxOffice.checkout(hold, token).toBuilder()
                                .setContact(dev.onsale.proto.booking.v1.Contact.newBuilder()
                                        .setName("Ada Example")
                                        .setEmail("ada@example.org"))
                                .build())
                .getBooking();
    }

    private Booking settled(Booking booking) {
        GetBookingRequest request = GetBookingRequest.newBuilder()
                .setBookingId(booking.getBookingId())
                .build();
        return await().atMost(PATIENCE)
                .until(
                        () -> client.call(BookingServiceGrpcClient.GetBooking, request)
                                .getBooking(),
                        now -> now.getStatus() == BookingStatus.BOOKING_STATUS_CANCELLED || now.getTicketsIssued());
    }

    /** The changes of a booking, once there are so many. */
    private List<PartnerChange> of(Booking booking, int many) {
        return await().atMost(PATIENCE)
                .until(
                        () -> everything().stream()
                                .filter(change -> change.getBookingId().equals(booking.getBookingId()))
                                .toList(),
                        changes -> changes.size() >= many);
    }

    private List<PartnerChange> everything() {
        List<PartnerChange> all = new ArrayList<>();
        String cursor = "";
        while (true) {
            var page = PartnerHands.changes(client, cursor, 3);
            page.getChangesList().forEach(signed -> all.add(signed.getChange()));
            cursor = page.getNextCursor();
            if (!page.getMore()) {
                return all;
            }
        }
    }

    private static List<PartnerChangeKind> kinds(List<PartnerChange> changes) {
        return changes.stream().map(PartnerChange::getKind).toList();
    }
}
