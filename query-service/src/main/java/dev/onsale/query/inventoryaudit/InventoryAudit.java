package dev.onsale.query.inventoryaudit;

import dev.onsale.proto.query.v1.AuditVerdict;
import dev.onsale.proto.query.v1.DifferenceClass;
import dev.onsale.query.catalog.EventSource.StoredEvent;
import dev.onsale.query.inventoryaudit.Audited.Finding;
import dev.onsale.query.stream.ShardLag;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Audits one event while it is sold. Every reading is compared by itself; a suspicion that is not raised by the next reading
 * too is dropped. What is raised by all of them over the settling time, and always said the same, is drift; what was
 * different each time moves; what the index has not been told of yet is lag. Blocks: for virtual threads.
 */
final class InventoryAudit {
    private final AuditReader reader;
    private final Function<StoredEvent, ShardLag> lag;
    private final AuditConfig config;

    InventoryAudit(AuditReader reader, Function<StoredEvent, ShardLag> lag, AuditConfig config) {
        this.reader = reader;
        this.lag = lag;
        this.config = config;
    }

    Audited run(StoredEvent event) throws InterruptedException {
        long begun = System.nanoTime();
        Reading reading = reader.read(event);
        Comparison comparison = Comparison.of(reading);
        Map<Spot, Suspicion> suspects = comparison.suspects();
        int readings = 1;
        while (!suspects.isEmpty()
                && System.nanoTime() - begun < config.settle().toNanos()) {
            Thread.sleep(config.readEvery());
            reading = reader.read(event);
            comparison = Comparison.of(reading);
            suspects = stillThere(suspects, comparison.suspects());
            readings++;
        }
        Map<Spot, Finding> findings = new LinkedHashMap<>();
        comparison.explained().forEach((spot, kind) -> findings.put(spot, new Finding(kind, 1)));
        boolean lags = suspects.keySet().stream().anyMatch(Spot::indexed)
                && lag.apply(event).millis()
                        >= Duration.ofNanos(System.nanoTime() - begun).toMillis();
        suspects.forEach((spot, suspicion) -> findings.put(spot, finding(spot, suspicion, lags)));
        return new Audited(verdict(findings), reading, readings, findings);
    }

    private static Map<Spot, Suspicion> stillThere(Map<Spot, Suspicion> before, Map<Spot, Suspicion> now) {
        Map<Spot, Suspicion> left = new LinkedHashMap<>();
        before.forEach((spot, suspicion) -> {
            Suspicion again = now.get(spot);
            if (again != null) {
                left.put(spot, suspicion.isMoving() ? again.moving() : suspicion.then(again));
            }
        });
        return left;
    }

    private static Finding finding(Spot spot, Suspicion suspicion, boolean lags) {
        if (spot.indexed() && lags) {
            return new Finding(DifferenceClass.DIFFERENCE_CLASS_PROJECTION_LAG, suspicion.places());
        }
        return new Finding(
                suspicion.isMoving() ? DifferenceClass.DIFFERENCE_CLASS_MOVING : suspicion.kind(), suspicion.places());
    }

    private static AuditVerdict verdict(Map<Spot, Finding> findings) {
        if (findings.values().stream().anyMatch(Finding::drift)) {
            return AuditVerdict.AUDIT_VERDICT_DRIFT;
        }
        boolean open = findings.values().stream()
                .anyMatch(found -> found.kind() == DifferenceClass.DIFFERENCE_CLASS_MOVING
                        || found.kind() == DifferenceClass.DIFFERENCE_CLASS_PROJECTION_LAG);
        return open ? AuditVerdict.AUDIT_VERDICT_INCONCLUSIVE : AuditVerdict.AUDIT_VERDICT_CONSISTENT;
    }
}
