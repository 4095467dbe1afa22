package dev.onsale.command.booking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.onsale.command.BoxOffice;
import dev.onsale.command.Shows;
import dev.onsale.command.inventory.Choice;
import dev.onsale.command.inventory.HoldRecord;
import dev.onsale.embedded.Mail;
import dev.onsale.proto.booking.v1.Booking;
import dev.onsale.proto.booking.v1.BookingItem;
import dev.onsale.proto.booking.v1.BookingStatus;
import dev.onsale.proto.booking.v1.LatePayment;
import dev.onsale.proto.catalog.v1.CancelEventRequest;
import dev.onsale.proto.catalog.v1.CatalogAdminServiceGrpcClient;
import dev.onsale.proto.catalog.v1.CloseSaleRequest;
import dev.onsale.runtime.auth.Role;
import dev.onsale.runtime.inventory.SeatCode;
import dev.onsale.runtime.inventory.SeatStatus;
import dev.onsale.testkit.ProviderLedger;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A payment succeeds five seconds after it was asked for; the seats were let go long before. */
final class LatePaymentIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String LATE = "tok_late_answer";

    @RegisterExtension
    static final BoxOffice OFFICE = new BoxOffice()
            .with("booking.unknown-most", "300ms")
            .with("booking.money-sweep-every", "500ms")
            .with("payment.provider.answer-timeout", "150ms")
            .with("payment.provider.circuit-minimum-calls", "100000")
            .with("payment.retry.budget", "150ms")
            .with("payment.reconcile.ask-after", "500ms")
            .with("payment.reconcile.every", "200ms")
            .with("payment.reconcile.first-pause", "200ms")
            .with("payment.reconcile.longest-pause", "1s");

    private final String alice = "alice-" + UUID.randomUUID();
    private final String bob = "bob-" + UUID.randomUUID();
    private UUID eventId = new UUID(0, 0);

    @BeforeEach
    void openEvent() {
        eventId = OFFICE.event();
    }

    @Test
    void givesTheSameSeatsIfTheyAreStillFree() throws Exception {
        Booking lost = letGo(OFFICE.book(OFFICE.hold(eventId, alice, 2, 3), LATE));
        assertThat(lost.getCancelReason()).isEqualTo("PAYMENT_UNAVAILABLE");
        assertThat(lost.getCancelDetail()).isEqualTo("unknown");
        assertThat(status(2)).isEqualTo(SeatStatus.AVAILABLE);

        Booking booking = decided(lost, LatePayment.LATE_PAYMENT_SAME_SEATS);

        assertThat(booking.getStatus()).isEqualTo(BookingStatus.BOOKING_STATUS_CONFIRMED);
        assertThat(ordinals(booking)).containsExactly(2, 3);
        assertThat(booking.getTotal()).isEqualTo(lost.getTotal());
        assertThat(booking.getReference()).isEqualTo(lost.getReference());
        assertThat(booking.getCancelReason()).isEmpty();
        assertThat(booking.getVersion()).isGreaterThan(lost.getVersion());
        Mail mail = mail();
        assertThat(mail.subject()).contains("Your tickets for", booking.getReference());
        assertThat(mail.text()).contains("still free", "Section A, row 1, seat 3");
        assertThat(mail.attachments()).hasSize(1);
        endsWell(booking, 9416);
    }

    @Test
    void givesEqualSeatsSideBySideIfTheBuyerAgreed() throws Exception {
        Booking lost = letGo(OFFICE.bookThoseOrEqual(OFFICE.hold(eventId, alice, 2, 3), LATE));
        bobBuys(3);

        Booking booking = decided(lost, LatePayment.LATE_PAYMENT_EQUAL_SEATS);

        assertThat(booking.getStatus()).isEqualTo(BookingStatus.BOOKING_STATUS_CONFIRMED);
        assertThat(ordinals(booking)).containsExactly(1, 2); // 0 is made for a wheelchair: not theirs to take.
        assertThat(booking.getTotal()).isEqualTo(lost.getTotal());
        assertThat(mail().text()).contains("Somebody else has bought A-1-3, A-1-4", "seat 2", "seat 3");
        endsWell(booking, 9416);
    }

    @Test
    void givesTheMoneyBackIfTheBuyerDidNotAgree() throws Exception {
        Booking lost = letGo(OFFICE.book(OFFICE.hold(eventId, alice, 2, 3), LATE));
        bobBuys(3);

        Booking booking = decided(lost, LatePayment.LATE_PAYMENT_REFUNDED);

        assertThat(booking.getStatus()).isEqualTo(BookingStatus.BOOKING_STATUS_CANCELLED);
        assertThat(booking.getCancelReason()).isEqualTo("PAYMENT_UNAVAILABLE");
        Mail mail = mail();
        assertThat(mail.subject()).contains("Your money back for", booking.getReference());
        assertThat(mail.text()).contains("let go and won't be taken");
        assertThat(mail.attachments()).isEmpty();
        endsWell(booking, 0);
    }

    @Test
    void givesTheMoneyBackIfNoEqualSeatsAreLeft() throws Exception {
        Booking lost = letGo(OFFICE.bookThoseOrEqual(OFFICE.hold(eventId, alice, 0), LATE));
        bobBuys(0); // The only seat of its kind.

        Booking booking = decided(lost, LatePayment.LATE_PAYMENT_REFUNDED);

        endsWell(booking, 0);
    }

    @Test
    void givesTheMoneyBackToAFanWhoHasBoughtOthersUpToTheLimit() throws Exception {
        Booking lost = letGo(OFFICE.bookThoseOrEqual(OFFICE.hold(eventId, alice, 2, 3), LATE));
        HoldRecord others = OFFICE.hold(eventId, alice, 11, 12, 13, 14, 15, 16, 17);
        OFFICE.settled(OFFICE.book(others, "tok_approve"));

        Booking booking = decided(lost, LatePayment.LATE_PAYMENT_REFUNDED);

        assertThat(status(2)).isEqualTo(SeatStatus.AVAILABLE);
        endsWell(booking, 0);
    }

    @Test
    void givesTheSameSeatsAlsoAfterTheSale() throws Exception {
        Booking lost = letGo(OFFICE.book(OFFICE.hold(eventId, alice, 4), LATE));
        OFFICE.as(Role.OPERATOR, "olga")
                .call(
                        CatalogAdminServiceGrpcClient.CloseSale,
                        CloseSaleRequest.newBuilder()
                                .setRequestId(Shows.requestId())
                                .setEventId(eventId.toString())
                                .build());

        Booking booking = decided(lost, LatePayment.LATE_PAYMENT_SAME_SEATS);

        endsWell(booking, 4708);
    }

    @Test
    void givesTheMoneyBackIfTheEventIsCancelled() throws Exception {
        Booking lost = letGo(OFFICE.book(OFFICE.hold(eventId, alice, 4), LATE));
        OFFICE.as(Role.OPERATOR, "olga")
                .call(
                        CatalogAdminServiceGrpcClient.CancelEvent,
                        CancelEventRequest.newBuilder()
                                .setRequestId(Shows.requestId())
                                .setEventId(eventId.toString())
                                .setReason("rain")
                                .build());

        Booking booking = decided(lost, LatePayment.LATE_PAYMENT_REFUNDED);

        endsWell(booking, 0);
    }

    @Test
    void givesPlacesInTheSameArea() throws Exception {
        Booking lost = letGo(OFFICE.book(OFFICE.hold(eventId, alice, new Choice.Area(0, 3)), LATE));

        Booking booking = decided(lost, LatePayment.LATE_PAYMENT_SAME_SEATS);

        assertThat(booking.getItemsList()).extracting(BookingItem::getAreaId).containsOnly("FLOOR");
        endsWell(booking, 7500);
    }

    /** No news tells of this one: whoever asks finds it. */
    @Test
    void findsMoneyThatNobodyToldOf() throws Exception {
        Booking declined = letGo(OFFICE.book(OFFICE.hold(eventId, alice, 5), "tok_decline"));
        UUID payment = OFFICE.payments(eventId).getFirst();

        OFFICE.sql("UPDATE payment.payments SET standing = 'authorized', version = version + 1 WHERE id = $1", payment);
        OFFICE.sql("UPDATE bookings SET cancelled_at = now() - interval '3 minutes' WHERE payment_id = $1", payment);

        decided(declined, LatePayment.LATE_PAYMENT_REFUNDED); // The provider knows better: there is nothing to take.
    }

    private Booking letGo(Booking pending) {
        Booking ended = OFFICE.settled(pending);
        assertThat(ended.getStatus()).isEqualTo(BookingStatus.BOOKING_STATUS_CANCELLED);
        return ended;
    }

    private void bobBuys(int ordinal) {
        assertThat(OFFICE.settled(OFFICE.book(OFFICE.hold(eventId, bob, ordinal), "tok_approve"))
                        .getStatus())
                .isEqualTo(BookingStatus.BOOKING_STATUS_CONFIRMED);
    }

    private Booking decided(Booking lost, LatePayment how) {
        return await().atMost(PATIENCE)
                .until(
                        () -> OFFICE.booking(alice, lost.getBookingId()),
                        now -> now.getLatePayment() == how
                                && (how == LatePayment.LATE_PAYMENT_REFUNDED || now.getTicketsIssued()));
    }

    private Mail mail() {
        return await().atMost(PATIENCE)
                .until(() -> OFFICE.stores().mail().mails(alice), mails -> mails.size() == 1)
                .getFirst();
    }

    private void endsWell(Booking booking, long taken) throws Exception {
        OFFICE.auditedClean(eventId);
        UUID payment = UUID.fromString(
                OFFICE.text("SELECT payment_id FROM bookings WHERE id = $1", UUID.fromString(booking.getBookingId())));
        ProviderLedger.Standing money =
                Objects.requireNonNull(OFFICE.provider().payments().get(payment));
        assertThat(money.taken()).isEqualTo(taken);
        assertThat(money.dangling()).isFalse();
        booking.getItemsList().stream()
                .filter(BookingItem::hasSeat)
                .filter(item -> booking.getStatus() == BookingStatus.BOOKING_STATUS_CONFIRMED)
                .forEach(item -> assertThat(status(item.getSeat().getOrdinal())).isEqualTo(SeatStatus.SOLD));
    }

    private static List<Integer> ordinals(Booking booking) {
        return booking.getItemsList().stream()
                .map(item -> item.getSeat().getOrdinal())
                .toList();
    }

    private SeatStatus status(int ordinal) {
        return SeatCode.statusOf(
                OFFICE.ledger().snapshot(eventId).await().orElseThrow().seats().getByte(ordinal));
    }
}
