package dev.onsale.command.booking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onsale.command.BoxOffice;
import dev.onsale.command.DrillNodes;
import dev.onsale.command.inventory.HoldRecord;
import dev.onsale.proto.booking.v1.Booking;
import dev.onsale.proto.booking.v1.BookingServiceGrpcClient;
import dev.onsale.proto.booking.v1.BookingStatus;
import dev.onsale.proto.booking.v1.CancelBookingRequest;
import dev.onsale.runtime.inventory.SeatCode;
import dev.onsale.runtime.inventory.Snapshot;
import dev.onsale.testkit.DrillMaster;
import dev.onsale.testkit.SagaDrill;
import dev.onsale.testkit.SagaDrill.DrilledStep;
import dev.onsale.testkit.SagaDrill.Scenario;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Disturbs the booking saga and the cancellation in every way there is, on two nodes that die and recover, on real stores
 * and the real payment adapter; then audits what is left by PostgreSQL, Redis and the provider's own ledger.
 */
final class BookingDrill {
    private static final int SEATS_AN_EVENT = 30;
    private static final int SEATS_A_ROW = 10;

    /** The serving node runs no sagas: the drilled ones do. */
    @RegisterExtension
    static final BoxOffice OFFICE = new BoxOffice()
            .with("saga.enabled", "false")
            .with("booking.refund-pause-first", "200ms")
            .with("booking.refund-pause-most", "1s");

    private final DrillMaster master = new DrillMaster();
    private final Map<UUID, String> buyers = new HashMap<>();
    private final List<UUID> events = new ArrayList<>();
    private final DrillNodes nodes = new DrillNodes(OFFICE, master);
    private int seat = SEATS_AN_EVENT;

    @AfterEach
    void stopThem() {
        nodes.stop();
    }

    @Test
    void sellsOnceOrLeavesNothingHoweverACheckoutIsDisturbed() throws Exception {
        List<DrilledStep> steps = List.of(
                new DrilledStep("create-booking", true),
                new DrilledStep("claim-hold", true),
                new DrilledStep("reserve-seats", true),
                new DrilledStep("authorize-payment", true),
                new DrilledStep("confirm-booking", true),
                new DrilledStep("capture-payment", false),
                new DrilledStep("issue-tickets", false),
                new DrilledStep("send-confirmation", false));

        for (Scenario scenario : SagaDrill.scenarios(steps, 1)) {
            book(scenario);
        }
        nodes.startTwo(); // Only now: every run must meet its blows from its first step.

        nodes.ended();
        for (Map.Entry<UUID, Scenario> run : master.runs().entrySet()) {
            Booking booking = OFFICE.booking(buyer(run.getKey()), run.getKey().toString());
            assertThat(booking.getStatus())
                    .as(run.getValue().toString())
                    .isEqualTo(
                            run.getValue().mustEndUndone()
                                    ? BookingStatus.BOOKING_STATUS_CANCELLED
                                    : BookingStatus.BOOKING_STATUS_CONFIRMED);
        }
        nothingIsWrong();
    }

    @Test
    void givesBackOnceHoweverACancellationIsDisturbed() throws Exception {
        List<DrilledStep> steps = List.of(
                new DrilledStep("void-tickets", false),
                new DrilledStep("free-seats", false),
                new DrilledStep("refund-payment", false));
        List<Scenario> scenarios = new ArrayList<>(SagaDrill.scenarios(steps, 1));
        Map<UUID, List<Scenario>> planned = new HashMap<>();
        nodes.startTwo();
        for (int i = 0; i < scenarios.size(); i++) {
            for (String token : List.of("tok_approve", "tok_refund_lost_answer", "tok_refund_refused_twice")) {
                Scenario other = scenarios.get((i + 3) % scenarios.size());
                planned.put(book(new Scenario(List.of(), false), token, 2), List.of(scenarios.get(i), other));
            }
        }
        nodes.ended();
        stopThem();

        planned.forEach((booking, both) -> both.forEach(scenario -> master.enlist(giveOneBack(booking), scenario)));
        nodes.startTwo();

        nodes.ended();
        planned.keySet().forEach(booking -> {
            Booking now = OFFICE.booking(buyer(booking), booking.toString());
            assertThat(now.getStatus()).isEqualTo(BookingStatus.BOOKING_STATUS_CANCELLED);
            assertThat(now.getRefunded()).isEqualTo(now.getTotal());
        });
        nothingIsWrong();
        for (UUID event : events) {
            assertThat(OFFICE.taken(event)).isZero();
        }
    }

