package dev.onsale.command.booking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onsale.command.BoxOffice;
import dev.onsale.command.inventory.Choice;
import dev.onsale.command.inventory.HoldId;
import dev.onsale.command.inventory.HoldOutcome;
import dev.onsale.command.inventory.HoldRequest;
import dev.onsale.proto.booking.v1.Booking;
import dev.onsale.proto.booking.v1.BookingStatus;
import dev.onsale.testkit.ProviderLedger;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Nobody knows whether money moved: the seats are kept until the provider says, and then it is one or the other. */
final class UnknownPaymentIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** An adapter that soon takes an answer for lost, and closes payments the provider has not heard of. */
    @RegisterExtension
    static final BoxOffice OFFICE = new BoxOffice()
            .with("payment.provider.answer-timeout", "200ms")
            .with("payment.provider.circuit-minimum-calls", "100000")
            .with("payment.retry.budget", "300ms")
            .with("payment.reconcile.ask-after", "500ms")
            .with("payment.reconcile.every", "200ms")
            .with("payment.reconcile.first-pause", "200ms")
            .with("payment.reconcile.close-after", "3s");

    private final String alice = "alice-" + UUID.randomUUID();
    private UUID eventId = new UUID(0, 0);

    @BeforeEach
    void openEvent() {
        eventId = OFFICE.event();
    }

    @Test
    void keepsTheSeatsUntilThePaymentThatNeverArrivedIsClosed() throws Exception {
        Booking pending = OFFICE.book(OFFICE.hold(eventId, alice, 0), "tok_timeout");
        keepsItsSeatWhilePending(pending, 0);

        Booking booking = OFFICE.settled(pending);

        assertThat(booking.getStatus()).isEqualTo(BookingStatus.BOOKING_STATUS_CANCELLED);
        assertThat(booking.getCancelReason()).isEqualTo("PAYMENT_DECLINED");
        assertThat(booking.getCancelDetail()).isEqualTo("no_answer");
        OFFICE.hold(eventId, "bob-" + alice, 0);
        nothingTaken();
    }

    @Test
    void takesNothingForAPaymentThatArrivesAfterTheSeatsWereLetGo() throws Exception {
        Booking pending = OFFICE.book(OFFICE.hold(eventId, alice, 1), "tok_late_answer");
        keepsItsSeatWhilePending(pending, 1);

        Booking booking = OFFICE.settled(pending);
        Awaitility.await("the late authorization, refused")
                .atMost(PATIENCE)
                .until(
                        () -> OFFICE.ledgerLines(),
                        lines -> lines.stream()
                                .anyMatch(line -> line.contains(booking.getBookingId()) && line.contains("refused")));

        assertThat(booking.getStatus()).isEqualTo(BookingStatus.BOOKING_STATUS_CANCELLED);
        nothingTaken();
    }

    @Test
    void confirmsWhenTheProviderSaysThatTheLostAnswerWasAYes() {
        Booking booking = OFFICE.settled(OFFICE.book(OFFICE.hold(eventId, alice, 2), "tok_lost_answer"));

        assertThat(booking.getStatus()).isEqualTo(BookingStatus.BOOKING_STATUS_CONFIRMED);
        OFFICE.auditedClean(eventId);
    }

    @Test
    void confirmsByTheWebhookOfAPaymentThatNobodyAnswered() {
        Booking booking = OFFICE.settled(OFFICE.book(OFFICE.hold(eventId, alice, 5), "tok_webhook_only"));

        assertThat(booking.getStatus()).isEqualTo(BookingStatus.BOOKING_STATUS_CONFIRMED);
        OFFICE.auditedClean(eventId);
    }

    @Test
    void issuesTicketsOnceTheCaptureIsKnown() {
        for (String token : List.of("tok_capture_lost_answer", "tok_capture_fails_twice")) {
            Booking booking =
                    OFFICE.settled(OFFICE.book(OFFICE.hold(eventId, alice + token, new Choice.Area(0, 2)), token));

            assertThat(booking.getStatus()).as(token).isEqualTo(BookingStatus.BOOKING_STATUS_CONFIRMED);
        }
        OFFICE.auditedClean(eventId);
    }

    private void keepsItsSeatWhilePending(Booking booking, int ordinal) {
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() ->
                        OFFICE.booking(alice, booking.getBookingId()).getStep().equals("authorize-payment"));
        Awaitility.await()
                .during(Duration.ofSeconds(1))
                .atMost(Duration.ofSeconds(2))
                .until(() -> OFFICE.booking(alice, booking.getBookingId()).getStatus()
                        == BookingStatus.BOOKING_STATUS_PENDING);
        HoldId id = HoldId.of(eventId, "bob", UUID.randomUUID().toString());
        assertThat(OFFICE.ledger()
                        .hold(new HoldRequest(id, "bob", "body", 1, false, null), new Choice.Seats(List.of(ordinal)))
                        .await())
                .isEqualTo(new HoldOutcome.Taken(List.of(ordinal)));
    }

    private void nothingTaken() throws Exception {
        OFFICE.auditedClean(eventId);
        ProviderLedger ledger = OFFICE.provider();
        assertThat(OFFICE.payments(eventId))
                .isNotEmpty()
                .allSatisfy(payment -> assertThat(ledger.payments().get(payment))
                        .satisfiesAnyOf(
                                none -> assertThat(none).isNull(),
                                standing -> assertThat(standing.captures()).isZero()));
    }
}
