package dev.onsale.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.onsale.command.inventory.HoldId;
import dev.onsale.command.inventory.HoldRecord;
import dev.onsale.proto.booking.v1.Booking;
import dev.onsale.proto.booking.v1.BookingServiceGrpcClient;
import dev.onsale.proto.booking.v1.BookingStatus;
import dev.onsale.proto.booking.v1.CancelBookingRequest;
import dev.onsale.proto.booking.v1.CreateBookingRequest;
import dev.onsale.proto.booking.v1.ListRefundsRequest;
import dev.onsale.proto.booking.v1.RefundServiceGrpcClient;
import dev.onsale.proto.inventory.v1.GetHoldRequest;
import dev.onsale.proto.inventory.v1.HoldServiceGrpcClient;
import dev.onsale.proto.partner.v1.Ability;
import dev.onsale.proto.partner.v1.CreateApiKeyRequest;
import dev.onsale.proto.partner.v1.CreatePartnerRequest;
import dev.onsale.proto.partner.v1.CreateWebhookRequest;
import dev.onsale.proto.partner.v1.ExchangeApiKeyRequest;
import dev.onsale.proto.partner.v1.ExchangeApiKeyResponse;
import dev.onsale.proto.partner.v1.PartnerAdminServiceGrpcClient;
import dev.onsale.proto.partner.v1.PartnerTokenServiceGrpcClient;
import dev.onsale.proto.partner.v1.PartnerWebhookServiceGrpcClient;
import dev.onsale.proto.partner.v1.Scope;
import dev.onsale.proto.ticket.v1.ListTicketsRequest;
import dev.onsale.proto.ticket.v1.TicketServiceGrpcClient;
import dev.onsale.runtime.auth.Role;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.testkit.access.AccessCalls;
import dev.onsale.testkit.access.AccessCells;
import dev.onsale.testkit.access.Contracts;
import dev.onsale.testkit.access.ForeignIds;
import dev.onsale.testkit.access.ForeignIds.Owner;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who may call what of the write side, cell by cell; and that nobody reaches what is somebody else's. */
class AccessIT {
    @RegisterExtension
    static final BoxOffice office = new BoxOffice();

    private static AccessCalls calls;
    private static List<MethodDescriptor> served;

    @BeforeAll
    static void connect() {
        calls = new AccessCalls(office.vertx(), office.port());
        served = calls.served();
    }

    @AfterAll
    static void disconnect() {
        calls.close();
    }

    @Test
    void refusesExactlyThoseCallersWhomTheTableDoesNotName() {
        AccessCells cells = new AccessCells(calls, office.tokens());

        assertThat(cells.wrong(served)).isEmpty();

        assertThat(cells.checked()).isEqualTo(served.size() * cells.each());
        assertThat(served)
                .extracting(method -> method.getService().getName())
                .contains(
                        "AuditLogService",
                        "BookingService",
                        "BoxOfficeService",
                        "CatalogAdminService",
                        "GateService",
                        "HoldService",
                        "InventoryRepairService",
                        "PartnerFeedService",
                        "PresaleService",
                        "PrivacyService",
                        "RefundService",
                        "RiskService",
                        "TicketService");
    }

    @Test
    void whatIsSomebodyElsesLooksAsIfItDidNotExist() {
        // Given
        UUID event = office.event();
        List<MethodDescriptor> ofFans =
                served.stream().filter(method -> !aboutWebhooks(method)).toList();
        Owner alice = owner("alice", event, 0);
        Owner bob = owner("bob", event, 11);
        ForeignIds foreign = new ForeignIds(calls, office.tokens()::of, alice, bob, nothing(event));
        List<Object> before = standing(alice);

        // When
        List<String> reached = foreign.wronglyReached(ofFans);

        // Then
        assertThat(reached).isEmpty();
        assertThat(foreign.compared()).isGreaterThan(40);
        assertThat(standing(alice)).isEqualTo(before);
        assertThat(foreign.wronglyHidden(ofFans)).isEmpty();
    }

