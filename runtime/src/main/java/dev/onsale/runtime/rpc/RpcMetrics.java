package dev.onsale.runtime.rpc;

import dev.onsale.runtime.error.Refusal;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.grpc.common.GrpcStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Rate, errors and duration of every method. */
final class RpcMetrics {

    private static final Duration[] BUCKETS = {
        Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofMillis(5), Duration.ofMillis(10),
        Duration.ofMillis(25), Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofMillis(250),
        Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(3), Duration.ofSeconds(10)
    };

    private final MeterRegistry registry;
    private final List<CallObserver> observers;
    private final Map<String, Method> methods = new ConcurrentHashMap<>();
    private final Map<String, Counter> refusals = new ConcurrentHashMap<>();
    private final AtomicInteger inFlight = new AtomicInteger();

    RpcMetrics(MeterRegistry registry, List<CallObserver> observers) {
        this.registry = registry;
        this.observers = List.copyOf(observers);
        registry.gauge("onsale.rpc.in.flight", inFlight);
    }

    Method of(String method) {
        return methods.computeIfAbsent(method, Method::new);
    }

    /** Counts a call that was refused before its method was known. */
    void refusedOnTheWire(Refusal refusal) {
        refused(refusal);
    }

    private void refused(Refusal refusal) {
        refusals.computeIfAbsent(
                        refusal.reasonName(), reason -> registry.counter("onsale.rpc.refusals", "reason", reason))
                .increment();
    }

    /** The meters of one method. */
    final class Method {

        private final String name;
        private final Timer duration;
        private final @Nullable Counter[] byStatus = new Counter[17];

        private Method(String name) {
            this.name = name;
            this.duration = Timer.builder("onsale.rpc.duration")
                    .tag("method", name)
                    .serviceLevelObjectives(BUCKETS)
                    .register(registry);
        }

        void began() {
            inFlight.incrementAndGet();
        }

        void ended(EndedCall call) {
            inFlight.decrementAndGet();
            duration.record(call.elapsed());
            counter(call.status()).increment();
            if (call.refusal() != null) {
                refused(call.refusal());
            }
            observers.forEach(observer -> observer.ended(call));
        }

        private Counter counter(GrpcStatus status) {
            var counter = byStatus[status.code];
            if (counter == null) {
                counter = registry.counter("onsale.rpc.requests", "method", name, "code", status.name());
                byStatus[status.code] = counter;
            }
            return counter;
        }
    }
}
