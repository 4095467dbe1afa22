package dev.onsale.command.booking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.onsale.command.BoxOffice;
import dev.onsale.command.Shows;
import dev.onsale.proto.booking.v1.Booking;
import dev.onsale.proto.booking.v1.BookingServiceGrpcClient;
import dev.onsale.proto.booking.v1.BookingStatus;
import dev.onsale.proto.booking.v1.CancelBookingRequest;
import dev.onsale.proto.booking.v1.ListRefundsRequest;
import dev.onsale.proto.booking.v1.Refund;
import dev.onsale.proto.booking.v1.RefundServiceGrpcClient;
import dev.onsale.proto.booking.v1.RefundState;
import dev.onsale.proto.booking.v1.RetryRefundRequest;
import dev.onsale.proto.booking.v1.SettleRefundRequest;
import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.runtime.auth.Role;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Refunds that the provider refuses or does not answer for. Time is moved: nobody waits for days. */
final class StuckRefundIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @RegisterExtension
    static final BoxOffice OFFICE = new BoxOffice().with("booking.refund-pause-first", "30m");

    private final String alice = "alice-" + UUID.randomUUID();
    private UUID eventId = new UUID(0, 0);

    @BeforeEach
    void openEvent() {
        eventId = OFFICE.event();
    }

    @Test
    void theSeatIsOnSaleAgainWhileTheProviderRefuses() throws Exception {
        Booking booking = bought("tok_refund_refused", 0);

        cancel(booking);
        Refund refused = refund(booking, refund -> !refund.getRefusal().isEmpty());

        assertThat(refused.getState()).isEqualTo(RefundState.REFUND_STATE_PENDING);
        assertThat(refused.getRefusal()).isEqualTo("insufficient_balance");
        Booking now = OFFICE.booking(alice, booking.getBookingId());
        assertThat(now.getStatus()).isEqualTo(BookingStatus.BOOKING_STATUS_CANCELLED);
        assertThat(now.getRefundState()).isEqualTo(RefundState.REFUND_STATE_PENDING);
        assertThat(now.getRefunded().getUnits()).isZero();
        assertThat(OFFICE.settled(OFFICE.book(OFFICE.hold(eventId, "bob-" + alice, 0), "tok_approve"))
                        .getStatus())
                .isEqualTo(BookingStatus.BOOKING_STATUS_CONFIRMED);
        assertThat(OFFICE.taken(eventId)).isEqualTo(2 * 4_708);
        String payment =
                OFFICE.text("SELECT payment_id FROM bookings WHERE id = $1", UUID.fromString(booking.getBookingId()));
        assertThat(OFFICE.ledgerLines().stream()
                        .filter(line -> line.contains(payment) && line.contains("insufficient_balance")))
                .as("the news of a refusal is no reason to try again at once")
                .hasSize(1);
    }

    @Test
    void isTriedForDaysThenShownThenTriedAgainWhenSomebodySaysSoAndIsPaidOnce() throws Exception {
        Booking booking = bought("tok_refund_refused_twice", 0, 1);
        cancel(booking);
        Refund refused = refund(booking, refund -> !refund.getRefusal().isEmpty());

        triedFor(refused, Duration.ofDays(8));
        Refund stuck = refund(booking, refund -> refund.getState() == RefundState.REFUND_STATE_STUCK);

        assertThat(stuck.hasStuckTime()).isTrue();
        assertThat(OFFICE.booking(alice, booking.getBookingId()).getRefundState())
                .isEqualTo(RefundState.REFUND_STATE_STUCK);
        assertThat(listed(RefundState.REFUND_STATE_STUCK)).contains(stuck.getRefundId());
        assertThat(OFFICE.audit(eventId).clean()).isFalse();
        due(stuck);
        assertThat(refund(booking, refund -> true).getState())
                .as("nothing is tried until somebody says so: the third time it would work")
                .isEqualTo(RefundState.REFUND_STATE_STUCK);

        RetryRefundRequest retry = retry(stuck);
        Refund again = OFFICE.as(Role.OPERATOR, "olga")
                .call(RefundServiceGrpcClient.RetryRefund, retry)
                .getRefund();
        assertThat(again.getState()).isEqualTo(RefundState.REFUND_STATE_PENDING);
        refund(booking, refund -> refund.getState() == RefundState.REFUND_STATE_DONE);

        OFFICE.auditedClean(eventId);
        assertThat(OFFICE.taken(eventId)).isZero();
        assertThat(listed(RefundState.REFUND_STATE_STUCK)).doesNotContain(stuck.getRefundId());
        assertThat(OFFICE.as(Role.OPERATOR, "olga")
                        .call(RefundServiceGrpcClient.RetryRefund, retry)
                        .getRefund())
                .isEqualTo(again);
        assertThat(OFFICE.as(Role.SUPPORT, "sue")
                        .refused(RefundServiceGrpcClient.RetryRefund, retry(stuck))
                        .reason())
                .isEqualTo(ErrorReason.ERROR_REASON_PAYMENT_STATE);
    }

    @Test
    void canBePaidAnotherWayAndIsThenNotTriedAnyMore() throws Exception {
        Booking booking = bought("tok_refund_refused_twice", 0, 1);
        cancel(booking);
        Refund refused = refund(booking, refund -> !refund.getRefusal().isEmpty());
        assertThat(notSettled(settle(refused), "sue")).isEqualTo(ErrorReason.ERROR_REASON_PAYMENT_STATE);
        triedFor(refused, Duration.ofDays(8));
        Refund stuck = refund(booking, refund -> refund.getState() == RefundState.REFUND_STATE_STUCK);
        assertThat(notSettled(settle(stuck), "sue"))
                .as("a call about it may still be on its way")
                .isEqualTo(ErrorReason.ERROR_REASON_PAYMENT_STATE);
        stuckFor(stuck, Duration.ofMinutes(4));
        assertThat(notSettled(settle(stuck), alice))
                .as("not of one's own bookings, whoever one is")
                .isEqualTo(ErrorReason.ERROR_REASON_RESOURCE_NOT_FOUND);

        SettleRefundRequest request = settle(stuck);
        Refund settled = OFFICE.as(Role.SUPPORT, "sue")
                .call(RefundServiceGrpcClient.SettleRefund, request)
                .getRefund();

        assertThat(settled.getState()).isEqualTo(RefundState.REFUND_STATE_DONE);
        assertThat(settled.getSettlement()).isEqualTo("bank transfer 2026-114");
        assertThat(settled.getSettledBy()).isEqualTo("sue");
        assertThat(OFFICE.as(Role.SUPPORT, "sue")
                        .call(RefundServiceGrpcClient.SettleRefund, request)
                        .getRefund())
                .isEqualTo(settled);
        String saga = "SELECT count(*) FROM sagas WHERE subject_id = $1 AND kind = 'giving-back' AND state <> 'done'";
        await().atMost(PATIENCE)
                .until(() ->
                        OFFICE.text(saga, UUID.fromString(stuck.getRefundId())).equals("0"));
        assertThat(notSettled(settle(stuck), "sue")).isEqualTo(ErrorReason.ERROR_REASON_PAYMENT_STATE);
        assertThat(OFFICE.as(Role.OPERATOR, "olga")
                        .refused(RefundServiceGrpcClient.RetryRefund, retry(stuck))
                        .reason())
                .as("the provider would pay a second time")
                .isEqualTo(ErrorReason.ERROR_REASON_PAYMENT_STATE);
        OFFICE.auditedClean(eventId);
        assertThat(OFFICE.taken(eventId)).as("the provider still has the money").isEqualTo(2 * 4_708);
        assertThat(OFFICE.booking(alice, booking.getBookingId()).getRefunded().getUnits())
                .as("and the buyer has it back")
                .isEqualTo(94);
    }

    @Test
    void isTriedAgainByItselfBeforeThat() throws Exception {
        Booking booking = bought("tok_refund_refused_twice", 0);
        cancel(booking);
        Refund refused = refund(booking, refund -> !refund.getRefusal().isEmpty());

        triedFor(refused, Duration.ofDays(6));
        assertThat(refund(booking, refund -> true).getState()).isEqualTo(RefundState.REFUND_STATE_PENDING);
        OFFICE.sql(
                "UPDATE sagas SET next_run_at = now() WHERE subject_id = $1", UUID.fromString(refused.getRefundId()));

        refund(booking, refund -> refund.getState() == RefundState.REFUND_STATE_DONE);
        OFFICE.auditedClean(eventId);
        assertThat(OFFICE.taken(eventId)).isZero();
    }

    @Test
    void countsTheStuckOnes() throws Exception {
        Booking booking = bought("tok_refund_refused", 0);
        cancel(booking);
        Refund refused = refund(booking, refund -> !refund.getRefusal().isEmpty());

        triedFor(refused, Duration.ofDays(8));
        refund(booking, refund -> refund.getState() == RefundState.REFUND_STATE_STUCK);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(OFFICE.metrics().lines())
                        .anyMatch(line -> line.startsWith("onsale_refunds_stuck") && !line.endsWith(" 0.0")));
    }

    @Test
    void waitsForAnAdapterThatIsAwayWithTheSeatsOnSaleAlready() throws Exception {
        Booking booking = bought("tok_approve", 0, 1);
        OFFICE.stopPayment();
        try {
            cancel(booking);
            await().atMost(PATIENCE)
                    .until(() -> OFFICE.booking(alice, booking.getBookingId()).getStatus()
                            == BookingStatus.BOOKING_STATUS_CANCELLED);
            OFFICE.hold(eventId, "bob-" + alice, 0, 1);
        } finally {
            OFFICE.startPayment();
        }

        refund(booking, refund -> refund.getState() == RefundState.REFUND_STATE_DONE);
        OFFICE.auditedClean(eventId);
        assertThat(OFFICE.taken(eventId)).isZero();
    }

    @Test
    void lostAnswersAndErrorsOfTheProviderEndInOneRefund() throws Exception {
        Booking lost = bought("tok_refund_lost_answer", 0);
        Booking failing = bought("tok_refund_fails_20", 1);

        cancel(lost);
        cancel(failing);

        refund(lost, refund -> refund.getState() == RefundState.REFUND_STATE_DONE);
        await().atMost(PATIENCE.multipliedBy(3))
                .untilAsserted(() -> assertThat(
                                OFFICE.booking(alice, failing.getBookingId()).getRefundState())
                        .isEqualTo(RefundState.REFUND_STATE_DONE));
        OFFICE.auditedClean(eventId);
        assertThat(OFFICE.taken(eventId)).isZero();
    }

    /** The refund has been tried for so long, and is tried now. */
    private static void triedFor(Refund refund, Duration time) {
        UUID id = UUID.fromString(refund.getRefundId());
        OFFICE.sql(
                "UPDATE cancellations SET tried_since = now() - $2::bigint * interval '1 millisecond' WHERE id = $1",
                id,
                time.toMillis());
        due(refund);
    }

    /** Makes the saga look now, and waits until it has. */
    private static void due(Refund refund) {
        UUID id = UUID.fromString(refund.getRefundId());
        String attempts = "SELECT attempt FROM sagas WHERE subject_id = $1 AND kind = 'giving-back' AND owner IS NULL";
        int before = await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> Integer.parseInt(OFFICE.text(attempts, id)), found -> true);
        OFFICE.sql("UPDATE sagas SET next_run_at = now() WHERE subject_id = $1 AND kind = 'giving-back'", id);
        await().atMost(PATIENCE).ignoreExceptions().until(() -> Integer.parseInt(OFFICE.text(attempts, id)) > before);
    }

    private Booking bought(String token, Integer... seats) {
        return OFFICE.settled(OFFICE.book(OFFICE.hold(eventId, alice, seats), token));
    }

    private void cancel(Booking booking) {
        OFFICE.fan(alice)
                .call(
                        BookingServiceGrpcClient.CancelBooking,
                        CancelBookingRequest.newBuilder()
                                .setRequestId(Shows.requestId())
                                .setBookingId(booking.getBookingId())
                                .build());
    }

    private static ErrorReason notSettled(SettleRefundRequest request, String support) {
        return OFFICE.as(Role.SUPPORT, support)
                .refused(RefundServiceGrpcClient.SettleRefund, request)
                .reason();
    }

    private static SettleRefundRequest settle(Refund refund) {
        return SettleRefundRequest.newBuilder()
                .setRequestId(Shows.requestId())
                .setRefundId(refund.getRefundId())
                .setSettlement("bank transfer 2026-114")
                .build();
    }

    private static void stuckFor(Refund refund, Duration time) {
        OFFICE.sql(
                "UPDATE cancellations SET stuck_at = now() - $2::bigint * interval '1 millisecond' WHERE id = $1",
                UUID.fromString(refund.getRefundId()),
                time.toMillis());
    }

    private static RetryRefundRequest retry(Refund refund) {
        return RetryRefundRequest.newBuilder()
                .setRequestId(Shows.requestId())
                .setRefundId(refund.getRefundId())
                .build();
    }

    private static Refund refund(Booking booking, Predicate<Refund> arrived) {
        ListRefundsRequest request = ListRefundsRequest.newBuilder()
                .setBookingId(booking.getBookingId())
                .build();
        return await().atMost(PATIENCE)
                .until(
                        () -> OFFICE.as(Role.SUPPORT, "sue")
                                .call(RefundServiceGrpcClient.ListRefunds, request)
                                .getRefunds(0),
                        arrived);
    }

    private static List<String> listed(RefundState state) {
        return OFFICE
                .as(Role.OPERATOR, "olga")
                .call(
                        RefundServiceGrpcClient.ListRefunds,
                        ListRefundsRequest.newBuilder()
                                .setState(state)
                                .setPageSize(200)
                                .build())
                .getRefundsList()
                .stream()
                .map(Refund::getRefundId)
                .toList();
    }
}
