package dev.onsale.query.inventoryaudit;

import dev.onsale.runtime.config.Config;
import java.time.Duration;

/**
 * How inventories are audited.
 *
 * @param enabled whether this node takes part in the continuous audit; one node at a time does it
 * @param pace shortest pause between two events; it is ten times as long as the audit took, if that is more: too low, and it
 *     is a load on PostgreSQL; too high, and drift is found late
 * @param walkEvery how often all events are walked over at the most, if they are few
 * @param settle how long a difference must stay the same to be called drift: too low, and bookings under way raise false
 *     alarms; too high, and an audit takes long
 * @param readEvery pause between two readings of an event in which something differs
 * @param repair whether drift is repaired, or only counted
 */
public record AuditConfig(
        boolean enabled, Duration pace, Duration walkEvery, Duration settle, Duration readEvery, boolean repair) {
    /**
     * Reads the configuration.
     *
     * @param config where from
     * @return the record
     */
    public static AuditConfig from(Config config) {
        Duration ms = Duration.ofMillis(1);
        return new AuditConfig(
                config.bool("query.audit.enabled", true),
                config.duration("query.audit.pace", Duration.ofMillis(250), ms, Duration.ofHours(1)),
                config.duration("query.audit.walk-every", Duration.ofSeconds(15), ms, Duration.ofDays(1)),
                config.duration("query.audit.settle", Duration.ofSeconds(3), ms, Duration.ofSeconds(15)),
                config.duration("query.audit.read-every", Duration.ofMillis(500), ms, Duration.ofSeconds(5)),
                config.bool("query.audit.repair", true));
    }
}
