package dev.onsale.runtime.limit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** What limits let pass and what they refuse. */
final class LimitMetrics {

    /** Who said whether a message may pass. */
    enum By {
        /** Redis. */
        REDIS,
        /** The node, from its own buckets or what it knew of those in Redis. */
        NODE,
        /** The node, because Redis could not tell. */
        POLICY
    }

    private final MeterRegistry registry;
    private final Map<By, Counter> passed = new EnumMap<>(By.class);
    private final Map<Lane, Counter> shed = new EnumMap<>(Lane.class);
    private final Map<String, Counter> refused = new ConcurrentHashMap<>();
    private final Counter withoutRedis;

    LimitMetrics(MeterRegistry registry, WithoutRedis policy) {
        this.registry = registry;
        for (var by : By.values()) {
            passed.put(by, registry.counter("onsale.limit.passed", "by", word(by)));
        }
        for (var lane : Lane.values()) {
            shed.put(lane, registry.counter("onsale.limit.shed", "lane", word(lane)));
        }
        withoutRedis = registry.counter("onsale.limit.without.redis", "policy", word(policy));
    }

    void passed(By by) {
        increment(passed.get(by));
    }

    void refused(String dimension, By by) {
        refused.computeIfAbsent(
                        dimension + '/' + by,
                        key -> registry.counter("onsale.limit.refusals", "dimension", dimension, "by", word(by)))
                .increment();
    }

    void withoutRedis() {
        withoutRedis.increment();
    }

    void shed(Lane lane) {
        increment(shed.get(lane));
    }

    <T> void concurrency(T of, ToDoubleFunction<T> limit, ToDoubleFunction<T> inFlight) {
        Gauge.builder("onsale.limit.concurrency", of, limit).register(registry);
        Gauge.builder("onsale.limit.in.flight", of, inFlight).register(registry);
    }

    private static void increment(@Nullable Counter counter) {
        if (counter != null) {
            counter.increment();
        }
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
