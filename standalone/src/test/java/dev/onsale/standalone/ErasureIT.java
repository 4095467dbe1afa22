package dev.onsale.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.onsale.proto.booking.v1.Booking;
import dev.onsale.proto.booking.v1.BookingServiceGrpcClient;
import dev.onsale.proto.booking.v1.CancelBookingRequest;
import dev.onsale.proto.booking.v1.Contact;
import dev.onsale.proto.booking.v1.CreateBookingRequest;
import dev.onsale.proto.booking.v1.GetBookingRequest;
import dev.onsale.proto.inventory.v1.BestAvailable;
import dev.onsale.proto.inventory.v1.CreateHoldRequest;
import dev.onsale.proto.inventory.v1.Hold;
import dev.onsale.proto.inventory.v1.HoldServiceGrpcClient;
import dev.onsale.proto.privacy.v1.EraseAccountRequest;
import dev.onsale.proto.privacy.v1.ErasedPart;
import dev.onsale.proto.privacy.v1.Erasure;
import dev.onsale.proto.privacy.v1.ErasureState;
import dev.onsale.proto.privacy.v1.GetErasureRequest;
import dev.onsale.proto.privacy.v1.PrivacyServiceGrpcClient;
import dev.onsale.proto.ticket.v1.ListTicketsRequest;
import dev.onsale.proto.ticket.v1.TicketServiceGrpcClient;
import dev.onsale.proto.ticket.v1.TransferTicketRequest;
import dev.onsale.runtime.audit.AuditVerifier;
import dev.onsale.runtime.auth.Role;
import dev.onsale.runtime.auth.TokenIssuer;
import dev.onsale.runtime.rpc.RpcClient;
import dev.onsale.runtime.rpc.RpcClientConfig;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody with a booking, a refund, a transfer and a hold is forgotten: no store of the whole system knows of them any more. */
class ErasureIT {
    private static final Duration WITHIN = Duration.ofSeconds(60);
    private static final String CANARY = "canary" + UUID.randomUUID().toString().replace("-", "");

    @Test
    void nothingIsLeftOfAnErasedAccountAnywhereWithinAMinute(@TempDir Path data) throws Exception {
        Vertx vertx = Vertx.vertx();
        LocalSystem system = new LocalSystem(data, PortPlan.parse("0"));
        Endpoints endpoints = system.start();
        try (Canaries canaries = new Canaries(endpoints)) {
            People people = new People(vertx, data, endpoints);
            Booking kept = people.bought(CANARY, 3);
            people.givesBackOne(CANARY, kept);
            people.passesOn(CANARY, "somebody-else", kept);
            people.holds(CANARY, 2);
            await().atMost(WITHIN)
                    .untilAsserted(() -> assertThat(canaries.found(CANARY))
                            .as("they are everywhere before")
                            .contains(
                                    "postgresql public.bookings",
                                    "postgresql public.activity",
                                    "postgresql payment.payments",
                                    "elasticsearch bookings")
                            .anyMatch(place -> place.startsWith("redis")));

            Erasure begun = people.erase(CANARY);

            assertThat(begun.getState()).isEqualTo(ErasureState.ERASURE_STATE_RUNNING);
            await().atMost(WITHIN)
                    .pollInterval(Duration.ofSeconds(1))
                    .untilAsserted(() -> assertThat(canaries.found(CANARY)).isEmpty());
            Erasure done = await().atMost(WITHIN)
                    .until(() -> people.erasure(begun), found -> found.getState() == ErasureState.ERASURE_STATE_DONE);
            assertThat(done.getDigest()).hasSize(64);
            assertThat(done.getPartsList())
                    .filteredOn(part -> part.getCount() > 0)
                    .extracting(ErasedPart::getWhat)
                    .contains(
                            "bookings",
                            "tickets",
                            "transfers",
                            "cancellations",
                            "activity",
                            "holds",
                            "changes",
                            "payment tokens");
            assertThat(canaries.bookings(done.getPseudonym()))
                    .as("what was sold and given back stays")
                    .isEqualTo(1);
            assertThat(noted(endpoints, done))
                    .as("the audit log has that it began and that it ended, and is whole")
                    .containsExactly("onsale.privacy.v1.PrivacyService/EraseAccount", "privacy/erased");
            assertThat(people.bought("another-fan", 1).getTicketsIssued())
                    .as("and the sale goes on")
                    .isTrue();
        } finally {
            system.stop();
            vertx.close().await();
        }
    }