    /** The first ticket that is left; answers the cancellation's id. */
    private UUID giveOneBack(UUID booking) {
        String ticket = OFFICE.booking(buyer(booking), booking.toString()).getItemsList().stream()
                .filter(item -> !item.getGivenBack())
                .findFirst()
                .orElseThrow()
                .getTicketId();
        return UUID.fromString(OFFICE.fan(buyer(booking))
                .call(
                        BookingServiceGrpcClient.CancelBooking,
                        CancelBookingRequest.newBuilder()
                                .setRequestId(UUID.randomUUID().toString())
                                .setBookingId(booking.toString())
                                .addTicketIds(ticket)
                                .build())
                .getCancellation()
                .getCancellationId());
    }

    @Test
    void cancelsOnceHoweverACheckoutWhoseCaptureIsRefusedIsDisturbed() throws Exception {
        List<DrilledStep> steps = List.of(
                new DrilledStep("capture-payment", false),
                new DrilledStep("issue-tickets", false),
                new DrilledStep("refund-payment", false),
                new DrilledStep("free-seats", false),
                new DrilledStep("cancel-booking", false));
        for (Scenario scenario : SagaDrill.scenarios(steps, 0)) {
            book(scenario, "tok_capture_refused");
        }
        nodes.startTwo();

        nodes.ended();
        for (Map.Entry<UUID, Scenario> run : master.runs().entrySet()) {
            Booking booking = OFFICE.booking(buyer(run.getKey()), run.getKey().toString());
            assertThat(booking.getStatus())
                    .as(run.getValue().toString())
                    .isEqualTo(BookingStatus.BOOKING_STATUS_CANCELLED);
            assertThat(booking.getTicketsIssued()).isFalse();
        }
        nothingIsWrong();
    }

    private UUID book(Scenario scenario) {
        return book(scenario, "tok_approve");
    }

    private UUID book(Scenario scenario, String token) {
        return book(scenario, token, 1);
    }

    /** A booking of so many seats, one or two, side by side. */
    private UUID book(Scenario scenario, String token, int seats) {
        if (seat == SEATS_AN_EVENT) {
            events.add(OFFICE.event());
            seat = 0;
        }
        String buyer = "drill-" + UUID.randomUUID();
        int ordinal = seat + seat / SEATS_A_ROW; // Every row is followed by a separator.
        seat += seats;
        Integer[] ordinals = IntStream.range(ordinal, ordinal + seats).boxed().toArray(Integer[]::new);
        HoldRecord hold = OFFICE.hold(events.getLast(), buyer, ordinals);
        UUID booking = UUID.fromString(OFFICE.book(hold, token).getBookingId());
        master.enlist(booking, scenario);
        buyers.put(booking, buyer);
        return booking;
    }

    private String buyer(UUID booking) {
        return buyers.getOrDefault(booking, "");
    }

    /** By PostgreSQL and the provider's ledger; and Redis says of every seat what PostgreSQL says. */
    private void nothingIsWrong() throws Exception {
        assertThat(master.missed()).isEmpty();
        for (UUID event : events) {
            assertThat(OFFICE.audit(event).details()).isEmpty();
            Snapshot snapshot = OFFICE.ledger().snapshot(event).await().orElseThrow();
            OFFICE.database()
                    .pool()
                    .preparedQuery("SELECT ordinal, status::text AS status FROM seats WHERE event_id = $1")
                    .execute(io.vertx.sqlclient.Tuple.of(event))
                    .await()
                    .forEach(row -> assertThat(
                                    SeatCode.statusOf(snapshot.seats().getByte(row.getInteger("ordinal")))
                                            .name())
                            .isEqualToIgnoringCase(row.getString("status")));
        }
    }
}
