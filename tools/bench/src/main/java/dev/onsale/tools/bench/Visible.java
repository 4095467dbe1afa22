package dev.onsale.tools.bench;

import dev.onsale.proto.query.v1.AvailabilityServiceGrpcClient;
import dev.onsale.proto.query.v1.GetAvailabilityRequest;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * How long it takes until a change can be read: from the moment it is sent to Redis to the answer of a reader who asks for at
 * least its version. Fifty of the changes of a second are asked for.
 */
final class Visible {
    private static final int ASKED_A_SECOND = 50;
    private static final long LONGEST_NANOS = 60_000_000_000L;
    private static final Duration TIME = Duration.ofSeconds(15);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Crowd crowd;
    private final String event;
    private final Histogram nanos = new ConcurrentHistogram(LONGEST_NANOS, 3);
    private final LongAdder asked = new LongAdder();
    private final LongAdder answered = new LongAdder();
    private final LongAdder failed = new LongAdder();

    Visible(Crowd crowd, String event) {
        this.crowd = crowd;
        this.event = event;
    }

    /** Asks while seats change. Blocks. */
    Figure run(String name, SeatChanges changes, int perSecond) throws InterruptedException, TimeoutException {
        long each = Math.max(1, perSecond / ASKED_A_SECOND);
        long begun = System.nanoTime();
        changes.run(perSecond, TIME, (number, version, sent) -> {
            if (number % each == 0) {
                ask(number, version, sent);
            }
        });
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (answered.sum() < asked.sum() && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        long lost = asked.sum() - answered.sum();
        return Figure.of(name, nanos, System.nanoTime() - begun, 0, failed.sum() + lost + changes.failed());
    }

    private void ask(long number, long version, long sent) {
        asked.increment();
        GetAvailabilityRequest request = GetAvailabilityRequest.newBuilder()
                .setEventId(event)
                .setMinVersion(version)
                .build();
        crowd.reader(number)
                .call(AvailabilityServiceGrpcClient.GetAvailability, request)
                .onComplete(answer -> {
                    boolean shown =
                            answer.succeeded() && answer.result().getAsOf().getVersion() >= version;
                    if (shown) {
                        nanos.recordValue(Math.min(LONGEST_NANOS, System.nanoTime() - sent));
                    } else {
                        failed.increment();
                    }
                    answered.increment();
                });
    }
}
