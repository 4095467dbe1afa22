package dev.onsale.runtime.telemetry;

import dev.onsale.runtime.config.Config;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.vertx.core.VertxBuilder;
import io.vertx.tracing.opentelemetry.OpenTelemetryTracingFactory;
import java.util.Optional;

/**
 * Traces by OpenTelemetry: off unless {@code tracing.endpoint} names an OTLP collector ({@code
 * http://host:4318/v1/traces}). Vert.x then makes spans for RPCs, Redis and SQL by itself; sagas and changes carry the trace
 * on, see {@link TracedWork}. {@code tracing.ratio} is the part of calls that are traced; a caller's own sampled trace always is.
 */
public final class Tracing {

    private Tracing() {}

    /** Sets Vert.x up for tracing if it is configured; close what is answered when the process ends. */
    public static Optional<AutoCloseable> install(VertxBuilder vertx, Config config, String service) {
        double ratio = config.decimal("tracing.ratio", 0.01, 0, 1);
        return config.optionalUri("tracing.endpoint").<AutoCloseable>map(endpoint -> {
            var exporter = OtlpHttpSpanExporter.builder()
                    .setEndpoint(endpoint.toString())
                    .build();
            var provider = SdkTracerProvider.builder()
                    .setResource(Resource.getDefault()
                            .merge(Resource.builder()
                                    .put(AttributeKey.stringKey("service.name"), service)
                                    .build()))
                    .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(ratio)))
                    .addSpanProcessor(BatchSpanProcessor.builder(exporter).build())
                    .build();
            var sdk = OpenTelemetrySdk.builder()
                    .setTracerProvider(provider)
                    .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
                    .build();
            vertx.withTracer(new OpenTelemetryTracingFactory(sdk));
            return sdk;
        });
    }
}
