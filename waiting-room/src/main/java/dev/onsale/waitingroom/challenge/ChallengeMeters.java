package dev.onsale.waitingroom.challenge;

import io.micrometer.core.instrument.MeterRegistry;

/** What is counted of challenges: solutions, by what was asked for and what came of it. */
final class ChallengeMeters {

    private final MeterRegistry registry;

    ChallengeMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Counts one solution: passed, failed, refused (provider down), or accepted (provider down, by policy). */
    void checked(String kind, String outcome) {
        registry.counter("onsale.challenges", "kind", kind, "outcome", outcome).increment();
    }
}
