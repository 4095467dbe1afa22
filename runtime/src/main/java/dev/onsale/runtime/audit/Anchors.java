package dev.onsale.runtime.audit;

import dev.onsale.runtime.auth.SigningKey;
import dev.onsale.runtime.sql.Database;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says regularly where the chains of a log end: as a line of the service's log, in the database, and as gauges. What is sent away
 * from the machine is what counts: whoever can change the database can change the anchors in it.
 */
public final class Anchors {
    private static final Logger LOG = LoggerFactory.getLogger(Anchors.class);

    private final Vertx vertx;
    private final String log;
    private final AuditStore store;
    private final Optional<SigningKey> key;
    private final MultiGauge lengths;
    private final AtomicLong anchoredAt = new AtomicLong();
    private final long timer;
    private volatile @Nullable Anchor last;

    private Anchors(Vertx vertx, Database database, MeterRegistry registry, String log, AuditConfig config) {
        this.vertx = vertx;
        this.log = log;
        this.store = new AuditStore(database);
        this.key = config.keyFile().map(AnchorKey::open);
        this.lengths = MultiGauge.builder("onsale.audit.entries")
                .description("Entries in each chain of the audit log")
                .register(registry);
        Gauge.builder("onsale.audit.anchored", anchoredAt, AtomicLong::get)
                .description("When the audit log was last anchored, in seconds since 1970; 0: not yet")
                .baseUnit("seconds")
                .register(registry);
        this.timer = vertx.setPeriodic(
                config.anchorEvery().toMillis(), id -> publish().onFailure(Anchors::warn));
    }

    /** Anchors the log of a service until it is told to stop. */
    public static Anchors start(
            Vertx vertx, Database database, MeterRegistry registry, String log, AuditConfig config) {
        return new Anchors(vertx, database, registry, log, config);
    }

    /** Where the chains end now, signed if there is a key. */
    Future<Anchor> now() {
        return store.heads(log)
                .map(anchor -> key.map(signer -> anchor.signed(signer.sign(Anchor.TYPE, anchor.claims())))
                        .orElse(anchor));
    }

    /** Publishes it, unless nothing was appended since the last time. */
    public Future<Void> publish() {
        return now().compose(anchor -> {
            lengths.register(
                    anchor.heads().entrySet().stream()
                            .map(each -> MultiGauge.Row.of(
                                    Tags.of("chain", each.getKey()),
                                    each.getValue().seq()))
                            .toList(),
                    true);
            Anchor before = last;
            if (before != null && before.heads().equals(anchor.heads())) {
                anchoredAt.set(Instant.now().getEpochSecond());
                return Future.succeededFuture();
            }
            return store.keep(anchor).onSuccess(kept -> kept(anchor));
        });
    }

    private void kept(Anchor anchor) {
        last = anchor;
        anchoredAt.set(Instant.now().getEpochSecond());
        LOG.atInfo()
                .addKeyValue("log", log)
                .addKeyValue("time", AuditEntry.text(anchor.at()))
                .addKeyValue("heads", anchor.line())
                .addKeyValue("signature", anchor.signature())
                .log("The audit log is anchored");
    }

    private static void warn(Throwable failure) {
        LOG.atWarn()
                .addKeyValue("reason", String.valueOf(failure.getMessage()))
                .log("The audit log can't be anchored now");
    }

    /** Anchors no more. */
    public Future<Void> stop() {
        vertx.cancelTimer(timer);
        return Future.succeededFuture();
    }
}
