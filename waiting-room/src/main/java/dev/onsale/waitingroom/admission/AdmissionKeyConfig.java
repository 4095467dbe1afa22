package dev.onsale.waitingroom.admission;

import dev.onsale.runtime.config.Config;
import java.time.Duration;

/**
 * How the keys that sign admissions live.
 *
 * @param rotateEvery how long a key signs; longer gives a thief of it more time, shorter shows more keys at a time
 * @param announce how long a new key is shown before it signs; shorter than verifiers keep old keys refuses good tokens
 * @param longestSession how long an old key is shown after the last token it may have signed; shorter ends sessions early
 * @param refreshEvery pause between two looks at PostgreSQL; must be far below {@code announce}
 */
record AdmissionKeyConfig(Duration rotateEvery, Duration announce, Duration longestSession, Duration refreshEvery) {

    /** A node that can't see PostgreSQL signs no longer than this with the key it knows. */
    static final Duration BLIND = Duration.ofMinutes(10);

    /** Reads {@code admission.rotate-every}, {@code admission.announce-key}, ... */
    static AdmissionKeyConfig from(Config config) {
        return new AdmissionKeyConfig(
                config.duration(
                        "admission.rotate-every", Duration.ofDays(1), Duration.ofMinutes(10), Duration.ofDays(90)),
                config.duration(
                        "admission.announce-key", Duration.ofSeconds(90), Duration.ofMinutes(1), Duration.ofHours(1)),
                config.duration(
                        "admission.longest-session", Duration.ofHours(4), Duration.ofHours(4), Duration.ofDays(1)),
                Duration.ofSeconds(5));
    }

    /** How long an old key is shown after the next began to sign. */
    Duration afterlife() {
        return longestSession.plus(BLIND.multipliedBy(2));
    }
}
