package dev.onsale.command.booking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.onsale.command.BoxOffice;
import dev.onsale.command.Shows;
import dev.onsale.proto.booking.v1.Booking;
import dev.onsale.proto.booking.v1.BookingServiceGrpcClient;
import dev.onsale.proto.booking.v1.BookingStatus;
import dev.onsale.proto.booking.v1.CancelBookingRequest;
import dev.onsale.proto.booking.v1.Cancellation;
import dev.onsale.proto.booking.v1.ListCancellationsRequest;
import dev.onsale.proto.booking.v1.ListRefundsRequest;
import dev.onsale.proto.booking.v1.QuoteRefundRequest;
import dev.onsale.proto.booking.v1.Refund;
import dev.onsale.proto.booking.v1.RefundBookingRequest;
import dev.onsale.proto.booking.v1.RefundServiceGrpcClient;
import dev.onsale.proto.booking.v1.RefundState;
import dev.onsale.proto.booking.v1.RetryRefundRequest;
import dev.onsale.proto.catalog.v1.RefundPolicy;
import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.runtime.auth.Role;
import dev.onsale.runtime.error.Refusal;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What support gives back, who may do that, and that nobody can give more than was paid. */
final class SupportRefundIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PRICE = 4_708;

    @RegisterExtension
    static final BoxOffice OFFICE = new BoxOffice();

    private final String alice = "alice-" + UUID.randomUUID();
    private UUID eventId = new UUID(0, 0);
    private Booking booking = Booking.getDefaultInstance();

    /** Nothing can be given back by the fan: all that happens here is support's. */
    @BeforeEach
    void buyTwo() {
        eventId = OFFICE.event(request -> request.setRefundPolicy(RefundPolicy.getDefaultInstance()));
        booking = OFFICE.settled(OFFICE.book(OFFICE.hold(eventId, alice, 0, 1), "tok_approve"));
    }

    @Test
    void overridesThePolicyWithAReasonAndAnAmount() throws Exception {
        CancelBookingRequest cancel = cancel().setReason("Broken leg")
                .addTicketIds(booking.getItems(0).getTicketId())
                .setRefund(Shows.euros(1_001))
                .build();

        Cancellation given = OFFICE.as(Role.SUPPORT, "sue")
                .call(BookingServiceGrpcClient.CancelBooking, cancel)
                .getCancellation();
        OFFICE.as(Role.SUPPORT, "sue").call(BookingServiceGrpcClient.CancelBooking, cancel);

        assertThat(given.getRefund()).isEqualTo(Shows.euros(1_001));
        assertThat(given.getFeeKept()).isEqualTo(Shows.euros(PRICE - 1_001));
        assertThat(given.getCause()).isEqualTo("CANCELLED_BY_SUPPORT");
        refunded(1_001);
        assertThat(OFFICE.taken(eventId)).isEqualTo(2 * PRICE - 1_001);
        OFFICE.as(Role.SUPPORT, "sue")
                .call(
                        BookingServiceGrpcClient.CancelBooking,
                        cancel().setReason("Again").build());
        refunded(1_001 + PRICE);
        OFFICE.auditedClean(eventId);
        assertThat(OFFICE.taken(eventId)).isEqualTo(PRICE - 1_001);
    }

    @Test
    void givesMoneyBackWithoutTakingTicketsAndNeverMoreThanWasPaid() throws Exception {
        RefundBookingRequest request = refund(2_000);

        Refund first = OFFICE.as(Role.SUPPORT, "sue")
                .call(RefundServiceGrpcClient.RefundBooking, request)
                .getRefund();
        Refund again = OFFICE.as(Role.SUPPORT, "sue")
                .call(RefundServiceGrpcClient.RefundBooking, request)
                .getRefund();
        Refusal tooMuch = OFFICE.as(Role.SUPPORT, "sue")
                .refused(RefundServiceGrpcClient.RefundBooking, refund(2 * PRICE - 1_999));

        assertThat(again).isEqualTo(first);
        assertThat(tooMuch.reason()).isEqualTo(ErrorReason.ERROR_REASON_PAYMENT_STATE);
        assertThat(tooMuch.metadata()).containsEntry("left_minor", Integer.toString(2 * PRICE - 2_000));
        refunded(2_000);
        Booking now = OFFICE.booking(alice, booking.getBookingId());
        assertThat(now.getStatus()).isEqualTo(BookingStatus.BOOKING_STATUS_CONFIRMED);
        assertThat(now.getItemsList()).noneMatch(item -> item.getGivenBack());
        Cancellation rest = OFFICE.as(Role.SUPPORT, "sue")
                .call(
                        BookingServiceGrpcClient.CancelBooking,
                        cancel().setReason("All of it").build())
                .getCancellation();
        assertThat(rest.getRefund()).isEqualTo(Shows.euros(2 * PRICE - 2_000));
        refunded(2 * PRICE);
        OFFICE.auditedClean(eventId);
        assertThat(OFFICE.taken(eventId)).isZero();
    }

    @Test
    void manyAtOnceNeverGiveMoreThanWasPaid() throws Exception {
        int each = PRICE / 2;
        List<Future<?>> calls = new ArrayList<>();
        IntStream.range(0, 12)
                .forEach(i -> calls.add(
                        OFFICE.as(Role.SUPPORT, "sue-" + i).send(RefundServiceGrpcClient.RefundBooking, refund(each))));
        BoxOffice.await(Future.join(calls).transform(done -> Future.succeededFuture()));

        assertThat(calls.stream().filter(Future::succeeded)).hasSize(4);
        refunded(4 * each);
        OFFICE.auditedClean(eventId);
        assertThat(OFFICE.taken(eventId)).isEqualTo(2 * PRICE - 4 * each);
    }

    @Test
    void theDatabaseItselfRefusesMoreThanWasPaidAndATicketTwice() {
        UUID id = UUID.fromString(booking.getBookingId());
        String insert = "INSERT INTO cancellations (id, booking_id, cause, actor, refund, fee_kept)"
                + " VALUES ($1, $2, 'X', 'nobody', $3, 0)";
        String item = "INSERT INTO cancelled_items VALUES ($1, $2::int::smallint, $3, 0, 0)";
        UUID first = UUID.randomUUID();
        UUID second = UUID.randomUUID();

        assertThatThrownBy(() -> OFFICE.sql(insert, UUID.randomUUID(), id, 2L * PRICE + 1))
                .hasMessageContaining("check constraint");
        OFFICE.sql(insert, first, id, 1L * PRICE);
        assertThatThrownBy(() -> OFFICE.sql(insert, UUID.randomUUID(), id, PRICE + 1L))
                .hasMessageContaining("check constraint");
        OFFICE.sql(insert, second, id, 0L);
        OFFICE.sql(item, id, 1, first);
        assertThatThrownBy(() -> OFFICE.sql(item, id, 1, second)).hasMessageContaining("cancelled_items_pkey");
        assertThatThrownBy(() -> OFFICE.sql("UPDATE cancellations SET refund = 1 WHERE id = $1", first))
                .hasMessageContaining("permission denied");
        assertThatThrownBy(() -> OFFICE.sql("DELETE FROM cancelled_items WHERE booking_id = $1", id))
                .hasMessageContaining("permission denied");
    }

    @Test
    void keepsWhoAndWhyForSupportAndNotForTheBuyer() {
        OFFICE.as(Role.SUPPORT, "sue")
                .call(
                        BookingServiceGrpcClient.CancelBooking,
                        cancel().setReason("Called us twice").build());
        ListCancellationsRequest list = ListCancellationsRequest.newBuilder()
                .setBookingId(booking.getBookingId())
                .build();
        ListRefundsRequest refunds = ListRefundsRequest.newBuilder()
                .setBookingId(booking.getBookingId())
                .build();

        Cancellation inside = OFFICE.as(Role.SUPPORT, "sam")
                .call(RefundServiceGrpcClient.ListCancellations, list)
                .getCancellations(0);
        Cancellation outside = OFFICE.fan(alice)
                .call(RefundServiceGrpcClient.ListCancellations, list)
                .getCancellations(0);
        Refund theirs = OFFICE.fan(alice)
                .call(RefundServiceGrpcClient.ListRefunds, refunds)
                .getRefunds(0);

        assertThat(inside.getNote()).isEqualTo("Called us twice");
        assertThat(inside.getAccount()).isEqualTo("sue");
        assertThat(inside.hasCreateTime()).isTrue();
        assertThat(inside.getLinesList())
                .extracting(line -> line.getTicketId())
                .containsExactlyElementsOf(booking.getItemsList().stream()
                        .map(item -> item.getTicketId())
                        .toList());
        assertThat(outside.getLinesList()).isEqualTo(inside.getLinesList());
        assertThat(outside.getNote() + outside.getAccount() + theirs.getNote() + theirs.getAccount())
                .isEmpty();
        assertThat(OFFICE.as(Role.OPERATOR, "olga")
                        .call(RefundServiceGrpcClient.ListRefunds, refunds)
                        .getRefunds(0)
                        .getNote())
                .isEqualTo("Called us twice");
    }

    @Test
    void letsNobodyElseDoAnyOfThat() {
        RetryRefundRequest retry = RetryRefundRequest.newBuilder()
                .setRequestId(Shows.requestId())
                .setRefundId(UUID.randomUUID().toString())
                .build();
        QuoteRefundRequest quote = QuoteRefundRequest.newBuilder()
                .setBookingId(booking.getBookingId())
                .build();
        ListRefundsRequest all = ListRefundsRequest.getDefaultInstance();

        for (Role role : List.of(Role.FAN, Role.PARTNER, Role.SCANNER, Role.OPERATOR)) {
            assertThat(OFFICE.as(role, alice)
                            .refused(RefundServiceGrpcClient.RefundBooking, refund(1))
                            .reason())
                    .isEqualTo(ErrorReason.ERROR_REASON_ROLE_REQUIRED);
        }
        for (Role role : List.of(Role.FAN, Role.PARTNER, Role.SCANNER)) {
            assertThat(OFFICE.as(role, alice)
                            .refused(RefundServiceGrpcClient.RetryRefund, retry)
                            .reason())
                    .isEqualTo(ErrorReason.ERROR_REASON_ROLE_REQUIRED);
            assertThat(OFFICE.as(role, alice)
                            .refused(RefundServiceGrpcClient.ListRefunds, all)
                            .reason())
                    .isEqualTo(ErrorReason.ERROR_REASON_ROLE_REQUIRED);
        }
        assertThat(OFFICE.fan("mallory")
                        .refused(RefundServiceGrpcClient.QuoteRefund, quote)
                        .reason())
                .isEqualTo(ErrorReason.ERROR_REASON_RESOURCE_NOT_FOUND);
        assertThat(OFFICE.as(Role.SUPPORT, "sue")
                        .refused(RefundServiceGrpcClient.RetryRefund, retry)
                        .reason())
                .isEqualTo(ErrorReason.ERROR_REASON_RESOURCE_NOT_FOUND);
        assertThat(OFFICE.as(Role.SUPPORT, "sue")
                        .refused(BookingServiceGrpcClient.CancelBooking, cancel().build())
                        .reason())
                .as("support without a reason")
                .isEqualTo(ErrorReason.ERROR_REASON_INVALID_FIELD);
        assertThat(OFFICE.fan(alice)
                        .refused(
                                BookingServiceGrpcClient.CancelBooking,
                                cancel().setRefund(Shows.euros(1)).build())
                        .reason())
                .as("a fan who says how much")
                .isEqualTo(ErrorReason.ERROR_REASON_INVALID_FIELD);
        assertThat(OFFICE.as(Role.SUPPORT, alice)
                        .refused(RefundServiceGrpcClient.RefundBooking, refund(1))
                        .reason())
                .as("support with a booking of their own")
                .isEqualTo(ErrorReason.ERROR_REASON_RESOURCE_NOT_FOUND);
        assertThat(OFFICE.as(Role.SUPPORT, alice)
                        .refused(
                                BookingServiceGrpcClient.CancelBooking,
                                cancel().setReason("Mine").build())
                        .reason())
                .isEqualTo(ErrorReason.ERROR_REASON_REFUND_WINDOW_CLOSED);
    }

    @Test
    void listsRefundsOfAllBookingsPageByPage() {
        for (int i = 0; i < 3; i++) {
            OFFICE.as(Role.SUPPORT, "sue").call(RefundServiceGrpcClient.RefundBooking, refund(100 + i));
        }
        refunded(303);

        List<String> seen = new ArrayList<>();
        String token = "";
        do {
            var page = OFFICE.as(Role.SUPPORT, "sue")
                    .call(
                            RefundServiceGrpcClient.ListRefunds,
                            ListRefundsRequest.newBuilder()
                                    .setState(RefundState.REFUND_STATE_DONE)
                                    .setPageSize(2)
                                    .setPageToken(token)
                                    .build());
            page.getRefundsList().stream()
                    .filter(refund -> refund.getBookingId().equals(booking.getBookingId()))
                    .forEach(refund -> seen.add(refund.getRefundId()));
            token = page.getNextPageToken();
        } while (!token.isEmpty());
        assertThat(seen).hasSize(3).doesNotHaveDuplicates().isSorted();
    }

    private void refunded(int cents) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                OFFICE.booking(alice, booking.getBookingId()).getRefunded())
                        .isEqualTo(Shows.euros(cents)));
    }

    private CancelBookingRequest.Builder cancel() {
        return CancelBookingRequest.newBuilder().setRequestId(Shows.requestId()).setBookingId(booking.getBookingId());
    }

    private RefundBookingRequest refund(int cents) {
        return RefundBookingRequest.newBuilder()
                .setRequestId(Shows.requestId())
                .setBookingId(booking.getBookingId())
                .setAmount(Shows.euros(cents))
                .setReason("The band was late")
                .build();
    }
}
