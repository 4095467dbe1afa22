package dev.onsale.command.booking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.util.Durations;
import dev.onsale.command.BoxOffice;
import dev.onsale.command.Shows;
import dev.onsale.proto.booking.v1.Booking;
import dev.onsale.proto.booking.v1.BookingServiceGrpcClient;
import dev.onsale.proto.booking.v1.CancelBookingRequest;
import dev.onsale.proto.booking.v1.CancelBookingResponse;
import dev.onsale.proto.booking.v1.QuoteRefundRequest;
import dev.onsale.proto.booking.v1.RefundQuote;
import dev.onsale.proto.booking.v1.RefundServiceGrpcClient;
import dev.onsale.proto.catalog.v1.CancelEventRequest;
import dev.onsale.proto.catalog.v1.CatalogAdminServiceGrpcClient;
import dev.onsale.proto.catalog.v1.GetEventRequest;
import dev.onsale.proto.catalog.v1.RefundPolicy;
import dev.onsale.proto.catalog.v1.RefundWindow;
import dev.onsale.proto.catalog.v1.SetRefundPolicyRequest;
import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.runtime.auth.Role;
import dev.onsale.runtime.error.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What an event's refund policy gives, as its time comes nearer and as operators change it. */
final class RefundPolicyIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long PRICE = 4_708;

    /** All until 20 days before; 5 euros kept until 5 days before; half and the fee until a day before. */
    private static final RefundPolicy STAGED = RefundPolicy.newBuilder()
            .addWindows(RefundWindow.newBuilder().setClosesBefore(Durations.fromDays(20)))
            .addWindows(RefundWindow.newBuilder()
                    .setClosesBefore(Durations.fromDays(5))
                    .setFeePerTicket(Shows.euros(500)))
            .addWindows(RefundWindow.newBuilder()
                    .setClosesBefore(Durations.fromDays(1))
                    .setFeeBasisPoints(5_000)
                    .setKeepsFee(true))
            .build();

    @RegisterExtension
    static final BoxOffice OFFICE = new BoxOffice();

    private final String alice = "alice-" + UUID.randomUUID();

    @Test
    void keepsMoreTheNearerTheEventIsAndTheAnswerSaysWhatTheQuoteSaid() throws Exception {
        UUID event = OFFICE.event(request -> request.setRefundPolicy(STAGED));
        Booking booking = bought(event, 0, 1, 2);

        assertThat(cents(quote(booking, ticket(booking, 0)).getRefund())).isEqualTo(PRICE);
        beginsIn(event, Duration.ofDays(10));
        RefundQuote quote = quote(booking, ticket(booking, 0));
        CancelBookingResponse given = cancel(booking, ticket(booking, 0));
        beginsIn(event, Duration.ofDays(3));
        CancelBookingResponse later = cancel(booking, ticket(booking, 1));
        beginsIn(event, Duration.ofHours(3));

        assertThat(cents(quote.getRefund())).isEqualTo(PRICE - 500);
        assertThat(given.getCancellation().getLinesList()).isEqualTo(quote.getLinesList());
        assertThat(given.getCancellation().getRefund()).isEqualTo(quote.getRefund());
        assertThat(given.getCancellation().getFeeKept()).isEqualTo(quote.getFeeKept());
        assertThat(cents(later.getCancellation().getRefund())).isEqualTo(PRICE - 400 - PRICE / 2);
        Refusal refusal = refused(booking, ticket(booking, 2));
        assertThat(refusal.reason()).isEqualTo(ErrorReason.ERROR_REASON_REFUND_WINDOW_CLOSED);
        assertThat(refusal.metadata()).containsKey("closed_time");
        assertThat(OFFICE.fan(alice)
                        .refused(RefundServiceGrpcClient.QuoteRefund, quoteRequest(booking))
                        .reason())
                .isEqualTo(ErrorReason.ERROR_REASON_REFUND_WINDOW_CLOSED);
        await().atMost(PATIENCE).until(() -> cents(now(booking).getRefunded()) == 2 * PRICE - 900 - PRICE / 2);
        OFFICE.auditedClean(event);
        assertThat(OFFICE.taken(event)).isEqualTo(PRICE + 900 + PRICE / 2);
    }

    @Test
    void aStricterPolicyDoesNotBindWhoBoughtBeforeAndAKinderOneIsForAll() {
        UUID event = OFFICE.event(request -> request.setRefundPolicy(STAGED));
        Booking before = bought(event, 0);

        int none = set(event, RefundPolicy.getDefaultInstance());
        Booking after = bought(event, 1);

        assertThat(none).isEqualTo(2);
        assertThat(cents(quote(before).getRefund())).isEqualTo(PRICE);
        assertThat(refused(after).reason()).isEqualTo(ErrorReason.ERROR_REASON_REFUND_WINDOW_CLOSED);
        assertThat(refused(after).metadata()).doesNotContainKey("closed_time");
        beginsIn(event, Duration.ofHours(1));
        set(
                event,
                RefundPolicy.newBuilder()
                        .addWindows(RefundWindow.newBuilder().setClosesBefore(Durations.ZERO))
                        .build());
        assertThat(cents(quote(before).getRefund())).isEqualTo(PRICE);
        assertThat(cents(quote(after).getRefund())).isEqualTo(PRICE);
    }

    @Test
    void withoutAPolicyAllComesBackUntilTheEventBegins() {
        UUID event = OFFICE.event();
        Booking booking = bought(event, 0);

        RefundQuote quote = quote(booking);
        beginsIn(event, Duration.ofSeconds(-1));

        assertThat(cents(quote.getRefund())).isEqualTo(PRICE);
        assertThat(quote.getUntil()).isNotEqualTo(com.google.protobuf.Timestamp.getDefaultInstance());
        assertThat(refused(booking).reason()).isEqualTo(ErrorReason.ERROR_REASON_REFUND_WINDOW_CLOSED);
    }

    @Test
    void aCancelledEventGivesAllBackWhateverItsPolicy() throws Exception {
        UUID event = OFFICE.event(request -> request.setRefundPolicy(RefundPolicy.getDefaultInstance()));
        Booking booking = bought(event, 0, 1);

        OFFICE.as(Role.OPERATOR, "olga")
                .call(
                        CatalogAdminServiceGrpcClient.CancelEvent,
                        CancelEventRequest.newBuilder()
                                .setRequestId(Shows.requestId())
                                .setEventId(event.toString())
                                .setReason("Storm")
                                .build());

        await().atMost(PATIENCE).until(() -> cents(now(booking).getRefunded()) == 2 * PRICE);
        OFFICE.auditedClean(event);
    }

    @Test
    void anOperatorReadsWhatWasSetAndNonsenseIsRefused() {
        UUID event = OFFICE.event();

        assertThat(version(event)).isZero();
        set(event, STAGED);

        assertThat(version(event)).isEqualTo(1);
        RefundPolicy backwards = RefundPolicy.newBuilder()
                .addWindows(STAGED.getWindows(1))
                .addWindows(STAGED.getWindows(0))
                .build();
        RefundPolicy dollars = RefundPolicy.newBuilder()
                .addWindows(RefundWindow.newBuilder()
                        .setClosesBefore(Durations.ZERO)
                        .setFeePerTicket(Shows.euros(1).toBuilder().setCurrencyCode("USD")))
                .build();
        for (RefundPolicy nonsense : List.of(backwards, dollars)) {
            assertThat(OFFICE.as(Role.OPERATOR, "olga")
                            .refused(CatalogAdminServiceGrpcClient.SetRefundPolicy, setRequest(event, nonsense))
                            .reason())
                    .isEqualTo(ErrorReason.ERROR_REASON_INVALID_FIELD);
        }
        assertThat(OFFICE.fan(alice)
                        .refused(CatalogAdminServiceGrpcClient.SetRefundPolicy, setRequest(event, STAGED))
                        .reason())
                .isEqualTo(ErrorReason.ERROR_REASON_ROLE_REQUIRED);
        assertThat(version(event)).isEqualTo(1);
    }

    private static int version(UUID event) {
        return OFFICE.as(Role.OPERATOR, "olga")
                .call(
                        CatalogAdminServiceGrpcClient.GetEvent,
                        GetEventRequest.newBuilder()
                                .setEventId(event.toString())
                                .build())
                .getEvent()
                .getRefundPolicy()
                .getVersion();
    }

    private static int set(UUID event, RefundPolicy policy) {
        return OFFICE.as(Role.OPERATOR, "olga")
                .call(CatalogAdminServiceGrpcClient.SetRefundPolicy, setRequest(event, policy))
                .getEvent()
                .getRefundPolicy()
                .getVersion();
    }

    private static SetRefundPolicyRequest setRequest(UUID event, RefundPolicy policy) {
        return SetRefundPolicyRequest.newBuilder()
                .setRequestId(Shows.requestId())
                .setEventId(event.toString())
                .setRefundPolicy(policy)
                .build();
    }

    /** Moves time: the policy knows no other. */
    private static void beginsIn(UUID event, Duration time) {
        OFFICE.sql(
                "UPDATE events SET event_date = now() + $2::bigint * interval '1 millisecond' WHERE id = $1",
                event,
                time.toMillis());
    }

    private Booking bought(UUID event, Integer... seats) {
        return OFFICE.settled(OFFICE.book(OFFICE.hold(event, alice, seats), "tok_approve"));
    }

    private Booking now(Booking booking) {
        return OFFICE.booking(alice, booking.getBookingId());
    }

    private static String ticket(Booking booking, int item) {
        return booking.getItems(item).getTicketId();
    }

    private RefundQuote quote(Booking booking, String... tickets) {
        return OFFICE.fan(alice)
                .call(RefundServiceGrpcClient.QuoteRefund, quoteRequest(booking, tickets))
                .getQuote();
    }

    private static QuoteRefundRequest quoteRequest(Booking booking, String... tickets) {
        return QuoteRefundRequest.newBuilder()
                .setBookingId(booking.getBookingId())
                .addAllTicketIds(List.of(tickets))
                .build();
    }

    private CancelBookingResponse cancel(Booking booking, String... tickets) {
        return OFFICE.fan(alice).call(BookingServiceGrpcClient.CancelBooking, request(booking, tickets));
    }

    private Refusal refused(Booking booking, String... tickets) {
        return OFFICE.fan(alice).refused(BookingServiceGrpcClient.CancelBooking, request(booking, tickets));
    }

    private static CancelBookingRequest request(Booking booking, String... tickets) {
        return CancelBookingRequest.newBuilder()
                .setRequestId(Shows.requestId())
                .setBookingId(booking.getBookingId())
                .addAllTicketIds(List.of(tickets))
                .build();
    }

    private static long cents(com.google.type.Money money) {
        return money.getUnits() * 100 + money.getNanos() / 10_000_000;
    }
}
