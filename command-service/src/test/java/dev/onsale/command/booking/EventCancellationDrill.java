package dev.onsale.command.booking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onsale.command.BoxOffice;
import dev.onsale.command.DrillNodes;
import dev.onsale.command.Shows;
import dev.onsale.proto.booking.v1.Booking;
import dev.onsale.proto.catalog.v1.CancelEventRequest;
import dev.onsale.proto.catalog.v1.CatalogAdminServiceGrpcClient;
import dev.onsale.runtime.auth.Role;
import dev.onsale.testkit.DrillMaster;
import dev.onsale.testkit.SagaDrill;
import dev.onsale.testkit.SagaDrill.DrilledStep;
import dev.onsale.testkit.SagaDrill.Scenario;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Disturbs the cancellation of an event in every way there is, and its bookings' too: in the end the provider's ledger says
 * that every buyer has everything back, once. Among the payments are one whose refund's answer is lost.
 */
final class EventCancellationDrill {
    private static final List<DrilledStep> OF_THE_EVENT =
            List.of(new DrilledStep("cancel-bookings", false), new DrilledStep("see-refunds-through", false));
    private static final List<String> TOKENS = List.of("tok_approve", "tok_refund_lost_answer", "tok_webhook_twice");

    @RegisterExtension
    static final BoxOffice OFFICE = BoxOffice.exclusive()
            .with("saga.enabled", "false")
            .with("event-cancellation.refunds-a-second", "30")
            .with("event-cancellation.most-under-way", "2")
            .with("payment.provider.answer-timeout", "300ms")
            .with("payment.provider.circuit-minimum-calls", "100000")
            .with("payment.retry.budget", "500ms")
            .with("payment.reconcile.ask-after", "500ms")
            .with("payment.reconcile.every", "200ms");

    private final DrillMaster master = new DrillMaster();
    private final DrillNodes nodes = new DrillNodes(OFFICE, master);

    @AfterEach
    void stop() {
        nodes.stop();
    }

    @Test
    void givesBackOnceHoweverTheCancellationOfTheEventIsDisturbed() {
        List<Scenario> scenarios = SagaDrill.scenarios(OF_THE_EVENT, 0);
        Map<UUID, List<Booking>> events = new HashMap<>();
        for (Scenario scenario : scenarios) {
            UUID event = OFFICE.event();
            events.put(event, buy(event));
            master.enlist(event, scenario);
        }
        nodes.startTwo();
        events.values().forEach(bookings -> bookings.forEach(OFFICE::settled));
        nodes.ended();
        nodes.stop();
        events.keySet().forEach(EventCancellationDrill::cancel);

        nodes.startTwo();

        nodes.ended();
        assertThat(master.missed()).isEmpty();
        events.keySet().forEach(event -> {
            assertThat(OFFICE.count(
                            "SELECT count(*) FROM bookings WHERE event_id = $1 AND status = 'cancelled'"
                                    + " AND refunded_amount = total_amount",
                            event))
                    .isEqualTo(TOKENS.size());
            assertThat(OFFICE.text("SELECT finished_at FROM event_cancellations WHERE event_id = $1", event))
                    .isNotEqualTo("null");
            OFFICE.auditedClean(event);
        });
    }

    private static List<Booking> buy(UUID event) {
        List<Booking> bookings = new ArrayList<>();
        for (int seat = 0; seat < TOKENS.size(); seat++) {
            String account = "drill-" + UUID.randomUUID();
            bookings.add(OFFICE.book(OFFICE.hold(event, account, seat), TOKENS.get(seat)));
        }
        return bookings;
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
}
