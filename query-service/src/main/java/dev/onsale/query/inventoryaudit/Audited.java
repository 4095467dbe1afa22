package dev.onsale.query.inventoryaudit;

import dev.onsale.proto.query.v1.AuditVerdict;
import dev.onsale.proto.query.v1.DifferenceClass;
import java.util.List;
import java.util.Map;

/**
 * What an audit came to.
 *
 * @param verdict agreement, drift or neither
 * @param last the last reading
 * @param readings how many it took
 * @param findings every difference that is left, with what it is
 */
record Audited(AuditVerdict verdict, Reading last, int readings, Map<Spot, Finding> findings) {
    /**
     * A difference.
     *
     * @param kind what it is
     * @param places how many places it is about
     */
    record Finding(DifferenceClass kind, int places) {
        boolean drift() {
            return kind.getNumber() >= DifferenceClass.DIFFERENCE_CLASS_REDIS_LOST_CLAIM_VALUE;
        }
    }

    /** The drift. */
    List<Map.Entry<Spot, Finding>> drift() {
        return findings.entrySet().stream()
                .filter(found -> found.getValue().drift())
                .toList();
    }
}
