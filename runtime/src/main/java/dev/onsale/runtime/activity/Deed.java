package dev.onsale.runtime.activity;

import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.rpc.EndedCall;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One thing that an account did or tried, before it is written.
 *
 * @param at when the call ended
 * @param account whose call
 * @param method service and method without the package, e.g. {@code HoldService/CreateHold}
 * @param outcome {@code OK}, the reason of a refusal, or the status if there was none
 * @param detail what it was about, without anything personal
 * @param trace its W3C {@code traceparent}
 * @param millis how long it took
 */
record Deed(
        Instant at,
        String account,
        String method,
        String outcome,
        @Nullable UUID eventId,
        @Nullable UUID bookingId,
        @Nullable String holdId,
        JsonObject detail,
        @Nullable String trace,
        long millis) {

    static Deed of(EndedCall ended, EventFinder events) {
        Facts facts = Facts.of(ended);
        UUID event = facts.eventId();
        if (event == null && ended.request() != null) {
            event = events.eventOf(ended.request()).orElse(null);
        }
        String method = ended.method();
        int service = method.lastIndexOf('.', method.indexOf('/')) + 1;
        return new Deed(
                Instant.now(),
                ended.call().account(),
                method.substring(service),
                outcome(ended),
                event,
                facts.bookingId(),
                facts.holdId(),
                facts.detail(),
                ended.call().trace(),
                ended.elapsed().toMillis());
    }

    private static String outcome(EndedCall ended) {
        Refusal refusal = ended.refusal();
        return refusal == null ? ended.status().name() : refusal.reasonName();
    }
}
