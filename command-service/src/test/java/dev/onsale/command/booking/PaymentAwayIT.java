package dev.onsale.command.booking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onsale.command.BoxOffice;
import dev.onsale.command.Shows;
import dev.onsale.command.inventory.HoldRecord;
import dev.onsale.proto.booking.v1.Booking;
import dev.onsale.proto.booking.v1.BookingServiceGrpcClient;
import dev.onsale.proto.booking.v1.BookingStatus;
import dev.onsale.proto.booking.v1.CreateBookingRequest;
import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.runtime.error.Refusal;
import io.vertx.grpc.common.GrpcStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The payment adapter is away: fans are told when to come back, and lose neither seats nor money. */
final class PaymentAwayIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofSeconds(2);

    @RegisterExtension
    static final BoxOffice OFFICE = new BoxOffice()
            .with("booking.breaker-failures", "2")
            .with("booking.breaker-pause", PAUSE.toMillis() + "ms");

    private final String alice = "alice-" + UUID.randomUUID();
    private final List<Booking> accepted = new ArrayList<>();
    private boolean away;

    @AfterEach
    void comeBack() throws Exception {
        if (away) {
            OFFICE.startPayment();
        }
    }

    @Test
    void tellsFansToComeBackAndKeepsTheirSeatsMeanwhile() throws Exception {
        UUID eventId = OFFICE.event();
        OFFICE.stopPayment();
        away = true;
        accepted.add(OFFICE.book(OFFICE.hold(eventId, "first-" + alice, 0), "tok_approve"));
        HoldRecord hold = OFFICE.hold(eventId, alice, 1);
        CreateBookingRequest request = BoxOffice.checkout(hold, "tok_approve");

        Refusal refusal = refusedOnceTheBreakerIsOpen(eventId, request);

        assertThat(refusal.status()).isEqualTo(GrpcStatus.UNAVAILABLE);
        assertThat(refusal.retryAfter()).isEqualTo(PAUSE);
        HoldRecord kept = OFFICE.ledger().get(hold.id()).await().orElseThrow();
        assertThat(kept.active()).isTrue();
        assertThat(kept.fence()).isEqualTo(hold.fence());
        assertThat(kept.hardEnd()).isEqualTo(hold.hardEnd());
        assertThat(kept.expires()).isAfter(hold.expires()).isBeforeOrEqualTo(hold.hardEnd());
        assertThat(Instant.parse(refusal.metadata().getOrDefault("hold_expire_time", "")))
                .isEqualTo(kept.expires());
        assertThat(accepted)
                .allSatisfy(booking -> assertThat(OFFICE.booking(account(booking), booking.getBookingId())
                                .getStatus())
                        .isEqualTo(BookingStatus.BOOKING_STATUS_PENDING));

        UUID forNothing = OFFICE.event(event -> event.clearPriceTiers()
                .addPriceTiers(Shows.tier("SEATED", 0, 0, 0))
                .addPriceTiers(Shows.tier("STANDING", 0, 0, 0)));
        assertThat(OFFICE.settled(OFFICE.book(OFFICE.hold(forNothing, alice, 0), "tok_approve"))
                        .getStatus())
                .isEqualTo(BookingStatus.BOOKING_STATUS_CONFIRMED);

        OFFICE.startPayment();
        away = false;
        Booking mine = Awaitility.await()
                .atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(Refusal.class)
                .until(
                        () -> OFFICE.fan(alice)
                                .call(BookingServiceGrpcClient.CreateBooking, request)
                                .getBooking(),
                        booking -> true);
        accepted.add(mine);
        assertThat(accepted)
                .allSatisfy(booking -> assertThat(OFFICE.settled(booking).getStatus())
                        .isEqualTo(BookingStatus.BOOKING_STATUS_CONFIRMED));
        OFFICE.auditedClean(eventId);
    }

    /** Until the breaker has seen enough failures, checkouts begin and wait; each by another fan. */
    private Refusal refusedOnceTheBreakerIsOpen(UUID eventId, CreateBookingRequest request) {
        int seat = 11;
        while (seat < 21) {
            HoldRecord other = OFFICE.hold(eventId, "other-" + seat + "-" + alice, seat++);
            var answer = OFFICE.fan(other.account())
                    .send(BookingServiceGrpcClient.CreateBooking, BoxOffice.checkout(other, "tok_approve"));
            try {
                accepted.add(answer.await().getBooking());
                Thread.sleep(300);
            } catch (InterruptedException interrupted) {
                throw new AssertionError(interrupted);
            } catch (Refusal refusal) {
                assertThat(refusal.reason()).isEqualTo(ErrorReason.ERROR_REASON_PAYMENT_UNAVAILABLE);
                return OFFICE.fan(alice).refused(BookingServiceGrpcClient.CreateBooking, request);
            }
        }
        throw new AssertionError("never refused");
    }

    private static String account(Booking booking) {
        return booking.getContact().getEmail().replace("@example.org", "");
    }
}
