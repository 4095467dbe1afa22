package dev.onsale.command.booking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.onsale.command.BoxOffice;
import dev.onsale.command.inventory.HoldRecord;
import dev.onsale.command.saga.SagaProbe;
import dev.onsale.proto.booking.v1.Booking;
import dev.onsale.proto.booking.v1.LatePayment;
import dev.onsale.testkit.DrillMaster;
import dev.onsale.testkit.SagaDrill;
import dev.onsale.testkit.SagaDrill.Blow;
import dev.onsale.testkit.SagaDrill.Disturbance;
import dev.onsale.testkit.SagaDrill.DrilledStep;
import dev.onsale.testkit.SagaDrill.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Disturbs the saga of late payments in every way there is, on two nodes that die and recover: for the same seats, for equal
 * ones and for the money back. Then audits what is left by PostgreSQL, Redis and the provider's own ledger.
 */
final class LatePaymentDrill {
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final int BOOKINGS_AN_EVENT = 14; // As many again for others, of 29 seats of a kind.
    private static final int SEATS_A_ROW = 10;

    /** The bookings end long before their money comes. The serving node runs no sagas: the drilled ones do. */
    @RegisterExtension
    static final BoxOffice OFFICE = new BoxOffice()
            .with("saga.enabled", "false")
            .with("booking.unknown-most", "300ms")
            .with("payment.provider.answer-timeout", "150ms")
            .with("payment.provider.circuit-minimum-calls", "100000")
            .with("payment.retry.budget", "150ms")
            .with("payment.reconcile.ask-after", "500ms")
            .with("payment.reconcile.every", "200ms")
            .with("payment.reconcile.first-pause", "200ms")
            .with("payment.reconcile.longest-pause", "1s");

    /** Until others have what they want. */
    private volatile boolean heldBack = true;

    private final DrillMaster master = new DrillMaster();
    private final Map<UUID, Booking> bookings = new HashMap<>();
    private final List<UUID> events = new ArrayList<>();
    private final List<SagaNode> nodes = new ArrayList<>();

    @AfterEach
    void stopThem() {
        nodes.forEach(SagaNode::stop);
    }

    private void startTwoNodes() {
        nodes.add(SagaNode.start(OFFICE, probe()));
        nodes.add(SagaNode.start(OFFICE, probe()));
    }

    private static List<DrilledStep> steps(String... names) {
        return List.of(names).stream().map(name -> new DrilledStep(name, false)).toList();
    }

    @Test
    void givesTheSameSeatsOnceHoweverItIsDisturbed() throws Exception {
        List<DrilledStep> steps = steps(
                "learn-outcome", "take-seats", "capture-payment", "confirm-booking", "issue-tickets", "tell-buyer");
        begin(steps, false);
        endAs(LatePayment.LATE_PAYMENT_SAME_SEATS);
    }

    @Test
    void givesEqualSeatsOnceHoweverItIsDisturbed() throws Exception {
        List<DrilledStep> steps = steps(
                "learn-outcome", "take-seats", "capture-payment", "confirm-booking", "issue-tickets", "tell-buyer");
        begin(steps, true);
        othersTakeTheSeats();
        endAs(LatePayment.LATE_PAYMENT_EQUAL_SEATS);
    }

    @Test
    void givesTheMoneyBackOnceHoweverItIsDisturbed() throws Exception {
        List<DrilledStep> steps = steps("learn-outcome", "take-seats", "let-seats-go", "give-back", "tell-buyer");
        begin(steps, false);
        othersTakeTheSeats();
        endAs(LatePayment.LATE_PAYMENT_REFUNDED);
    }

