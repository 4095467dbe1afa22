package dev.onsale.runtime.telemetry;

import io.opentelemetry.api.trace.Span;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Trace contexts as they travel: the W3C header {@code traceparent}, and the field {@code trace} of changes. */
public final class Traces {

    private static final Pattern TRACEPARENT = Pattern.compile("00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

    private Traces() {}

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
}
