package dev.onsale.runtime.telemetry;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.tracing.opentelemetry.VertxContextStorageProvider.VertxContextStorage;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Trace contexts as they travel: the W3C header {@code traceparent}, and the field {@code trace} of changes. */
public final class Traces {

    static final String HEADER = "traceparent";
    private static final Pattern TRACEPARENT = Pattern.compile("00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

    private static final int ID_BEGIN = 3; // Of 00-<trace>-<span>-<flags>.
    private static final int ID_END = 35;

    private Traces() {}

    /** The span under way on this context or thread, to hand on; null if there is none. */
    public static @Nullable String current() {
        return current(null);
    }

    /**
     * What to hand on: the span under way if traces are on, else what the caller sent, if that is well-formed.
     *
     * @param received the header the caller sent
     */
    public static @Nullable String current(@Nullable String received) {
        var span = Span.current().getSpanContext();
        if (span.isValid()) {
            return "00-" + span.getTraceId() + "-" + span.getSpanId() + "-"
                    + span.getTraceFlags().asHex();
        }
        return received != null && TRACEPARENT.matcher(received).matches() ? received : null;
    }

    /** The id of the trace in a {@code traceparent}, 32 hexadecimal digits; empty if there is none. */
    public static String id(@Nullable String trace) {
        return trace == null || trace.length() < ID_END ? "" : trace.substring(ID_BEGIN, ID_END);
    }

    /** Whether a collector is to hear of the work of this trace. */
    public static boolean sampled(@Nullable String trace) {
        return trace != null && trace.endsWith("-01");
    }

    /** Calls the span under way by the name of the RPC; Vert.x knows only that it is a POST. */
    public static void name(String rpc) {
        Span.current().updateName(rpc);
    }

    /**
     * Makes a call of a Vert.x client from a thread that may not be Vert.x's. Clients look for the span under way, and Redis
     * for a context at all, on a Vert.x context only: such a thread lends its span to a context for the time of the call.
     */
    public static <T> T carried(Vertx vertx, Supplier<T> call) {
        var internal = (VertxInternal) vertx;
        if (internal.tracer() == null || internal.getContext() != null) {
            return call.get();
        }
        var underWay = Context.current();
        var context = internal.getOrCreateContext();
        if (Span.fromContextOrNull(underWay) != null) {
            VertxContextStorage.INSTANCE.attach(context, underWay);
        }
        var before = context.beginDispatch();
        try {
            return call.get();
        } finally {
            context.endDispatch(before);
        }
    }
}
