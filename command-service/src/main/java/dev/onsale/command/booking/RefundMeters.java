package dev.onsale.command.booking;

import dev.onsale.runtime.sql.Database;
import dev.onsale.runtime.sql.Sql;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import java.time.Duration;

/** Shows how many refunds somebody must look at: one is enough for an alert. */
final class RefundMeters {
    private static final Sql STUCK = Sql.load(RefundMeters.class, "stuck_refunds.sql");
    private static final Duration EVERY = Duration.ofSeconds(10);

    private final Vertx vertx;
    private final Database database;
    private final long timer;
    private volatile long stuck;
    private volatile double oldestSeconds;

    RefundMeters(Vertx vertx, Database database, MeterRegistry registry) {
        this.vertx = vertx;
        this.database = database;
        Gauge.builder("onsale.refunds.stuck", this, meters -> meters.stuck)
                .description("Refunds that the provider has not made for days: somebody must look")
                .register(registry);
        Gauge.builder("onsale.refunds.oldest.seconds", this, meters -> meters.oldestSeconds)
                .description("How long the oldest refund has been tried that is not stuck yet")
                .register(registry);
        this.timer = vertx.setPeriodic(EVERY.toMillis(), id -> count());
        count();
    }

    private void count() {
        database.run(STUCK).map(rows -> rows.iterator().next()).onSuccess(row -> {
            stuck = row.getLong("stuck");
            oldestSeconds = row.getDouble("oldest_seconds");
        });
    }

    void close() {
        vertx.cancelTimer(timer);
    }
}
