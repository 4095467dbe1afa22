package dev.onsale.query.inventoryaudit;

import dev.onsale.proto.query.v1.AuditVerdict;
import dev.onsale.proto.query.v1.DifferenceClass;
import dev.onsale.query.catalog.EventSource.StoredEvent;
import dev.onsale.query.stream.ShardShare;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Walks over the events on sale for ever, one after the other, while this node has the lease: audits each, counts what differs
 * by its class, and has drift repaired.
 */
final class ContinuousAuditor {
    private static final Logger LOG = LoggerFactory.getLogger(ContinuousAuditor.class);
    private static final UUID FIRST = new UUID(0, 0);
    private static final int LISTED = 100;
    private static final int REST = 10;
    private static final Duration LONGEST_REST = Duration.ofSeconds(10);

    private final ShardShare lease;
    private final AuditReader reader;
    private final InventoryAudit audit;
    private final DriftRepair repair;
    private final AuditConfig config;
    private final MeterRegistry registry;
    private UUID last = FIRST;
    private List<UUID> next = List.of();
    private long walkNanos = System.nanoTime();
    private Duration pause;

    ContinuousAuditor(
            ShardShare lease,
            AuditReader reader,
            InventoryAudit audit,
            DriftRepair repair,
            AuditConfig config,
            MeterRegistry registry) {
        this.lease = lease;
        this.reader = reader;
        this.audit = audit;
        this.repair = repair;
        this.config = config;
        this.registry = registry;
        this.pause = config.pace();
    }

    /** One event. */
    void round() throws InterruptedException {
        Thread.sleep(pause);
        pause = config.pace();
        if (lease.begin().isEmpty() || !walkOn()) {
            return;
        }
        last = next.getFirst();
        next = next.subList(1, next.size());
        Optional<StoredEvent> event = reader.event(last);
        if (event.isPresent()) {
            long begun = System.nanoTime();
            audit(event.get());
            pause = pause(Duration.ofNanos(System.nanoTime() - begun));
        }
    }

    /** Whether there is a next event; after the last one the walk begins again, but not too soon. */
    private boolean walkOn() {
        if (next.isEmpty() && !last.equals(FIRST)) {
            next = reader.onSaleAfter(last, LISTED);
            last = next.isEmpty() ? FIRST : last;
        }
        if (next.isEmpty()
                && System.nanoTime() - walkNanos >= config.walkEvery().toNanos()) {
            walkNanos = System.nanoTime();
            next = reader.onSaleAfter(FIRST, LISTED);
        }
        return !next.isEmpty();
    }

    private Duration pause(Duration audit) {
        Duration rest = audit.multipliedBy(REST);
        Duration bounded = rest.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : rest;
        return bounded.compareTo(config.pace()) > 0 ? bounded : config.pace();
    }

    private void audit(StoredEvent event) throws InterruptedException {
        Audited audited = audit.run(event);
        registry.counter("onsale.audit.events", "verdict", label(audited.verdict(), "AUDIT_VERDICT_"))
                .increment();
        Map<DifferenceClass, Integer> places = new EnumMap<>(DifferenceClass.class);
        audited.findings().values().forEach(found -> places.merge(found.kind(), found.places(), Integer::sum));
        places.forEach(
                (kind, count) -> registry.counter("onsale.audit.differences", "class", label(kind, "DIFFERENCE_CLASS_"))
                        .increment(count));
        if (audited.verdict() == AuditVerdict.AUDIT_VERDICT_DRIFT) {
            drift(audited, places);
        }
    }

    private void drift(Audited audited, Map<DifferenceClass, Integer> places) {
        LOG.atError()
                .addKeyValue("eventId", audited.last().event().event().eventId())
                .addKeyValue("places", places)
                .addKeyValue("repair", config.repair())
                .log("The stores do not agree");
        if (config.repair()) {
            repair.repair(audited);
            registry.counter("onsale.audit.repairs").increment();
        }
    }

    private static String label(Enum<?> value, String prefix) {
        return value.name().substring(prefix.length()).toLowerCase(Locale.ROOT);
    }
}
