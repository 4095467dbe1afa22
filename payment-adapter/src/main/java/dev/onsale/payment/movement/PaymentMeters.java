package dev.onsale.payment.movement;

import dev.onsale.payment.provider.CircuitBreaker;
import dev.onsale.payment.provider.ProviderOutcome;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;

/** What is counted of payments: calls to the provider by verb and outcome, movements under way, the circuit. */
final class PaymentMeters {
    private final MeterRegistry registry;
    private final AtomicInteger inFlight = new AtomicInteger();

    PaymentMeters(MeterRegistry registry, CircuitBreaker breaker) {
        this.registry = registry;
        Gauge.builder("onsale.payment.in.flight", inFlight, AtomicInteger::get)
                .description("Movements whose caller is waiting")
                .register(registry);
        Gauge.builder("onsale.payment.circuit.open", breaker, it -> it.isOpen() ? 1 : 0)
                .description("1 while the provider is not called")
                .register(registry);
    }

    void called(Verb verb, ProviderOutcome outcome) {
        registry.counter(
                        "onsale.payment.provider.calls",
                        "verb",
                        verb.word(),
                        "outcome",
                        outcome.getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT))
                .increment();
    }

    /** Counts payments the reconciler looked at, by what came of it. */
    void reconciled(String result) {
        registry.counter("onsale.payment.reconciled", "result", result).increment();
    }

    int began() {
        return inFlight.incrementAndGet();
    }

    void ended() {
        inFlight.decrementAndGet();
    }
}
