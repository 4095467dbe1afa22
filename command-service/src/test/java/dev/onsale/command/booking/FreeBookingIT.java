package dev.onsale.command.booking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onsale.command.BoxOffice;
import dev.onsale.command.Shows;
import dev.onsale.embedded.Mail;
import dev.onsale.proto.booking.v1.Booking;
import dev.onsale.proto.booking.v1.BookingServiceGrpcClient;
import dev.onsale.proto.booking.v1.BookingStatus;
import dev.onsale.proto.booking.v1.CancelBookingRequest;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a booking does not need: a payment, if it costs nothing, and a mail server, to be confirmed. */
final class FreeBookingIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @RegisterExtension
    static final BoxOffice OFFICE = new BoxOffice();

    private final String alice = "alice-" + UUID.randomUUID();

    @Test
    void asksTheProviderForNothingIfThereIsNothingToPay() throws Exception {
        UUID eventId = OFFICE.event(request -> request.clearPriceTiers()
                .addPriceTiers(Shows.tier("SEATED", 0, 0, 0))
                .addPriceTiers(Shows.tier("STANDING", 0, 0, 0)));

        Booking booking = OFFICE.settled(OFFICE.book(OFFICE.hold(eventId, alice, 0, 1), "tok_decline"));
        assertThat(booking.getStatus()).isEqualTo(BookingStatus.BOOKING_STATUS_CONFIRMED);
        assertThat(booking.getTotal().getUnits()).isZero();
        OFFICE.auditedClean(eventId);

        OFFICE.fan(alice)
                .call(
                        BookingServiceGrpcClient.CancelBooking,
                        CancelBookingRequest.newBuilder()
                                .setRequestId(UUID.randomUUID().toString())
                                .setBookingId(booking.getBookingId())
                                .build());
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> OFFICE.booking(alice, booking.getBookingId()).getStatus()
                        == BookingStatus.BOOKING_STATUS_CANCELLED);
        OFFICE.auditedClean(eventId);
        assertThat(OFFICE.ledgerLines())
                .noneMatch(line ->
                        OFFICE.payments(eventId).stream().anyMatch(payment -> line.contains(payment.toString())));
        assertThat(OFFICE.provider().payments())
                .doesNotContainKeys(OFFICE.payments(eventId).toArray(UUID[]::new));
    }

    @Test
    void confirmsWhileTheMailServerIsDownAndSendsTheMailLater() {
        UUID eventId = OFFICE.event();
        OFFICE.stores().mail().stop();
        Booking booking;
        try {
            booking = OFFICE.settled(OFFICE.book(OFFICE.hold(eventId, alice, 0), "tok_approve"));
            assertThat(booking.getStatus()).isEqualTo(BookingStatus.BOOKING_STATUS_CONFIRMED);
            Awaitility.await("a second try at the mail")
                    .atMost(PATIENCE)
                    .until(() -> Integer.parseInt(OFFICE.text(
                                    "SELECT attempt FROM sagas WHERE subject_id = $1 AND kind = 'booking'",
                                    UUID.fromString(booking.getBookingId())))
                            > 1);
            assertThat(mails()).isEmpty();
        } finally {
            OFFICE.stores().mail().start();
        }

        List<Mail> mails =
                Awaitility.await().atMost(PATIENCE).until(FreeBookingIT.this::mails, found -> !found.isEmpty());
        OFFICE.auditedClean(eventId);

        assertThat(mails).hasSize(1);
        assertThat(mails.getFirst().subject()).contains(booking.getReference());
        assertThat(OFFICE.booking(alice, booking.getBookingId())).isEqualTo(booking);
    }

    private List<Mail> mails() {
        return OFFICE.stores().mail().mails(alice);
    }
}
