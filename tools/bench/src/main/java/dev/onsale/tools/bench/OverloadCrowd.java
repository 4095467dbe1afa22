package dev.onsale.tools.bench;

import dev.onsale.proto.booking.v1.BookingServiceGrpcClient;
import dev.onsale.proto.booking.v1.GetBookingRequest;
import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.proto.inventory.v1.BestAvailable;
import dev.onsale.proto.inventory.v1.CreateHoldRequest;
import dev.onsale.proto.inventory.v1.HoldServiceGrpcClient;
import dev.onsale.proto.query.v1.CatalogQueryServiceGrpcClient;
import dev.onsale.proto.query.v1.GetEventRequest;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.rpc.RpcClient;
import dev.onsale.runtime.rpc.RpcClientConfig;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Callers that come at their own pace, whether or not they are answered. The server gives each of them a second. */
final class OverloadCrowd {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int CONNECTIONS = 8;
    private static final long TICK_MILLIS = 5;
    private static final double NANOS_A_SECOND = 1e9;
    private static final String ID = UUID.randomUUID().toString();

    private final Vertx vertx;
    private final List<RpcClient> clients;

    OverloadCrowd(Vertx vertx, int port) {
        this.vertx = vertx;
        RpcClientConfig target = new RpcClientConfig("bench", "127.0.0.1", port, PATIENCE, PATIENCE);
        this.clients = IntStream.range(0, CONNECTIONS)
                .mapToObj(i -> RpcClient.anonymous(vertx, target))
                .toList();
    }

    /** What is asked for: of ten calls one is part of a booking, three are holds, six are reads. */
    enum Kind {
        BOOKING,
        HOLD,
        READ;

        static Kind of(long number) {
            int place = (int) (number % 10);
            return place == 0 ? BOOKING : place < 4 ? HOLD : READ;
        }
    }

    /** How calls of one kind, or of all, went. */
    static final class Tally {
        final LongAdder offered = new LongAdder();
        final LongAdder good = new LongAdder();
        final LongAdder shed = new LongAdder();
        final LongAdder late = new LongAdder();
        final Histogram nanos = new ConcurrentHistogram(60_000_000_000L, 3);

        /** Whoever is answered when all is over is not counted as good: that much work was left lying. */
        private void ended(long elapsedNanos, @Nullable Throwable failure, boolean over) {
            if (failure instanceof Refusal refusal && refusal.reason() == ErrorReason.ERROR_REASON_OVERLOADED) {
                shed.increment();
            } else if (failure != null || over) {
                late.increment();
            } else {
                good.increment();
                nanos.recordValue(elapsedNanos);
            }
        }
    }

    /** What a stretch came to. */
    record Outcome(Map<Kind, Tally> kinds, double seconds) {
        double goodput() {
            return sum(tally -> tally.good) / seconds;
        }

        long sum(Function<Tally, LongAdder> what) {
            return kinds.values().stream()
                    .mapToLong(tally -> what.apply(tally).sum())
                    .sum();
        }

        double p99Millis() {
            Histogram all = new Histogram(3);
            kinds.values().forEach(tally -> all.add(tally.nanos));
            return all.getValueAtPercentile(99) / 1e6;
        }
    }

    /** Calls so many times a second for so long; done when the last call has been answered or given up. */
    Future<Outcome> come(double perSecond, int seconds) {
        Stretch stretch = new Stretch(perSecond, seconds);
        vertx.setPeriodic(1, TICK_MILLIS, stretch::tick);
        return stretch.done.future();
    }

    Future<Void> leave() {
        return Future.join(clients.stream().map(RpcClient::close).toList()).mapEmpty();
    }

    private Future<?> call(long number) {
        RpcClient client = clients.get((int) (number % CONNECTIONS));
        return switch (Kind.of(number)) {
            case BOOKING ->
                client.call(
                        BookingServiceGrpcClient.GetBooking,
                        GetBookingRequest.newBuilder().setBookingId(ID).build());
            case HOLD ->
                client.call(
                        HoldServiceGrpcClient.CreateHold,
                        CreateHoldRequest.newBuilder()
                                .setRequestId(ID)
                                .setEventId(ID)
                                .setBestAvailable(BestAvailable.newBuilder().setQuantity(2))
                                .build());
            case READ ->
                client.call(
                        CatalogQueryServiceGrpcClient.GetEvent,
                        GetEventRequest.newBuilder().setEventId(ID).build());
        };
    }

    /** Confined to one event loop. */
    private final class Stretch {
        private final double perSecond;
        private final int seconds;
        private final Map<Kind, Tally> kinds = new EnumMap<>(Kind.class);
        private final Promise<Outcome> done = Promise.promise();
        private final long start = System.nanoTime();
        private long begun;
        private long ended;
        private boolean over;

        Stretch(double perSecond, int seconds) {
            this.perSecond = perSecond;
            this.seconds = seconds;
            for (Kind kind : Kind.values()) {
                kinds.put(kind, new Tally());
            }
        }

        /** Whoever should have called by now does. */
        void tick(long timer) {
            double elapsed = (System.nanoTime() - start) / NANOS_A_SECOND;
            long due = (long) (perSecond * Math.min(elapsed, seconds));
            while (begun < due) {
                one(begun++);
            }
            if (elapsed >= seconds) {
                over = true;
                vertx.cancelTimer(timer);
                finish();
            }
        }

        private void one(long number) {
            Tally tally = Objects.requireNonNull(kinds.get(Kind.of(number)));
            tally.offered.increment();
            long asked = System.nanoTime();
            call(number).onComplete(outcome -> {
                tally.ended(System.nanoTime() - asked, outcome.cause(), over);
                ended++;
                finish();
            });
        }

        private void finish() {
            if (over && ended == begun) {
                done.tryComplete(new Outcome(kinds, seconds));
            }
        }
    }
}
