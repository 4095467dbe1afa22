package dev.onsale.query.audit;

import dev.onsale.runtime.config.Config;
import java.time.Duration;

/**
 * How inventories are audited.
 *
 * @param enabled whether this node takes part in the continuous audit; one node at a time does it
 * @param pace pause between two events: too low, and it is a load on PostgreSQL; too high, and drift is found late
 * @param settle how long a difference must stay the same to be called drift: too low, and bookings under way raise false
 *     alarms; too high, and an audit takes long
 * @param readEvery pause between two readings of an event in which something differs
 * @param repair whether drift is repaired, or only counted
 */
public record AuditConfig(boolean enabled, Duration pace, Duration settle, Duration readEvery, boolean repair) {
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
                config.duration("query.audit.pace", Duration.ofSeconds(2), ms, Duration.ofHours(1)),
                config.duration("query.audit.settle", Duration.ofSeconds(3), ms, Duration.ofSeconds(15)),
                config.duration("query.audit.read-every", Duration.ofMillis(500), ms, Duration.ofSeconds(5)),
                config.bool("query.audit.repair", true));
    }
}
