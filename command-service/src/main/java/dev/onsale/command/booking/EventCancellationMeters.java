package dev.onsale.command.booking;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;

/** Shows how far the events that are being cancelled have come: the same on every node, from PostgreSQL. */
final class EventCancellationMeters {
    private static final Duration EVERY = Duration.ofSeconds(10);

    private final Vertx vertx;
    private final EventBookings bookings;
    private final long timer;
    private volatile Map<String, Long> stages = Map.of();
    private volatile boolean busy;

    private EventCancellationMeters(Vertx vertx, EventBookings bookings, MeterRegistry registry) {
        this.vertx = vertx;
        this.bookings = bookings;
        this.timer = vertx.setPeriodic(0, EVERY.toMillis(), id -> look());
        Gauge.builder("onsale.event.cancellations.running", () -> stages.getOrDefault("events", 0L))
                .description("Cancelled events whose bookings have not all come to their end")
                .strongReference(true)
                .register(registry);
        for (String stage : new String[] {"waiting", "under_way", "stuck"}) {
            Gauge.builder("onsale.event.cancellation.bookings", () -> stages.getOrDefault(stage, 0L))
                    .description("Bookings of these events, by how far they are")
                    .tag("stage", stage)
                    .strongReference(true)
                    .register(registry);
        }
    }

    static EventCancellationMeters start(Vertx vertx, EventBookings bookings, MeterRegistry registry) {
        return new EventCancellationMeters(vertx, bookings, registry);
    }

    private void look() {
        if (!busy) {
            busy = true;
            bookings.stages().onSuccess(found -> stages = found).onComplete(done -> busy = false);
        }
    }

    void close() {
        vertx.cancelTimer(timer);
    }
}
