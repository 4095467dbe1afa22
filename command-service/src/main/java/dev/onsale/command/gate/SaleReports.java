package dev.onsale.command.gate;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.onsale.command.catalog.EventDetail;
import dev.onsale.command.inventory.SeatLedger;
import dev.onsale.proto.catalog.v1.EventState;
import dev.onsale.runtime.CallersContext;
import dev.onsale.runtime.error.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Consumer;

/** What the inventory says of a sale, asked for at most once a second an event however many ask. */
final class SaleReports {
    private static final Duration KEPT = Duration.ofSeconds(1);
    private static final int MOST_EVENTS = 500;

    private final Vertx vertx;
    private final SeatLedger ledger;
    private final Consumer<UUID> lost;
    private final Cache<UUID, Future<SaleCounts>> counts = Caffeine.newBuilder()
            .maximumSize(MOST_EVENTS)
            .expireAfterWrite(KEPT)
            .build();

    /** @param lost is told of events that Redis should have and has not */
    SaleReports(Vertx vertx, SeatLedger ledger, Consumer<UUID> lost) {
        this.vertx = vertx;
        this.ledger = ledger;
        this.lost = lost;
    }

    /** Whether the event can be bought now. */
    static boolean onSale(EventDetail event) {
        Instant now = Instant.now();
        return event.state() == EventState.EVENT_STATE_ON_SALE
                && !now.isBefore(event.terms().start())
                && now.isBefore(event.terms().end());
    }

    /** How many seats are where; before the first sale all are free. */
    Future<SaleCounts> counts(EventDetail event) {
        if (event.head().epoch() == 0) {
            return Future.succeededFuture(new SaleCounts(event.head().capacity(), 0, 0, 0));
        }
        return CallersContext.of(vertx, counts.get(event.eventId(), this::count));
    }

    private Future<SaleCounts> count(UUID eventId) {
        return ledger.snapshot(eventId)
                .compose(found -> found.map(snapshot -> Future.succeededFuture(SaleCounts.of(snapshot)))
                        .orElseGet(() -> {
                            lost.accept(eventId);
                            return Refusal.unavailable("inventory").future();
                        }));
    }
}
