package dev.onsale.payment.provider;

import dev.onsale.payment.provider.ProviderOutcome.Failed;
import dev.onsale.payment.provider.ProviderOutcome.Unknown;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The only way to a provider: waits no longer than {@code answerTimeout}, and not at all while the circuit is open. Every
 * way a call can end is an outcome; nothing is thrown.
 */
public final class ProviderGate {
    /** What {@link Failed#detail} says when the call was never made. */
    public static final String CIRCUIT_OPEN = "circuit_open";

    private final PaymentProvider provider;
    private final CircuitBreaker breaker;
    private final Duration answerTimeout;

    /** A gate in front of the provider. */
    public ProviderGate(PaymentProvider provider, CircuitBreaker breaker, Duration answerTimeout) {
        this.provider = provider;
        this.breaker = breaker;
        this.answerTimeout = answerTimeout;
    }

    /** The provider's name. */
    public String name() {
        return provider.name();
    }

    /** Makes one call that moves money. */
    public Future<ProviderOutcome> call(Function<PaymentProvider, Future<ProviderOutcome>> verb) {
        if (!breaker.admit()) {
            return Future.succeededFuture(new Failed(CIRCUIT_OPEN));
        }
        return bounded(() -> verb.apply(provider))
                .otherwise(noAnswer -> new Unknown(noAnswer.getClass().getSimpleName()))
                .onSuccess(outcome -> breaker.record(outcome.known()));
    }

    /** Asks what the provider knows; empty: it can't be asked now. */
    public Future<Optional<ProviderView>> query(ProviderPayment payment) {
        return ask(() -> provider.query(payment));
    }

    /** Lists what the provider has, see {@link PaymentProvider#list}; empty: it can't be asked now. */
    public Future<Optional<ProviderPage>> list(Instant from, Instant until, String after) {
        return ask(() -> provider.list(from, until, after));
    }

    private <T> Future<Optional<T>> ask(Supplier<Future<T>> question) {
        if (!breaker.admit()) {
            return Future.succeededFuture(Optional.empty());
        }
        return bounded(question)
                .map(Optional::of)
                .otherwise(Optional.empty())
                .onSuccess(answer -> breaker.recordQuestion(answer.isPresent()));
    }

    private <T> Future<T> bounded(Supplier<Future<T>> call) {
        try {
            return call.get().timeout(answerTimeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RuntimeException broken) {
            return Future.failedFuture(broken);
        }
    }
}
