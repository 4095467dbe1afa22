package dev.onsale.tools.bench;

import dev.onsale.runtime.error.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongFunction;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Keeps a fixed number of calls in flight until so many have been made. A closed loop: its times are those of a server
 * that is asked for exactly this much at once, not those of an open crowd.
 */
final class Load {
    private static final long LONGEST_NANOS = 60_000_000_000L;

    private final Vertx vertx;
    private final int inFlight;

    Load(Vertx vertx, int inFlight) {
        this.vertx = vertx;
        this.inFlight = inFlight;
    }

    /** Makes {@code calls} calls; each is given its number, 0 and up. */
    Future<Figure> run(String name, long calls, LongFunction<Future<?>> call) {
        Stretch stretch = new Stretch(calls, call);
        long start = System.nanoTime();
        int loops = (int) Math.min(inFlight, calls);
        for (int loop = 0; loop < loops; loop++) {
            vertx.runOnContext(go -> stretch.next());
        }
        return stretch.done.future().map(ended -> stretch.figure(name, System.nanoTime() - start));
    }

    /** Goes on calling until it is told to stop: a load beside which something else is measured. */
    Going keepGoing(String name, LongFunction<Future<?>> call) {
        Stretch stretch = new Stretch(Long.MAX_VALUE, call);
        long start = System.nanoTime();
        for (int loop = 0; loop < inFlight; loop++) {
            vertx.runOnContext(go -> stretch.next());
        }
        return () -> {
            stretch.stop();
            return stretch.done.future().map(ended -> stretch.figure(name, System.nanoTime() - start));
        };
    }

    /** A load that goes on. */
    interface Going {
        /** Ends it; done when the last call is answered. */
        Future<Figure> stop();
    }

    /** One stretch of calls under way. */
    private static final class Stretch {
        private long calls;
        private final LongFunction<Future<?>> call;
        private final Histogram nanos = new ConcurrentHistogram(LONGEST_NANOS, 3);
        private final LongAdder refused = new LongAdder();
        private final LongAdder failed = new LongAdder();
        private final Promise<Void> done = Promise.promise();
        private long begun;
        private long ended;

        Stretch(long calls, LongFunction<Future<?>> call) {
            this.calls = calls;
            this.call = call;
        }

        void next() {
            long number = begin();
            if (number < 0) {
                return;
            }
            long start = System.nanoTime();
            call.apply(number).onComplete(outcome -> {
                nanos.recordValue(Math.min(LONGEST_NANOS, System.nanoTime() - start));
                if (outcome.failed()) {
                    (outcome.cause() instanceof Refusal ? refused : failed).increment();
                }
                if (end()) {
                    done.complete();
                } else {
                    next();
                }
            });
        }

        /** No call is begun any more. */
        synchronized void stop() {
            calls = begun;
            if (ended == calls) {
                done.complete();
            }
        }

        private synchronized long begin() {
            return begun < calls ? begun++ : -1;
        }

        private synchronized boolean end() {
            return ++ended == calls;
        }

        Figure figure(String name, long elapsedNanos) {
            return Figure.of(name, nanos, elapsedNanos, refused.sum(), failed.sum());
        }
    }
}