    @Test
    void aPartnersWebhookLooksToAnotherAsIfItDidNotExist() {
        // Given
        Map<String, String> tokens = new HashMap<>();
        Owner alice = partner("Alice", tokens);
        Owner bob = partner("Bob", tokens);
        List<String> ids = List.of(UUID.randomUUID().toString(), new UUID(0, 0).toString());
        ForeignIds foreign = new ForeignIds(
                calls, (role, account) -> tokens.getOrDefault(account, ""), alice, bob, Map.of("webhook_id", ids));
        List<MethodDescriptor> ofPartners =
                served.stream().filter(AccessIT::aboutWebhooks).toList();

        // When
        List<String> reached = foreign.wronglyReached(ofPartners);

        // Then
        assertThat(reached).isEmpty();
        assertThat(foreign.compared()).isEqualTo(8);
        assertThat(foreign.wronglyHidden(ofPartners)).isEmpty();
    }

    private static boolean aboutWebhooks(MethodDescriptor method) {
        return Contracts.row(method).getByList().contains("webhook_id");
    }

    /** A partner with a webhook; its token goes to the others. */
    private static Owner partner(String name, Map<String, String> tokens) {
        Calls operator = office.as(Role.OPERATOR, "olga");
        String partner = operator.call(
                        PartnerAdminServiceGrpcClient.CreatePartner,
                        CreatePartnerRequest.newBuilder()
                                .setRequestId(UUID.randomUUID().toString())
                                .setName(name)
                                .build())
                .getPartner()
                .getPartnerId();
        String key = operator.call(
                        PartnerAdminServiceGrpcClient.CreateApiKey,
                        CreateApiKeyRequest.newBuilder()
                                .setRequestId(UUID.randomUUID().toString())
                                .setPartnerId(partner)
                                .setScope(Scope.newBuilder().addAbilities(Ability.ABILITY_FEED))
                                .build())
                .getApiKey();
        ExchangeApiKeyResponse exchanged = office.withToken("")
                .with(Map.of("onsale-api-key", key))
                .call(PartnerTokenServiceGrpcClient.ExchangeApiKey, ExchangeApiKeyRequest.getDefaultInstance());
        tokens.put(exchanged.getAccount(), exchanged.getAccessToken());
        String webhook = office.withToken(exchanged.getAccessToken())
                .call(
                        PartnerWebhookServiceGrpcClient.CreateWebhook,
                        CreateWebhookRequest.newBuilder()
                                .setRequestId(UUID.randomUUID().toString())
                                .setUrl("http://127.0.0.1:9/hooks")
                                .build())
                .getWebhook()
                .getWebhookId();
        return new Owner(exchanged.getAccount(), Map.of("webhook_id", webhook));
    }

    /** A hold, a booking with three tickets of which one was given back, and the refund of that. */
    private static Owner owner(String account, UUID event, int firstSeat) {
        HoldRecord hold = office.hold(event, account, firstSeat, firstSeat + 1);
        Booking booking = office.settled(
                office.book(office.hold(event, account, firstSeat + 2, firstSeat + 3, firstSeat + 4), "tok_approve"));
        office.fan(account)
                .call(
                        BookingServiceGrpcClient.CancelBooking,
                        CancelBookingRequest.newBuilder()
                                .setRequestId(UUID.randomUUID().toString())
                                .setBookingId(booking.getBookingId())
                                .addTicketIds(booking.getItems(0).getTicketId())
                                .build());
        String refund = office.fan(account)
                .call(
                        RefundServiceGrpcClient.ListRefunds,
                        ListRefundsRequest.newBuilder()
                                .setBookingId(booking.getBookingId())
                                .build())
                .getRefunds(0)
                .getRefundId();
        return new Owner(
                account,
                Map.of(
                        "hold_id", hold.id().value(),
                        "booking_id", booking.getBookingId(),
                        "ticket_id", booking.getItems(1).getTicketId(),
                        "ticket_ids", booking.getItems(1).getTicketId(),
                        "refund_id", refund));
    }

