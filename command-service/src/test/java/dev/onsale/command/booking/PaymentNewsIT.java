package dev.onsale.command.booking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.onsale.command.BoxOffice;
import dev.onsale.command.CommandMain;
import dev.onsale.proto.booking.v1.Booking;
import dev.onsale.proto.booking.v1.BookingStatus;
import dev.onsale.proto.booking.v1.LatePayment;
import dev.onsale.runtime.service.Running;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** News of payments that nobody was there to hear. The sweep never comes to these tests. */
final class PaymentNewsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @RegisterExtension
    static final BoxOffice OFFICE =
            new BoxOffice().with("booking.money-sweep-every", "1h").with("booking.ownerless-after", "1s");

    private static final String AT_REST =
            "SELECT state = 'done' OR background FROM sagas WHERE kind = 'late-payment' AND subject_id = $1";

    private final String alice = "alice-" + UUID.randomUUID();
    private UUID eventId = new UUID(0, 0);

    @BeforeEach
    void openEvent() {
        eventId = OFFICE.event();
    }

    /** The adapter learns that a declined payment has money after all (it has not: so it is let go). */
    private static void moneyShows(UUID payment) {
        OFFICE.sql(
                "UPDATE payment.payments SET standing = 'authorized', version = version + 1,"
                        + " changed_xid = pg_current_xact_id() WHERE id = $1",
                payment);
    }

    private Booking declined() {
        Booking booking = OFFICE.settled(OFFICE.book(OFFICE.hold(eventId, alice, 1), "tok_decline"));
        assertThat(booking.getStatus()).isEqualTo(BookingStatus.BOOKING_STATUS_CANCELLED);
        return booking;
    }

    @Test
    void takesInWhatCameWhileEveryNodeWasDown() throws Exception {
        Booking booking = declined();
        UUID payment = OFFICE.payments(eventId).getFirst();
        await().atMost(PATIENCE)
                .until(() -> !OFFICE.text("SELECT max(token) FROM payment_news").startsWith("0_"));

        OFFICE.restart(() -> moneyShows(payment));

        await().atMost(PATIENCE)
                .until(() -> OFFICE.booking(alice, booking.getBookingId()).getLatePayment()
                        == LatePayment.LATE_PAYMENT_REFUNDED);
    }

    @Test
    void beginsOnceForEachTimeThatMoneyShowsHoweverManyNodesFollow() throws Exception {
        Booking booking = declined();
        UUID payment = OFFICE.payments(eventId).getFirst();
        Running second = CommandMain.start(OFFICE.vertx(), OFFICE.config()).await(60, TimeUnit.SECONDS);
        try {
            for (int times = 1; times <= 3; times++) {
                moneyShows(payment);
                int voids = times;
                await().atMost(PATIENCE)
                        .until(() -> OFFICE.ledgerLines().stream()
                                        .filter(line -> line.contains(payment.toString()) && line.contains("\"void\""))
                                        .count()
                                == voids);
                await().atMost(PATIENCE)
                        .until(() -> OFFICE.text(AT_REST, payment).equals("true"));
            }
        } finally {
            second.stop().await(60, TimeUnit.SECONDS);
        }
        assertThat(OFFICE.booking(alice, booking.getBookingId()).getLatePayment())
                .isEqualTo(LatePayment.LATE_PAYMENT_REFUNDED);
        assertThat(OFFICE.text("SELECT count(*) FROM sagas WHERE kind = 'late-payment' AND subject_id = $1", payment))
                .isEqualTo("1");
    }

    @Test
    void givesBackTheMoneyOfAPaymentWithoutABooking() {
        declined();
        UUID payment = OFFICE.payments(eventId).getFirst();
        OFFICE.sql("UPDATE bookings SET payment_id = uuidv7() WHERE payment_id = $1", payment); // As if it were lost.

        moneyShows(payment);

        await().atMost(PATIENCE)
                .until(() -> OFFICE.text("SELECT standing::text FROM payment.payments WHERE id = $1", payment)
                        .equals("voided"));
    }
}
