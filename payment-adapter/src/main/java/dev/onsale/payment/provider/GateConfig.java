package dev.onsale.payment.provider;

import dev.onsale.runtime.config.Config;
import java.time.Duration;

/**
 * How long a provider is waited for, and when it is left alone.
 *
 * @param answerTimeout longest wait for one answer: too short makes slow answers unknown ones, too long uses up the
 *     callers' patience
 * @param window length of the windows in which troubles are counted
 * @param openFor how long the provider is left alone before one call probes it
 * @param minimumCalls fewer calls in a window never open the circuit
 */
public record GateConfig(Duration answerTimeout, Duration window, Duration openFor, int minimumCalls) {

    /** Reads {@code payment.provider.*}. */
    public static GateConfig from(Config config) {
        Duration ms = Duration.ofMillis(1);
        Duration most = Duration.ofMinutes(10);
        return new GateConfig(
                config.duration("payment.provider.answer-timeout", Duration.ofSeconds(2), ms, most),
                config.duration("payment.provider.circuit-window", Duration.ofSeconds(10), ms, most),
                config.duration("payment.provider.circuit-open-for", Duration.ofSeconds(5), ms, most),
                config.integer("payment.provider.circuit-minimum-calls", 20, 1, 1_000_000));
    }

    /** A breaker with these figures. */
    public CircuitBreaker breaker() {
        return new CircuitBreaker(window, openFor, minimumCalls, System::nanoTime);
    }
}
