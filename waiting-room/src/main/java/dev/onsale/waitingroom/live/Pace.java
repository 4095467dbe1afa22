package dev.onsale.waitingroom.live;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * How fast a line has moved over the last minute, and so how long a wait may be. The spread between its slowest and its
 * fastest ten seconds is what makes the estimate an interval. Safe for any thread.
 */
public final class Pace {

    private static final long SPAN_MILLIS = 60_000;
    private static final long BIN_MILLIS = 10_000;
    private static final double MILLIS = 1_000.0;
    private static final long LONGEST_SECONDS = Duration.ofDays(2).toSeconds();

    private final Deque<Sample> samples = new ArrayDeque<>();

    private record Sample(long millis, long served) {}

    /** A wait, from at least to at most. */
    public record Wait(Duration atLeast, Duration atMost) {}

    synchronized void observe(Instant now, long served) {
        var millis = now.toEpochMilli();
        var last = samples.peekLast();
        if (last != null && millis - last.millis() < 200) {
            return;
        }
        samples.addLast(new Sample(millis, served));
        while (samples.getFirst().millis() < millis - SPAN_MILLIS - BIN_MILLIS) {
            samples.removeFirst();
        }
    }

    /** Visitors a second, over the last minute; 0 if nothing is known. */
    public synchronized double measured() {
        return samples.size() < 2 ? 0 : rate(samples.getFirst(), samples.getLast());
    }

    /** How long until so many have been called; empty if the line has not moved. */
    public synchronized Optional<Wait> expect(long ahead) {
        double slowest = Double.MAX_VALUE;
        double fastest = 0;
        Sample from = samples.peekFirst();
        for (var sample : samples) {
            if (from != null && sample.millis() - from.millis() >= BIN_MILLIS) {
                var rate = rate(from, sample);
                slowest = Math.min(slowest, rate);
                fastest = Math.max(fastest, rate);
                from = sample;
            }
        }
        var mean = measured();
        if (mean <= 0) {
            return Optional.empty();
        }
        return Optional.of(
                new Wait(seconds(ahead, Math.max(fastest, mean * 1.1)), seconds(ahead, Math.min(slowest, mean * 0.9))));
    }

    private static Duration seconds(long ahead, double rate) {
        var seconds = rate <= 0 ? LONGEST_SECONDS : (long) Math.ceil((double) ahead / rate);
        return Duration.ofSeconds(Math.min(LONGEST_SECONDS, seconds));
    }

    private static double rate(Sample from, Sample to) {
        return to.millis() <= from.millis()
                ? 0
                : (to.served() - from.served()) * MILLIS / (to.millis() - from.millis());
    }
}
