package dev.onsale.command.booking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onsale.command.BoxOffice;
import dev.onsale.command.ChildNode;
import dev.onsale.command.FullHouse;
import dev.onsale.command.Shows;
import dev.onsale.proto.catalog.v1.CancelEventRequest;
import dev.onsale.proto.catalog.v1.CatalogAdminServiceGrpcClient;
import dev.onsale.proto.catalog.v1.EventCancellation;
import dev.onsale.proto.catalog.v1.GetEventCancellationRequest;
import dev.onsale.runtime.auth.Role;
import dev.onsale.runtime.inventory.SeatCode;
import dev.onsale.runtime.inventory.Snapshot;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A sold-out event is called off, and the node that gives it back is killed twice on the way, as {@code kill -9} does. In the
 * end the provider's own ledger says that every payment went back once, at no more than the pace.
 *
 * <p>How many bookings: {@code -Donsale.cancelled-bookings}; how many a second: {@code -Donsale.refunds-a-second}.
 */
final class EventCancellationKillIT {
    private static final Logger LOG = LoggerFactory.getLogger(EventCancellationKillIT.class);
    private static final int BOOKINGS = Integer.getInteger("onsale.cancelled-bookings", 1_000);
    private static final int PACE = Integer.getInteger("onsale.refunds-a-second", 50);
    private static final int MOST_UNDER_WAY = 2 * PACE;
    private static final Duration LEASE = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(60L + 3L * BOOKINGS / PACE);

    /** The office's own node runs no sagas: children do. */
    @RegisterExtension
    static final BoxOffice OFFICE = BoxOffice.exclusive().with("saga.enabled", "false");

    private final AtomicInteger mostUnderWay = new AtomicInteger();

    @Test
    void refundsEveryBookingOnceThoughTheNodeIsKilledTwice() throws Exception {
        Instant begun = Instant.now();
        FullHouse house = FullHouse.sell(OFFICE, BOOKINGS);
        UUID event = house.eventId();
        Instant sold = Instant.now();

        OFFICE.as(Role.OPERATOR, "olga")
                .call(
                        CatalogAdminServiceGrpcClient.CancelEvent,
                        CancelEventRequest.newBuilder()
                                .setRequestId(Shows.requestId())
                                .setEventId(event.toString())
                                .setReason("Storm")
                                .build());
        killAt(event, BOOKINGS / 4, "first");
        killAt(event, BOOKINGS / 2, "second");
        try (ChildNode last = node("last")) {
            EventCancellation ended =
                    await(PATIENCE).until(() -> progress(event, last), EventCancellation::hasFinishTime);
            assertThat(ended.getRefunded()).isEqualTo(BOOKINGS);
            assertThat(ended.getBegun()).isEqualTo(BOOKINGS);
            assertThat(ended.getBookings()).isEqualTo(BOOKINGS);
            assertThat(ended.getStuck()).isZero();
            assertThat(ended.getGivenBack()).isEqualTo(Shows.euros(BOOKINGS * FullHouse.PRICE));
            assertThat(ended.getToGiveBack()).isEqualTo(ended.getGivenBack());
            await(PATIENCE) // Until the last letter is sent.
                    .untilAsserted(
                            () -> assertThat(OFFICE.audit(event).details()).isEmpty());
        }

        List<Instant> refunds = refundsByTheLedger();
        // Those that a slow moment held up may all end at once.
        assertThat(mostIn(refunds, Duration.ofSeconds(1))).isLessThanOrEqualTo(PACE + MOST_UNDER_WAY);
        assertThat(mostIn(refunds, Duration.ofSeconds(10))).isLessThanOrEqualTo(10 * PACE + MOST_UNDER_WAY);
        assertThat(mostUnderWay.get()).isBetween(1, MOST_UNDER_WAY);
        everySeatIsFree(event);
        LOG.atInfo()
                .addKeyValue("bookings", BOOKINGS)
                .addKeyValue("sold", Duration.between(begun, sold))
                .addKeyValue("cancelled", Duration.between(sold, refunds.getLast()))
                .addKeyValue("mostInASecond", mostIn(refunds, Duration.ofSeconds(1)))
                .addKeyValue("mostInTenSeconds", mostIn(refunds, Duration.ofSeconds(10)))
                .addKeyValue("mostUnderWay", mostUnderWay)
                .log("Gave back");
    }

