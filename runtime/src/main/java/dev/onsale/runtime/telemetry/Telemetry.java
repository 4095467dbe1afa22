package dev.onsale.runtime.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.function.Supplier;

/** The meters of one service; each service of a process has its own, so that their numbers don't mix. */
public final class Telemetry {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics gc = new JvmGcMetrics();

    private Telemetry(String service) {
        registry.config().commonTags(Tags.of("service", service));
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        gc.bindTo(registry);
    }

    /** Meters of a service, tagged with its name. */
    public static Telemetry of(String service) {
        return new Telemetry(service);
    }

    /** The registry, for meters of one's own. Names begin with {@code onsale.}. */
    public PrometheusMeterRegistry registry() {
        return registry;
    }

    /** A counter, e.g. {@code onsale.holds.expired}. */
    public Counter counter(String name, String... tags) {
        return registry.counter(name, tags);
    }

    /** A gauge whose value is asked for when it is read. */
    public void gauge(String name, Supplier<Number> value, String... tags) {
        Gauge.builder(name, value).tags(tags).register(registry);
    }

    /** All meters in the text form Prometheus reads. */
    public String scrape() {
        return registry.scrape();
    }

    /** Stops counting. */
    public void close() {
        gc.close();
        registry.close();
    }
}
