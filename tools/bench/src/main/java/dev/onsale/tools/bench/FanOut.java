package dev.onsale.tools.bench;

import dev.onsale.proto.query.v1.SeatMapServiceGrpcClient;
import dev.onsale.proto.query.v1.WatchSeatStatusesRequest;
import dev.onsale.proto.query.v1.WatchSeatStatusesResponse;
import dev.onsale.runtime.rpc.RpcClient;
import dev.onsale.runtime.rpc.RpcClientConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Many watchers of one event whose seats change all the time. For every delta that any of them gets it is counted how long ago
 * the oldest change in it was sent to Redis: nobody waited longer for any change. In the end all must show the last version.
 */
final class FanOut {
    private static final int WATCHERS_A_CONNECTION = 50;
    private static final long LONGEST_NANOS = 60_000_000_000L;
    private static final Duration TIME = Duration.ofSeconds(15);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration DEADLINE = Duration.ofMinutes(5);

    private final Vertx vertx;
    private final RpcClientConfig query;
    private final String event;
    private final AtomicLongArray shown;
    private final Map<Long, Long> sentAt = new ConcurrentHashMap<>();
    private final Histogram nanos = new ConcurrentHistogram(LONGEST_NANOS, 3);
    private final LongAdder snapshots = new LongAdder();
    private final LongAdder gaps = new LongAdder();
    private final LongAdder deltas = new LongAdder();
    private final LongAdder deltaBytes = new LongAdder();

    FanOut(Vertx vertx, RpcClientConfig query, String event, int watchers) {
        this.vertx = vertx;
        this.query = query;
        this.event = event;
        this.shown = new AtomicLongArray(watchers);
    }

    /**
     * What came of them.
     *
     * @param watchers how many watched
     * @param changesPerSecond how often seats changed
     * @param converged how many show the last version in the end
     * @param gaps deltas that did not begin where their watcher was
     * @param deltas how many deltas they got together
     * @param deltaBytes bytes of a delta, on average
     * @param figure age of the oldest change in each delta when it was read
     */
    record Outcome(
            int watchers,
            int changesPerSecond,
            int converged,
            long gaps,
            long deltas,
            double deltaBytes,
            Figure figure) {}

    /** Watches while seats change. Blocks. */
    Outcome run(SeatChanges changes, int perSecond) throws InterruptedException, TimeoutException {
        int connections = (shown.length() + WATCHERS_A_CONNECTION - 1) / WATCHERS_A_CONNECTION;
        var clients = IntStream.range(0, connections)
                .mapToObj(i -> RpcClient.anonymous(vertx, query))
                .toList();
        try {
            for (int watcher = 0; watcher < shown.length(); watcher++) {
                watch(clients.get(watcher % connections), watcher);
            }
            until(() -> snapshots.sum() >= shown.length(), "watchers begin");
            long begun = System.nanoTime();
            changes.run(perSecond, TIME, (number, version, sent) -> sentAt.put(version, sent));
            long elapsed = System.nanoTime() - begun;
            long last = changes.newestVersion();
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (converged(last) < shown.length() && System.nanoTime() < end) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
            return new Outcome(
                    shown.length(),
                    perSecond,
                    converged(last),
                    gaps.sum(),
                    deltas.sum(),
                    deltaBytes.sum() / (double) Math.max(1, deltas.sum()),
                    Figure.of("fan_out", nanos, elapsed, 0, changes.failed()));
        } finally {
            Future.join(clients.stream().map(RpcClient::close).toList()).await(10, TimeUnit.SECONDS);
        }
    }

    private void watch(RpcClient client, int watcher) {
        WatchSeatStatusesRequest request =
                WatchSeatStatusesRequest.newBuilder().setEventId(event).build();
        client.stream(SeatMapServiceGrpcClient.WatchSeatStatuses, request, DEADLINE, message -> take(watcher, message));
    }

    private void take(int watcher, WatchSeatStatusesResponse message) {
        if (message.hasSnapshot()) {
            shown.set(watcher, message.getSnapshot().getAsOf().getVersion());
            snapshots.increment();
            return;
        }
        WatchSeatStatusesResponse.Delta delta = message.getDelta();
        if (delta.getFromVersion() != shown.get(watcher)) {
            gaps.increment();
        }
        if (delta.getToVersion() > delta.getFromVersion()) {
            deltas.increment();
            deltaBytes.add(message.getSerializedSize());
            oldest(delta);
        }
        shown.set(watcher, delta.getToVersion());
    }

    /** A change whose answer has not come yet is younger than the next one that has. */
    private void oldest(WatchSeatStatusesResponse.Delta delta) {
        for (long version = delta.getFromVersion() + 1; version <= delta.getToVersion(); version++) {
            Long sent = sentAt.get(version);
            if (sent != null) {
                nanos.recordValue(Math.clamp(System.nanoTime() - sent, 0, LONGEST_NANOS));
                return;
            }
        }
    }

    private int converged(long version) {
        return (int) IntStream.range(0, shown.length())
                .filter(watcher -> shown.get(watcher) >= version)
                .count();
    }

    private interface Arrived {
        boolean yet();
    }

    private static void until(Arrived arrived, String what) throws InterruptedException, TimeoutException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!arrived.yet()) {
            if (System.nanoTime() > end) {
                throw new TimeoutException("Waited too long until " + what);
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }
}
