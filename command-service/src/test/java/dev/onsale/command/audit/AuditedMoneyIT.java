package dev.onsale.command.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.onsale.command.BoxOffice;
import dev.onsale.command.Shows;
import dev.onsale.proto.audit.v1.AuditEntry;
import dev.onsale.proto.booking.v1.Booking;
import dev.onsale.proto.booking.v1.BookingServiceGrpcClient;
import dev.onsale.proto.booking.v1.BookingStatus;
import dev.onsale.proto.booking.v1.CancelBookingRequest;
import dev.onsale.proto.booking.v1.Refund;
import dev.onsale.proto.booking.v1.RefundBookingRequest;
import dev.onsale.proto.booking.v1.RefundServiceGrpcClient;
import dev.onsale.proto.booking.v1.RetryRefundRequest;
import dev.onsale.proto.booking.v1.SettleRefundRequest;
import dev.onsale.runtime.audit.AuditVerdict;
import dev.onsale.runtime.auth.Role;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every movement of money is noted once, and so is every override of support; never the fan's name. */
final class AuditedMoneyIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PRICE = 4_708;

    @RegisterExtension
    static final BoxOffice OFFICE = new BoxOffice().with("booking.refund-pause-first", "30m");

    private final String alice = "alice-" + UUID.randomUUID();
    private final Log log = new Log(OFFICE);
    private UUID eventId = new UUID(0, 0);

    @BeforeEach
    void openEvent() {
        eventId = OFFICE.event();
    }

    private Booking bought(String token, Integer... seats) {
        return OFFICE.settled(OFFICE.book(OFFICE.hold(eventId, alice, seats), token));
    }

    private List<AuditEntry> noted(String action) {
        return log.entries(request -> request.setEventId(eventId.toString()).setAction(action));
    }

    private static JsonObject details(AuditEntry entry) {
        return new JsonObject(entry.getDetails());
    }

    private AuditEntry one(String action) {
        return await().atMost(PATIENCE)
                .until(() -> noted(action), found -> !found.isEmpty())
                .getFirst();
    }

    @Test
    void notesThatMoneyWasTakenOnceForEachBooking() throws Exception {
        Booking booking = bought("tok_approve", 0, 1);

        AuditEntry taken = one("money/capture");

        assertThat(noted("money/capture")).hasSize(1);
        assertThat(taken.getActor()).isEmpty();
        assertThat(taken.getSubjectKind()).isEqualTo("payment");
        assertThat(taken.getSubjectId())
                .isEqualTo(OFFICE.text(
                        "SELECT payment_id FROM bookings WHERE id = $1", UUID.fromString(booking.getBookingId())));
        assertThat(details(taken))
                .isEqualTo(new JsonObject()
                        .put("amount_minor", 2 * PRICE)
                        .put("booking", booking.getBookingId())
                        .put("currency", "EUR"));
        assertThat(taken.getChain()).startsWith("command/money-");
        clean();
    }

    @Test
    void notesThatMoneyWentBackAfterABuyerCancelled() throws Exception {
        Booking booking = bought("tok_approve", 0);

        OFFICE.fan(alice)
                .call(
                        BookingServiceGrpcClient.CancelBooking,
                        CancelBookingRequest.newBuilder()
                                .setRequestId(Shows.requestId())
                                .setBookingId(booking.getBookingId())
                                .build());

        AuditEntry back = one("money/refund");
        assertThat(details(back).getLong("amount_minor")).isEqualTo(PRICE);
        assertThat(details(back).getString("booking")).isEqualTo(booking.getBookingId());
        assertThat(noted("onsale.booking.v1.BookingService/CancelBooking"))
                .as("what is theirs to do is no override")
                .isEmpty();
        clean();
    }

    @Test
    void notesThatMoneyWasLetGoOfWhenTheProviderRefusedToTakeIt() throws Exception {
        Booking booking = OFFICE.settled(OFFICE.book(OFFICE.hold(eventId, alice, 0), "tok_capture_refused"));
        assertThat(booking.getStatus()).isEqualTo(BookingStatus.BOOKING_STATUS_CANCELLED);

        AuditEntry gone = one("money/void");

        assertThat(details(gone).getString("booking")).isEqualTo(booking.getBookingId());
        assertThat(noted("money/capture")).isEmpty();
        assertThat(noted("money/void")).hasSize(1);
        clean();
    }

    @Test
    void notesWhatSupportGivesBackWithTheReasonOnceHoweverOftenItIsAsked() throws Exception {
        Booking booking = bought("tok_approve", 0, 1);
        CancelBookingRequest cancel = CancelBookingRequest.newBuilder()
                .setRequestId(Shows.requestId())
                .setBookingId(booking.getBookingId())
                .addTicketIds(booking.getItems(0).getTicketId())
                .setReason("Broken leg")
                .setRefund(Shows.euros(1_001))
                .build();
        RefundBookingRequest refund = RefundBookingRequest.newBuilder()
                .setRequestId(Shows.requestId())
                .setBookingId(booking.getBookingId())
                .setAmount(Shows.euros(500))
                .setReason("The view was bad")
                .build();
        for (int i = 0; i < 2; i++) {
            OFFICE.as(Role.SUPPORT, "sue").call(BookingServiceGrpcClient.CancelBooking, cancel);
            OFFICE.as(Role.SUPPORT, "sue").call(RefundServiceGrpcClient.RefundBooking, refund);
        }

        List<AuditEntry> cancelled = noted("onsale.booking.v1.BookingService/CancelBooking");
        List<AuditEntry> refunded = noted("onsale.booking.v1.RefundService/RefundBooking");

        assertThat(cancelled).singleElement().satisfies(entry -> {
            assertThat(entry.getActor()).isEqualTo("sue");
            assertThat(entry.getRoles()).isEqualTo("support");
            assertThat(entry.getReason()).isEqualTo("Broken leg");
            assertThat(entry.getSubjectId()).isEqualTo(booking.getBookingId());
            assertThat(details(entry).getLong("refund_minor")).isEqualTo(1_001);
            assertThat(details(entry).getLong("fee_kept_minor")).isEqualTo(PRICE - 1_001);
        });
        assertThat(refunded)
                .singleElement()
                .satisfies(entry ->
                        assertThat(details(entry).getLong("refund_minor")).isEqualTo(500));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(noted("money/refund")).hasSize(2));
        clean();
    }

    @Test
    void notesThatARefundWasTriedAgainAndThatItWasSettled() throws Exception {
        Booking booking = bought("tok_refund_refused", 0);
        Refund refund = OFFICE.as(Role.SUPPORT, "sue")
                .call(
                        RefundServiceGrpcClient.RefundBooking,
                        RefundBookingRequest.newBuilder()
                                .setRequestId(Shows.requestId())
                                .setBookingId(booking.getBookingId())
                                .setAmount(Shows.euros(500))
                                .setReason("Goodwill")
                                .build())
                .getRefund();
        UUID id = UUID.fromString(refund.getRefundId());
        stuck(id);
        RetryRefundRequest retry = RetryRefundRequest.newBuilder()
                .setRequestId(Shows.requestId())
                .setRefundId(refund.getRefundId())
                .build();
        SettleRefundRequest settle = SettleRefundRequest.newBuilder()
                .setRequestId(Shows.requestId())
                .setRefundId(refund.getRefundId())
                .setSettlement("bank transfer 2026-114")
                .build();

        OFFICE.as(Role.OPERATOR, "olga").call(RefundServiceGrpcClient.RetryRefund, retry);
        OFFICE.as(Role.OPERATOR, "olga").call(RefundServiceGrpcClient.RetryRefund, retry);
        await().atMost(PATIENCE).ignoreExceptions().until(() -> {
            stuck(id); // Again, if a try that was under way has just written something else.
            OFFICE.as(Role.SUPPORT, "sue").call(RefundServiceGrpcClient.SettleRefund, settle);
            return true;
        });
        OFFICE.as(Role.SUPPORT, "sue").call(RefundServiceGrpcClient.SettleRefund, settle);

        List<AuditEntry> entries = log.entries(request -> request.setSubjectId(refund.getRefundId()));
        assertThat(entries)
                .extracting(AuditEntry::getAction)
                .containsExactly(
                        "onsale.booking.v1.RefundService/SettleRefund", "onsale.booking.v1.RefundService/RetryRefund");
        assertThat(entries.getFirst().getReason()).isEqualTo("bank transfer 2026-114");
        assertThat(noted("money/refund")).as("not by us").isEmpty();
        clean();
    }

    /** As after days of refusals. */
    private static void stuck(UUID refund) {
        await().atMost(PATIENCE)
                .until(() -> OFFICE.text("SELECT refusal FROM cancellations WHERE id = $1", refund)
                        .equals("insufficient_balance"));
        OFFICE.sql(
                "UPDATE cancellations SET state = 'stuck', stuck_at = now() - interval '1 hour' WHERE id = $1", refund);
    }

    @Test
    void anErasureForgetsReasonsAndTheChainStaysWhole() throws Exception {
        Booking booking = bought("tok_approve", 0);
        OFFICE.as(Role.SUPPORT, "sue")
                .call(
                        RefundServiceGrpcClient.RefundBooking,
                        RefundBookingRequest.newBuilder()
                                .setRequestId(Shows.requestId())
                                .setBookingId(booking.getBookingId())
                                .setAmount(Shows.euros(500))
                                .setReason("Spoke with " + alice)
                                .build());
        one("money/refund");

        String removed = OFFICE.text("SELECT erase_account($1, $2) ->> 'reasons'", alice, "erased-" + alice.hashCode());

        assertThat(removed).isEqualTo("1");
        AuditEntry entry = one("onsale.booking.v1.RefundService/RefundBooking");
        assertThat(entry.getReason()).isEmpty();
        assertThat(entry.getReasonDigest()).hasSize(64);
        assertThat(OFFICE.count(
                        "SELECT count(*) FROM audit_log l LEFT JOIN audit_reasons r USING (chain, seq)"
                                + " WHERE l::text LIKE $1 OR r::text LIKE $1",
                        "%" + alice + "%"))
                .isZero();
        AuditVerdict verdict = log.verdict();
        assertThat(verdict.problems()).isEmpty();
        assertThat(verdict.chains()).anyMatch(chain -> chain.forgotten() > 0);
    }

    private void clean() throws Exception {
        assertThat(OFFICE.count("SELECT count(*) FROM audit_log WHERE audit_log::text LIKE $1", "%" + alice + "%"))
                .as("no account of a fan is in the log")
                .isZero();
        assertThat(log.verdict().problems()).isEmpty();
    }
}
