package dev.onsale.runtime.telemetry;

import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.spi.tracing.SpanKind;
import io.vertx.core.spi.tracing.TagExtractor;
import io.vertx.core.spi.tracing.VertxTracer;
import io.vertx.core.tracing.TracingPolicy;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * A span for work that Vert.x does not know of, as part of the trace of the call that caused it: a run of a saga, a batch of
 * changes. None if traces are off or the call was not traced. Not for event loops.
 */
public final class TracedWork implements AutoCloseable {

    private static final TracedWork NONE = new TracedWork(null, null, null);
    private static final TagExtractor<Map<String, String>> TAGS = new Tags();

    private final @Nullable VertxTracer<Object, Object> tracer;
    private final @Nullable ContextInternal context;
    private final @Nullable Object span;
    private @Nullable Throwable failure;

    private TracedWork(
            @Nullable VertxTracer<Object, Object> tracer, @Nullable ContextInternal context, @Nullable Object span) {
        this.tracer = tracer;
        this.context = context;
        this.span = span;
    }

    /**
     * Begins a span.
     *
     * @param name what is done, one of few
     * @param trace the {@code traceparent} of what caused it
     * @param tags what it is about, by name
     */
    public static TracedWork begin(Vertx vertx, String name, @Nullable String trace, Map<String, String> tags) {
        var internal = (VertxInternal) vertx;
        @SuppressWarnings("unchecked") // Whatever a tracer makes of a request is given back to it.
        VertxTracer<Object, Object> tracer = (VertxTracer<Object, Object>) internal.tracer();
        if (tracer == null || trace == null) {
            return NONE;
        }
        var context = internal.createEventLoopContext();
        var span = tracer.receiveRequest(
                context,
                SpanKind.MESSAGING,
                TracingPolicy.PROPAGATE,
                tags,
                name,
                Map.of(Traces.HEADER, trace).entrySet(),
                TAGS);
        return span == null ? NONE : new TracedWork(tracer, context, span);
    }

    /** Does work in a span of its own, as part of which everything that this thread asks of stores and services counts. */
    public static <T> T run(
            Vertx vertx, String name, @Nullable String trace, Map<String, String> tags, Callable<T> work)
            throws Exception {
        var span = begin(vertx, name, trace, tags);
        var own = span.context;
        var scope = own == null ? Scope.noop() : contextOf(own).makeCurrent();
        try {
            return work.call();
        } catch (Exception failure) {
            span.failed(failure);
            throw failure;
        } finally {
            scope.close();
            span.close();
        }
    }

    /** Notes why the work did not end well. */
    public void failed(Throwable why) {
        if (span != null) {
            failure = why;
        }
    }

    /** Ends the span. */
    @Override
    public void close() {
        if (tracer != null && context != null && span != null) {
            tracer.sendResponse(context, null, span, failure, TagExtractor.empty());
        }
    }

    private static Context contextOf(ContextInternal own) {
        var before = own.beginDispatch();
        try {
            return Context.current();
        } finally {
            own.endDispatch(before);
        }
    }

    /** Tags in the order of a map. */
    private static final class Tags implements TagExtractor<Map<String, String>> {

        @Override
        public int len(Map<String, String> tags) {
            return tags.size();
        }

        @Override
        public String name(Map<String, String> tags, int index) {
            return tags.keySet().stream().skip(index).findFirst().orElseThrow();
        }

        @Override
        public String value(Map<String, String> tags, int index) {
            return tags.values().stream().skip(index).findFirst().orElseThrow();
        }
    }
}
