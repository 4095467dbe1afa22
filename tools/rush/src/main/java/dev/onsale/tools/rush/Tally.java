package dev.onsale.tools.rush;

import dev.onsale.proto.booking.v1.Booking;
import dev.onsale.proto.booking.v1.BookingStatus;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** What is counted while the rush runs: the time of each RPC, and every outcome by its reason. */
final class Tally {
    /** From creating a booking to knowing how it ended. */
    static final String CHECKOUT = "checkout";

    private static final long LONGEST_MICROS = 120_000_000;

    private final Map<String, Histogram> micros = new ConcurrentHashMap<>();
    private final Map<String, Span> spans = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> outcomes = new ConcurrentSkipListMap<>();

    /** From the first call of an RPC to the end of its last. */
    private static final class Span {
        private final AtomicLong first = new AtomicLong(Long.MAX_VALUE);
        private final AtomicLong last = new AtomicLong(Long.MIN_VALUE);

        void covers(long from, long to) {
            first.accumulateAndGet(from, Math::min);
            last.accumulateAndGet(to, Math::max);
        }

        double seconds() {
            return Math.max(1, last.get() - first.get()) / 1e9;
        }
    }

    /** Makes one call and notes how long it took and how it ended. */
    <T> T call(String rpc, Supplier<T> call) {
        long start = System.nanoTime();
        try {
            T answer = call.get();
            count(rpc + " OK");
            return answer;
        } catch (StatusRuntimeException refused) {
            count(rpc + " " + reason(refused));
            throw refused;
        } finally {
            note(rpc, start, System.nanoTime());
        }
    }

    /** Notes how a checkout ended, and how long the fan waited for it. */
    void checkout(Booking ended, long startNanos) {
        String status = ended.getStatus().name().replace("BOOKING_STATUS_", "").toLowerCase(Locale.ROOT);
        count("booking " + status + (ended.getCancelReason().isEmpty() ? "" : " " + ended.getCancelReason()));
        note(CHECKOUT, startNanos, System.nanoTime());
        if (ended.getStatus() == BookingStatus.BOOKING_STATUS_CONFIRMED) {
            count(CHECKOUT + " OK");
        }
    }

    private void note(String what, long start, long end) {
        micros.computeIfAbsent(what, name -> new ConcurrentHistogram(LONGEST_MICROS, 3))
                .recordValue(Math.min(LONGEST_MICROS, (end - start) / 1_000));
        spans.computeIfAbsent(what, name -> new Span()).covers(start, end);
    }

    /** Counts one more of something. */
    void count(String outcome) {
        outcomes.computeIfAbsent(outcome, name -> new LongAdder()).increment();
    }

    /** The reason a call was refused for: one of ours, or the status code. */
    static String reason(StatusRuntimeException refused) {
        return Reasons.of(refused)
                .orElseGet(() -> Status.fromThrowable(refused).getCode().name());
    }

    Map<String, Long> outcomes() {
        Map<String, Long> counts = new TreeMap<>();
        outcomes.forEach((name, count) -> counts.put(name, count.sum()));
        return counts;
    }

    Map<String, Histogram> times() {
        return new TreeMap<>(micros);
    }

    long ok(String rpc) {
        LongAdder count = outcomes.get(rpc + " OK");
        return count == null ? 0 : count.sum();
    }

    /** Calls of an RPC that succeeded, per second of the time in which it was called. */
    double perSecond(String rpc) {
        Span span = spans.get(rpc);
        return span == null ? 0 : ok(rpc) / span.seconds();
    }

    /** A percentile of an RPC's time, in milliseconds. */
    double millis(String rpc, double percentile) {
        Histogram times = micros.get(rpc);
        return times == null ? 0 : times.getValueAtPercentile(percentile) / 1_000.0;
    }
}