    private static Map<String, List<String>> nothing(UUID event) {
        List<String> ids = List.of(UUID.randomUUID().toString(), new UUID(0, 0).toString());
        List<String> holds = List.of(
                HoldId.of(event, "alice", "another").value(),
                HoldId.of(UUID.randomUUID(), "alice", "another").value(),
                HoldId.of(draft(), "alice", "another").value(),
                "A".repeat(43));
        return Map.of(
                "hold_id",
                holds,
                "booking_id",
                ids,
                "ticket_id",
                ids,
                "ticket_ids",
                ids,
                "refund_id",
                ids,
                "webhook_id",
                ids);
    }

    /** An event that was never on sale. */
    private static UUID draft() {
        return UUID.fromString(
                new Shows(office.as(Role.OPERATOR, "olga")).draft().getEventId());
    }

    private static List<Object> standing(Owner owner) {
        Calls fan = office.fan(owner.account());
        Booking booking = office.booking(owner.account(), owner.thing("booking_id"));
        return List.of(
                fan.call(
                        HoldServiceGrpcClient.GetHold,
                        GetHoldRequest.newBuilder()
                                .setHoldId(owner.thing("hold_id"))
                                .build()),
                booking.getItemsList(),
                booking.getStatus(),
                fan.call(
                        TicketServiceGrpcClient.ListTickets,
                        ListTicketsRequest.newBuilder()
                                .setBookingId(booking.getBookingId())
                                .build()));
    }

    /** What a booking has and its request has not, sent with the request all the same. */
    @Test
    void fieldsThatAreOursToDecideChangeNothing() throws Exception {
        // Given
        UUID event = office.event();
        HoldRecord hold = office.hold(event, "mallory", 0);
        Booking wish = Booking.newBuilder()
                .setTotal(Shows.euros(1))
                .setCancelReason("x")
                .setTicketsIssued(true)
                .setVersion(99)
                .setRefunded(Shows.euros(4708))
                .build();

        // When
        Booking made = office.fan("mallory")
                .call(BookingServiceGrpcClient.CreateBooking, wishing(BoxOffice.checkout(hold, "tok_approve"), wish))
                .getBooking();

        // Then
        assertThat(made)
                .returns(BookingStatus.BOOKING_STATUS_PENDING, Booking::getStatus)
                .returns(false, Booking::getTicketsIssued)
                .returns("", Booking::getCancelReason)
                .returns(Shows.euros(0), Booking::getRefunded);
        assertThat(office.settled(made).getTotal()).isEqualTo(Shows.euros(4708));
        assertThat(office.taken(event)).isEqualTo(4708);
        // And: what is a field, and not the buyer's to decide
        assertThat(refused(office.hold(event, "mallory", 1), 1)).isEqualTo("FENCE_STALE");
        assertThat(office.fan("mallory")
                        .refused(
                                BookingServiceGrpcClient.CancelBooking,
                                CancelBookingRequest.newBuilder()
                                        .setRequestId(UUID.randomUUID().toString())
                                        .setBookingId(made.getBookingId())
                                        .setRefund(Shows.euros(4708))
                                        .build())
                        .reasonName())
                .isEqualTo("INVALID_FIELD");
    }

    /** Fields of a booking whose numbers the request does not use. */
    private static CreateBookingRequest wishing(CreateBookingRequest request, Booking wish)
            throws InvalidProtocolBufferException {
        return CreateBookingRequest.parseFrom(request.toByteString().concat(wish.toByteString()));
    }

    private static String refused(HoldRecord hold, long fence) {
        Refusal refusal = office.fan(hold.account())
                .refused(
                        BookingServiceGrpcClient.CreateBooking,
                        BoxOffice.checkout(hold, "tok_approve").toBuilder()
                                .setFence(fence)
                                .build());
        return refusal.reasonName();
    }
}