    private static List<String> noted(Endpoints endpoints, Erasure erasure) throws SQLException {
        List<String> acts = new ArrayList<>();
        try (Connection owner =
                DriverManager.getConnection(endpoints.jdbcUrl(), endpoints.user(), endpoints.password())) {
            var verdict = new AuditVerifier(owner)
                    .showing(entry -> {
                        if (Set.of(erasure.getErasureId(), erasure.getAccountHash())
                                        .contains(entry.subjectId())
                                && entry.chain().equals("command/admin")) {
                            acts.add(entry.action());
                        }
                    })
                    .run();
            assertThat(verdict.problems()).isEmpty();
        }
        return acts;
    }

    /** What people do with the system. */
    private record People(RpcClient command, TokenIssuer issuer, String event) {
        People(Vertx vertx, Path data, Endpoints endpoints) {
            this(
                    RpcClient.anonymous(
                            vertx,
                            new RpcClientConfig(
                                    "command",
                                    "127.0.0.1",
                                    endpoints.port(Listener.COMMAND),
                                    Duration.ofSeconds(20),
                                    Duration.ofSeconds(2))),
                    TokenIssuer.open(DataOption.issuer(data)),
                    endpoints.eventId());
        }

        private RpcClient as(Role role, String account) {
            return command.as(issuer.issue(account, Set.of(role), Duration.ofHours(1)));
        }

        Hold holds(String account, int seats) {
            return as(Role.FAN, account)
                    .call(
                            HoldServiceGrpcClient.CreateHold,
                            CreateHoldRequest.newBuilder()
                                    .setRequestId(UUID.randomUUID().toString())
                                    .setEventId(event)
                                    .setBestAvailable(BestAvailable.newBuilder().setQuantity(seats))
                                    .build())
                    .await()
                    .getHold();
        }

        Booking bought(String account, int seats) {
            Hold hold = holds(account, seats);
            Booking booking = as(Role.FAN, account)
                    .call(
                            BookingServiceGrpcClient.CreateBooking,
                            CreateBookingRequest.newBuilder()
                                    .setRequestId(UUID.randomUUID().toString())
                                    .setHoldId(hold.getHoldId())
                                    .setFence(hold.getFence())
                                    .setPaymentToken("tok_approve_" + account)
                                    .setContact(Contact.newBuilder()
                                            .setName("The " + account)
                                            .setEmail(account + "@example.org")
                                            .setPhone("+49 421 123456"))
                                    .build())
                    .await()
                    .getBooking();
            return await().atMost(WITHIN).until(() -> booking(account, booking), Booking::getTicketsIssued);
        }

        private Booking booking(String account, Booking booking) {
            GetBookingRequest request = GetBookingRequest.newBuilder()
                    .setBookingId(booking.getBookingId())
                    .build();
            return as(Role.FAN, account)
                    .call(BookingServiceGrpcClient.GetBooking, request)
                    .await()
                    .getBooking();
        }

        void givesBackOne(String account, Booking booking) {
            as(Role.FAN, account)
                    .call(
                            BookingServiceGrpcClient.CancelBooking,
                            CancelBookingRequest.newBuilder()
                                    .setRequestId(UUID.randomUUID().toString())
                                    .setBookingId(booking.getBookingId())
                                    .addTicketIds(booking.getItems(0).getTicketId())
                                    .setReason(account + " says so")
                                    .build())
                    .await();
        }

        void passesOn(String account, String to, Booking booking) {
            as(Role.FAN, account)
                    .call(
                            TicketServiceGrpcClient.TransferTicket,
                            TransferTicketRequest.newBuilder()
                                    .setRequestId(UUID.randomUUID().toString())
                                    .addTicketIds(booking.getItems(1).getTicketId())
                                    .setRecipientAccount(to)
                                    .build())
                    .await();
            assertThat(as(Role.FAN, to)
                            .call(
                                    TicketServiceGrpcClient.ListTickets,
                                    ListTicketsRequest.newBuilder()
                                            .setEventId(event)
                                            .build())
                            .await()
                            .getTicketsCount())
                    .isEqualTo(1);
        }

        /** Asks again while something is under way: a letter, a refund. */
        Erasure erase(String account) {
            EraseAccountRequest order = order(account);
            return await().atMost(WITHIN)
                    .ignoreExceptions()
                    .until(
                            () -> as(Role.OPERATOR, "olga")
                                    .call(PrivacyServiceGrpcClient.EraseAccount, order)
                                    .await()
                                    .getErasure(),
                            begun -> true);
        }

        private static EraseAccountRequest order(String account) {
            return EraseAccountRequest.newBuilder()
                    .setRequestId(UUID.randomUUID().toString())
                    .setAccount(account)
                    .setReason("asked for it")
                    .build();
        }

        Erasure erasure(Erasure begun) {
            GetErasureRequest request = GetErasureRequest.newBuilder()
                    .setErasureId(begun.getErasureId())
                    .build();
            return as(Role.OPERATOR, "olga")
                    .call(PrivacyServiceGrpcClient.GetErasure, request)
                    .await()
                    .getErasure();
        }
    }
}
