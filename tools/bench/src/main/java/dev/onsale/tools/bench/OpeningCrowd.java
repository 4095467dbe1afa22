package dev.onsale.tools.bench;

import dev.onsale.proto.waitingroom.v1.Place;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.rpc.RpcClient;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * The ten seconds around an opening: so many fans, spread evenly over them, each at its own moment whether or not the ones
 * before have their answer. As an edge would, it lets so many calls through at a time and keeps the rest waiting. A fan that
 * is refused or unheard tries again until it is in; its time counts from the moment it came.
 */
final class OpeningCrowd {
    private static final Duration AROUND = Duration.ofSeconds(10);
    private static final int SLICE_MILLIS = 5;
    private static final int MOST_SECONDS = 240;
    private static final int MOST_IN_FLIGHT = 2_000;
    private static final long LONGEST_NANOS = 300_000_000_000L;

    private final Vertx vertx;
    private final RoomCrowd crowd;
    private final String event;
    private final List<RpcClient> fans;
    private final Histogram nanos = new ConcurrentHistogram(LONGEST_NANOS, 3);
    private final LongAdder again = new LongAdder();
    private final LongAdder inTime = new LongAdder();
    private final LongAdder inLobby = new LongAdder();
    private final BitSet entries = new BitSet();
    private final AtomicInteger left;
    private final Promise<Void> all = Promise.promise();
    private final ArrayDeque<Integer> queue = new ArrayDeque<>();
    private int inFlight;
    private volatile long began;

    OpeningCrowd(Vertx vertx, RoomCrowd crowd, String event, List<RpcClient> fans) {
        this.vertx = vertx;
        this.crowd = crowd;
        this.event = event;
        this.fans = fans;
        this.left = new AtomicInteger(fans.size());
    }

    /**
     * What came of them.
     *
     * @param fans how many came, over ten seconds
     * @param joinedInTime how many were in when the ten seconds were over
     * @param lobby how many of them were in before the draw
     * @param seconds until the last one was in
     * @param triedAgain calls that were refused or got no answer, and were made again
     * @param unique how many different entries they got
     * @param figure times of the fans, each from the moment it came
     */
    record Outcome(
            int fans, long joinedInTime, long lobby, double seconds, long triedAgain, int unique, Figure figure) {}

    Outcome run() throws Exception {
        Instant opens = Instant.now().plusSeconds(8);
        crowd.putRoomBefore(event, opens).await(1, TimeUnit.MINUTES);
        long wait = Duration.between(Instant.now(), opens)
                .minus(AROUND.dividedBy(2))
                .toNanos();
        TimeUnit.NANOSECONDS.sleep(Math.max(0, wait));
        began = System.nanoTime();
        for (int come = 0; come < fans.size(); ) {
            long due = fans.size() * (System.nanoTime() - began) / AROUND.toNanos();
            for (; come < Math.min(due, fans.size()); come++) {
                come(come);
            }
            Thread.sleep(SLICE_MILLIS);
        }
        all.future().await(MOST_SECONDS, TimeUnit.SECONDS);
        long elapsed = System.nanoTime() - began;
        Figure figure = Figure.of("opening", nanos, elapsed, again.sum(), 0);
        return new Outcome(
                fans.size(), inTime.sum(), inLobby.sum(), elapsed / 1e9, again.sum(), entries.cardinality(), figure);
    }

    private void come(int number) {
        synchronized (queue) {
            queue.add(number);
        }
        letThrough();
    }

    private void letThrough() {
        Integer next;
        synchronized (queue) {
            next = inFlight < MOST_IN_FLIGHT ? queue.poll() : null;
            inFlight += next == null ? 0 : 1;
        }
        if (next != null) {
            int number = next;
            vertx.runOnContext(go -> join(number, 0));
        }
    }

    private void join(int number, int tries) {
        crowd.join(fans.get(number), event)
                .onSuccess(place -> in(number, place))
                .onFailure(failure -> {
                    again.increment();
                    vertx.setTimer(pause(failure, tries), id -> join(number, tries + 1));
                });
    }

    private void in(int number, Place place) {
        long now = System.nanoTime() - began;
        long came = AROUND.toNanos() / fans.size() * number;
        nanos.recordValue(Math.clamp(now - came, 0, LONGEST_NANOS));
        if (now <= AROUND.toNanos()) {
            inTime.increment();
        }
        if (place.getPosition() == 0) {
            inLobby.increment();
        }
        synchronized (entries) {
            entries.set((int) place.getEntry());
        }
        synchronized (queue) {
            inFlight--;
        }
        letThrough();
        if (left.decrementAndGet() == 0) {
            all.complete();
        }
    }

    /** As the refusal says, or longer with every try; jittered, in ms. */
    private static long pause(Throwable failure, int tries) {
        Duration asked = failure instanceof Refusal refusal ? refusal.retryAfter() : null;
        long millis = asked == null ? Math.min(5_000, 200L << Math.min(tries, 5)) : asked.toMillis();
        return millis / 2 + 1 + ThreadLocalRandom.current().nextLong(millis);
    }
}