    /** Kills it with cancellations under way: a death between two of them would prove little. */
    private void killAt(UUID event, int refunds, String name) throws Exception {
        try (ChildNode node = node(name)) {
            await(PATIENCE)
                    .until(
                            () -> progress(event, node),
                            now -> now.getRefunded() >= refunds && now.getRefunded() < now.getBegun());
            node.kill();
            EventCancellation left = progress(event);
            assertThat(left.getRefunded()).isBetween(refunds, BOOKINGS - 1);
            assertThat(left.getBegun()).as("cancellations hit").isGreaterThan(left.getRefunded());
            assertThat(left.hasFinishTime()).isFalse();
            assertThat(left.hasEstimatedFinishTime()).isTrue();
        }
    }

    private static org.awaitility.core.ConditionFactory await(Duration patience) {
        return org.awaitility.Awaitility.await().atMost(patience).pollInterval(Duration.ofMillis(200));
    }

    private static ChildNode node(String name) throws Exception {
        return ChildNode.start(
                OFFICE,
                name,
                Map.of(
                        "saga.enabled",
                        "true",
                        "saga.lease",
                        LEASE.toMillis() + "ms",
                        "event-cancellation.refunds-a-second",
                        Integer.toString(PACE),
                        "event-cancellation.most-under-way",
                        Integer.toString(MOST_UNDER_WAY)));
    }

    private EventCancellation progress(UUID event, ChildNode node) {
        assertThat(node.alive()).as("the node").isTrue();
        return progress(event);
    }

    private EventCancellation progress(UUID event) {
        EventCancellation now = OFFICE.as(Role.SUPPORT, "sue")
                .call(
                        CatalogAdminServiceGrpcClient.GetEventCancellation,
                        GetEventCancellationRequest.newBuilder()
                                .setEventId(event.toString())
                                .build())
                .getCancellation();
        mostUnderWay.accumulateAndGet(now.getBegun() - now.getRefunded(), Math::max);
        return now;
    }

    /** When each payment went back: once each, whole, and none but ours. */
    private static List<Instant> refundsByTheLedger() throws Exception {
        Map<String, Long> refunded = new HashMap<>();
        List<JsonObject> lines = OFFICE.ledgerLines().stream()
                .map(JsonObject::new)
                .filter(line -> line.getString("verb").equals("refund")
                        && line.getString("outcome").equals("approved"))
                .toList();
        lines.forEach(line -> refunded.merge(line.getString("payment"), line.getLong("amount"), Long::sum));
        assertThat(lines).hasSize(BOOKINGS);
        assertThat(refunded).hasSize(BOOKINGS);
        assertThat(refunded.values()).allMatch(amount -> amount == FullHouse.PRICE);
        return lines.stream()
                .map(line -> Instant.parse(line.getString("at")))
                .sorted()
                .toList();
    }

    /** The most that happened within a window of this length, wherever it begins. */
    private static int mostIn(List<Instant> times, Duration window) {
        int most = 0;
        int from = 0;
        for (int i = 0; i < times.size(); i++) {
            while (Duration.between(times.get(from), times.get(i)).compareTo(window) >= 0) {
                from++;
            }
            most = Math.max(most, i - from + 1);
        }
        return most;
    }

    private static void everySeatIsFree(UUID event) {
        assertThat(OFFICE.count("SELECT count(*) FROM bookings WHERE event_id = $1 AND status <> 'cancelled'", event))
                .isZero();
        assertThat(OFFICE.count("SELECT count(*) FROM tickets WHERE event_id = $1 AND status <> 'void'", event))
                .isZero();
        assertThat(OFFICE.count("SELECT count(*) FROM seats WHERE event_id = $1 AND status = 'available'", event))
                .isEqualTo(BOOKINGS);
        Snapshot snapshot = OFFICE.ledger().snapshot(event).await().orElseThrow();
        int free = 0;
        for (int i = 0; i < snapshot.seats().length(); i++) {
            byte code = snapshot.seats().getByte(i);
            if (code != SeatCode.SEPARATOR && SeatCode.statusOf(code).name().equals("AVAILABLE")) {
                free++;
            }
        }
        assertThat(free).as("free by Redis").isEqualTo(BOOKINGS);
    }
}
