package dev.onsale.command.booking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.onsale.command.BoxOffice;
import dev.onsale.command.Shows;
import dev.onsale.command.inventory.Choice;
import dev.onsale.proto.booking.v1.Booking;
import dev.onsale.proto.booking.v1.BookingServiceGrpcClient;
import dev.onsale.proto.booking.v1.BookingStatus;
import dev.onsale.proto.booking.v1.CancelBookingRequest;
import dev.onsale.proto.catalog.v1.CancelEventRequest;
import dev.onsale.proto.catalog.v1.CatalogAdminServiceGrpcClient;
import dev.onsale.proto.catalog.v1.EventCancellation;
import dev.onsale.proto.catalog.v1.GetEventCancellationRequest;
import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.runtime.auth.Role;
import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An event is called off: every booking goes back, at a pace, whatever state it is in and whatever the provider does. */
final class EventCancellationIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int PACE = 4;

    @RegisterExtension
    static final BoxOffice OFFICE = new BoxOffice()
            .with("event-cancellation.refunds-a-second", Integer.toString(PACE))
            .with("event-cancellation.most-under-way", "6")
            .with("payment.provider.answer-timeout", "300ms")
            .with("payment.provider.circuit-minimum-calls", "100000")
            .with("payment.retry.budget", "500ms")
            .with("payment.reconcile.ask-after", "500ms")
            .with("payment.reconcile.every", "200ms")
            .with("payment.reconcile.first-pause", "200ms");

    private final String alice = "alice-" + UUID.randomUUID();

    @Test
    void givesEveryBookingBackAtAPaceAndTellsHowFarItIs() throws Exception {
        UUID event = OFFICE.event();
        List<Booking> bookings = new ArrayList<>();
        List<String> tokens = List.of("tok_approve", "tok_refund_lost_answer", "tok_webhook_twice");
        for (int i = 0; i < 18; i++) {
            String account = "fan-" + i + "-" + alice;
            int ordinal = i % 3 * 11 + i / 3;
            bookings.add(OFFICE.book(OFFICE.hold(event, account, ordinal), tokens.get(i % 3)));
        }
        Booking two = OFFICE.settled(OFFICE.book(OFFICE.hold(event, alice, new Choice.Area(0, 2)), "tok_approve"));
        bookings.forEach(OFFICE::settled);
        OFFICE.fan(alice)
                .call(
                        BookingServiceGrpcClient.CancelBooking,
                        CancelBookingRequest.newBuilder()
                                .setRequestId(Shows.requestId())
                                .setBookingId(two.getBookingId())
                                .addTicketIds(two.getItems(0).getTicketId())
                                .build());
        await().atMost(PATIENCE)
                .until(() ->
                        OFFICE.booking(alice, two.getBookingId()).getRefunded().getUnits() == 25);
        assertThat(OFFICE.as(Role.SUPPORT, "sue")
                        .refused(CatalogAdminServiceGrpcClient.GetEventCancellation, of(event))
                        .reason())
                .isEqualTo(ErrorReason.ERROR_REASON_RESOURCE_NOT_FOUND);

        cancel(event);

        EventCancellation half = await().atMost(PATIENCE)
                .until(() -> progress(event), now -> now.getRefunded() >= 6 && now.getRefunded() < 19);
        assertThat(half.getBookings()).isEqualTo(19);
        assertThat(half.getBegun() - half.getRefunded()).isLessThanOrEqualTo(6);
        assertThat(half.getToGiveBack()).isEqualTo(Shows.euros(18 * 4708 + 2500));
        assertThat(half.getGivenBack().getUnits())
                .isLessThan(half.getToGiveBack().getUnits());
        assertThat(half.getReason()).isEqualTo("Storm");
        assertThat(half.hasEstimatedFinishTime()).isTrue();
        EventCancellation all = await().atMost(PATIENCE).until(() -> progress(event), EventCancellation::hasFinishTime);
        assertThat(all.getRefunded()).isEqualTo(19);
        assertThat(all.getStuck()).isZero();
        assertThat(all.getGivenBack()).isEqualTo(all.getToGiveBack());
        assertThat(all.hasEstimatedFinishTime()).isFalse();
        keepsThePace(event);
        assertThat(OFFICE.booking(alice, two.getBookingId()).getRefunded()).isEqualTo(Shows.euros(5_000));
        OFFICE.auditedClean(event);
    }

    /** Nothing is known of their payments, and nobody can be asked: they end without tickets, and without their buyers' money. */
    @Test
    void takesBackCheckoutsUnderWay() throws Exception {
        UUID event = OFFICE.event();
        Booking late = OFFICE.book(OFFICE.hold(event, alice, 0), "tok_late_answer");
        String bob = "bob-" + alice;
        Booking never = OFFICE.book(OFFICE.hold(event, bob, 1), "tok_timeout");
        awaitStep(alice, late);
        awaitStep(bob, never);
        OFFICE.stopPayment();

        cancel(event);

        assertThat(progress(event).getCheckouts()).isEqualTo(2);
        OFFICE.startPayment();
        for (Booking each : List.of(OFFICE.settled(late), OFFICE.settled(never))) {
            assertThat(each.getStatus()).isEqualTo(BookingStatus.BOOKING_STATUS_CANCELLED);
            assertThat(each.getCancelReason()).isEqualTo("EVENT_CANCELLED");
        }
        EventCancellation ended =
                await().atMost(PATIENCE).until(() -> progress(event), EventCancellation::hasFinishTime);
        assertThat(ended.getCheckouts()).isZero();
        assertThat(ended.getBookings()).isZero();
        OFFICE.auditedClean(event);
    }

    /** More than may be under way are refused by the provider: the others go through, and these are counted. */
    @Test
    void isNotHeldUpByRefundsThatTheProviderRefuses() throws Exception {
        UUID event = OFFICE.event();
        List<Booking> bookings = new ArrayList<>();
        for (int seat = 0; seat < 8; seat++) {
            bookings.add(OFFICE.book(OFFICE.hold(event, "no-" + seat + alice, seat), "tok_refund_refused"));
        }
        Booking good = OFFICE.book(OFFICE.hold(event, alice, 8), "tok_approve");
        bookings.forEach(OFFICE::settled);
        OFFICE.settled(good);

        cancel(event);

        await().atMost(PATIENCE)
                .until(() ->
                        OFFICE.booking(alice, good.getBookingId()).getRefunded().equals(good.getTotal()));
        EventCancellation now =
                await().atMost(PATIENCE).until(() -> progress(event), progress -> progress.getBegun() == 9);
        assertThat(now.getRefunded()).isEqualTo(1);
        assertThat(now.hasFinishTime()).isFalse();
        try (Connection owner =
                        OFFICE.stores().connect(OFFICE.stores().postgres().owner());
                Statement sql = owner.createStatement()) {
            sql.executeUpdate("UPDATE cancellations SET created_at = now() - interval '10 minutes'");
        }
        assertThat(progress(event).getStuck()).isEqualTo(8);
    }

    @Test
    void goesOnWhenTheProviderComesBack() throws Exception {
        UUID event = OFFICE.event();
        Booking booking = OFFICE.settled(OFFICE.book(OFFICE.hold(event, alice, 0), "tok_approve"));
        OFFICE.stopPayment();

        cancel(event);

        await().atMost(PATIENCE).until(() -> progress(event).getBegun() == 1);
        assertThat(progress(event).getRefunded()).isZero();
        OFFICE.startPayment();
        await().atMost(PATIENCE).until(() -> progress(event).hasFinishTime());
        assertThat(OFFICE.booking(alice, booking.getBookingId()).getRefunded()).isEqualTo(booking.getTotal());
        OFFICE.auditedClean(event);
    }

    private static void awaitStep(String account, Booking booking) {
        await().atMost(PATIENCE)
                .until(() -> OFFICE.booking(account, booking.getBookingId())
                        .getStep()
                        .equals("authorize-payment"));
    }

    private static void cancel(UUID event) {
        OFFICE.as(Role.OPERATOR, "olga")
                .call(
                        CatalogAdminServiceGrpcClient.CancelEvent,
                        CancelEventRequest.newBuilder()
                                .setRequestId(Shows.requestId())
                                .setEventId(event.toString())
                                .setReason("Storm")
                                .build());
    }

    private static GetEventCancellationRequest of(UUID event) {
        return GetEventCancellationRequest.newBuilder()
                .setEventId(event.toString())
                .build();
    }

    private static EventCancellation progress(UUID event) {
        return OFFICE.as(Role.SUPPORT, "sue")
                .call(CatalogAdminServiceGrpcClient.GetEventCancellation, of(event))
                .getCancellation();
    }

    /** By the provider's ledger, calls that it refused among them: what lies n places apart is n intervals apart. */
    private static void keepsThePace(UUID event) throws Exception {
        Set<String> payments =
                OFFICE.payments(event).stream().map(UUID::toString).collect(Collectors.toSet());
        List<Instant> refunds = OFFICE.ledgerLines().stream()
                .map(JsonObject::new)
                .filter(line -> line.getString("verb").equals("refund") && payments.contains(line.getString("payment")))
                .filter(line -> line.getString("outcome").equals("approved"))
                .map(line -> Instant.parse(line.getString("at")))
                .sorted()
                .skip(1) // The ticket that was given back before.
                .toList();
        assertThat(refunds).hasSize(19);
        for (int i = PACE * 2; i < refunds.size(); i++) {
            assertThat(Duration.between(refunds.get(i - PACE * 2), refunds.get(i)))
                    .as("from refund %d to %d", i - PACE * 2, i)
                    .isGreaterThan(Duration.ofMillis(1_500));
        }
    }
}