    /** The checkout's own saga dies behind its last step, over and over, until the money is there. */
    @Test
    void waitsUntilTheCheckoutCanTakeNothingBackAnyMore() throws Exception {
        heldBack = false;
        events.add(OFFICE.event());
        Booking booking =
                OFFICE.book(OFFICE.hold(events.getFirst(), "drill-" + UUID.randomUUID(), 1), "tok_late_answer");
        Blow crash = new Blow("create-booking", true, SagaDrill.Moment.ACTED, Disturbance.CRASH);
        master.enlist(UUID.fromString(booking.getBookingId()), new Scenario(List.of(crash, crash, crash), true));
        startTwoNodes();

        ended();

        assertThat(master.missed()).isEmpty();
        assertThat(OFFICE.text(
                        "SELECT late_payment || ' ' || status FROM bookings WHERE id = $1",
                        UUID.fromString(booking.getBookingId())))
                .isEqualTo("same_seats confirmed");
        nothingIsWrong();
    }

    /** A booking a scenario, which ends before its payment succeeds. Only half of each event is sold to them. */
    private void begin(List<DrilledStep> steps, boolean equal) {
        BiFunction<HoldRecord, String, Booking> checkout = equal ? OFFICE::bookThoseOrEqual : OFFICE::book;
        int seat = 0;
        for (Scenario scenario : SagaDrill.scenarios(steps, 0)) {
            if (seat % BOOKINGS_AN_EVENT == 0) {
                events.add(OFFICE.event());
                seat = 0;
            }
            seat++;
            int ordinal = seat + seat / SEATS_A_ROW; // Every row is followed by a separator; seat 0 is of another kind.
            HoldRecord hold = OFFICE.hold(events.getLast(), "drill-" + UUID.randomUUID(), ordinal);
            Booking booking = checkout.apply(hold, "tok_late_answer");
            UUID id = UUID.fromString(booking.getBookingId());
            UUID payment = UUID.fromString(OFFICE.text("SELECT payment_id FROM bookings WHERE id = $1", id));
            bookings.put(payment, booking);
            master.enlist(payment, scenario);
        }
        startTwoNodes(); // Only now: every run must meet its blows from its first step.
        bookings.values().forEach(OFFICE::settled);
    }

    private void othersTakeTheSeats() {
        bookings.values().forEach(booking -> {
            int ordinal = booking.getItems(0).getSeat().getOrdinal();
            HoldRecord hold =
                    OFFICE.hold(UUID.fromString(booking.getEventId()), "quick-" + booking.getBookingId(), ordinal);
            OFFICE.book(hold, "tok_approve");
        });
    }

    private void endAs(LatePayment how) throws Exception {
        heldBack = false;
        ended();
        for (Map.Entry<UUID, Scenario> run : master.runs().entrySet()) {
            Booking was = bookings.getOrDefault(run.getKey(), Booking.getDefaultInstance());
            String buyer = was.getContact().getEmail().replace("@example.org", "");
            Booking booking = OFFICE.booking(buyer, was.getBookingId());
            assertThat(booking.getLatePayment()).as(run.getValue().toString()).isEqualTo(how);
            assertThat(OFFICE.stores().mail().mails(buyer))
                    .as(run.getValue().toString())
                    .isNotEmpty();
        }
        assertThat(master.missed()).isEmpty();
        nothingIsWrong();
        assertThat(OFFICE.text("SELECT count(*) FROM sagas WHERE kind = 'late-payment' AND state <> 'done'"))
                .isEqualTo("0");
    }

    private static void ended() {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> OFFICE.text("SELECT count(*) FROM sagas WHERE state IN ('running', 'compensating')")
                        .equals("0"));
    }

    private void nothingIsWrong() throws Exception {
        for (UUID event : events) {
            assertThat(OFFICE.audit(event).details()).isEmpty();
            assertThat(new StoresAudit(OFFICE).differences(event)).isEmpty();
        }
    }

    private SagaProbe probe() {
        return (moment, visit) -> {
            if (heldBack && visit.kind().equals(LatePaymentSaga.KIND) && moment == SagaProbe.Moment.BEFORE) {
                return SagaProbe.Interference.THROW;
            }
            Disturbance what =
                    master.at(SagaDrill.Moment.valueOf(moment.name()), visit.subject(), visit.step(), visit.undoing());
            return SagaProbe.Interference.valueOf(what.name());
        };
    }
}
