package dev.onsale.client.seatmap;

import dev.onsale.proto.query.v1.GetLayoutRequest;
import dev.onsale.proto.query.v1.GetLayoutResponse;
import dev.onsale.proto.query.v1.GetSeatMapRequest;
import dev.onsale.proto.query.v1.GetSeatMapResponse;
import dev.onsale.proto.query.v1.Layout;
import dev.onsale.proto.query.v1.SeatMapServiceGrpc;
import dev.onsale.proto.query.v1.SeatMapServiceGrpc.SeatMapServiceBlockingStub;
import dev.onsale.proto.query.v1.WatchSeatStatusesRequest;
import dev.onsale.proto.query.v1.WatchSeatStatusesResponse;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Follows one event's seats until it is closed: takes up broken streams where they broke off, asks anew when something is
 * missing, and gives up a stream that has fallen silent. Everything happens on one thread of its own, so that a listener
 * that takes its time makes the server merge deltas instead of filling memory here: one message is asked for at a time.
 */
public final class SeatMapClient implements AutoCloseable {
    private static final Duration LONGEST_CALL = Duration.ofSeconds(15);
    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(10);
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);
    private static final Set<Status.Code> FOR_GOOD = Set.of(
            Status.Code.NOT_FOUND,
            Status.Code.INVALID_ARGUMENT,
            Status.Code.UNIMPLEMENTED,
            Status.Code.PERMISSION_DENIED,
            Status.Code.UNAUTHENTICATED);

    private final Channel channel;
    private final String eventId;
    private final List<String> sections;
    private final SeatMapListener listener;
    private final Backoff backoff = new Backoff(ThreadLocalRandom.current(), LONGEST_BACKOFF);
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("seat-map-client").factory());
    private volatile @Nullable SeatMap map;
    private @Nullable Watch watch;
    private @Nullable ScheduledFuture<?> silence;
    private volatile boolean closed;

    private SeatMapClient(Channel channel, String eventId, List<String> sections, SeatMapListener listener) {
        this.channel = channel;
        this.eventId = eventId;
        this.sections = List.copyOf(sections);
        this.listener = listener;
    }

    /**
     * Starts to follow.
     *
     * @param channel to the query service; stays the caller's
     * @param eventId the event
     * @param sections only these sections and areas; empty: all
     * @param listener told what happens, on the client's thread
     * @return the client
     */
    public static SeatMapClient follow(
            Channel channel, String eventId, List<String> sections, SeatMapListener listener) {
        SeatMapClient client = new SeatMapClient(channel, eventId, sections, listener);
        client.thread.execute(client::open);
        return client;
    }

    /**
     * Gives the seat map as it stands.
     *
     * @return empty before the layout is known
     */
    public Optional<SeatMap> map() {
        return Optional.ofNullable(map);
    }

    /** Stops following; the listener hears nothing more. */
    @Override
    public void close() {
        closed = true;
        thread.execute(this::leave);
        thread.shutdown();
    }

    private void open() {
        if (closed) {
            return;
        }
        leave();
        try {
            SeatMap before = map;
            SeatMap known = before == null ? new SeatMap(layout()) : before;
            map = known;
            Watch opened = new Watch(known, known.open());
            watch = opened;
            listenForSilence(opened);
            SeatMapServiceGrpc.newStub(channel)
                    .watchSeatStatuses(
                            WatchSeatStatusesRequest.newBuilder()
                                    .setEventId(eventId)
                                    .addAllSections(sections)
                                    .setResumeVersion(known.resumeVersion())
                                    .setOneBlock(true)
                                    .build(),
                            opened);
        } catch (StatusRuntimeException failure) {
            broken(failure.getStatus());
        }
    }

    private void received(Watch from, WatchSeatStatusesResponse message) {
        if (closed || from != watch) {
            return;
        }
        listenForSilence(from);
        try {
            movedTo(from.map, message);
        } catch (StatusRuntimeException failure) {
            broken(failure.getStatus());
            return;
        }
        switch (from.map.take(from.stream, message)) {
            case Step.Applied applied -> {
                backoff.reset();
                tell(() -> listener.updated(from.map, applied.update()));
                listenForSilence(from); // However long the listener took.
                from.next();
            }
            case Step.Known known -> from.next();
            case Step.Gap gap -> {
                tell(() -> listener.gap(gap));
                open();
            }
        }
    }

    /** A snapshot may belong to another layout than the one known. */
    private void movedTo(SeatMap known, WatchSeatStatusesResponse message) {
        String hash = message.getSnapshot().getLayoutHash();
        if (!hash.isEmpty() && !hash.equals(known.places().hash())) {
            GetLayoutResponse found = stub().getLayout(
                            GetLayoutRequest.newBuilder().setLayoutHash(hash).build());
            known.relocate(Places.of(found.getLayout()));
        }
    }

    private void broken(Status status) {
        leave();
        if (closed) {
            return;
        }
        if (FOR_GOOD.contains(status.getCode())) {
            tell(() -> listener.refused(status));
            return;
        }
        Duration after = backoff.next();
        tell(() -> listener.waiting(status, after));
        schedule(this::open, after);
    }

    private Places layout() {
        GetSeatMapResponse found = stub().getSeatMap(
                        GetSeatMapRequest.newBuilder().setEventId(eventId).build());
        return Places.of(Layout.newBuilder()
                .setLayoutHash(found.getLayoutHash())
                .addAllSections(found.getSectionsList())
                .addAllAreas(found.getAreasList())
                .build());
    }

    private SeatMapServiceBlockingStub stub() {
        return SeatMapServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(LONGEST_CALL.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void leave() {
        Watch left = watch;
        watch = null;
        if (silence != null) {
            silence.cancel(false);
        }
        if (left != null) {
            left.cancel();
        }
    }

    private void listenForSilence(Watch of) {
        if (silence != null) {
            silence.cancel(false);
        }
        silence = schedule(
                () -> {
                    if (of == watch) {
                        broken(Status.UNAVAILABLE.withDescription("The stream fell silent"));
                    }
                },
                LONGEST_SILENCE);
    }

    private @Nullable ScheduledFuture<?> schedule(Runnable action, Duration after) {
        return closed ? null : thread.schedule(action, after.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void tell(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException dropped) {
            Thread.currentThread().getUncaughtExceptionHandler().uncaughtException(Thread.currentThread(), dropped);
        }
    }

    /** One stream. Its callbacks go to the client's thread. */
    private final class Watch implements ClientResponseObserver<WatchSeatStatusesRequest, WatchSeatStatusesResponse> {
        private final SeatMap map;
        private final long stream;
        private volatile @Nullable ClientCallStreamObserver<WatchSeatStatusesRequest> call;

        Watch(SeatMap map, long stream) {
            this.map = map;
            this.stream = stream;
        }

        @Override
        public void beforeStart(ClientCallStreamObserver<WatchSeatStatusesRequest> started) {
            call = started;
            started.disableAutoRequestWithInitial(1);
        }

        @Override
        public void onNext(WatchSeatStatusesResponse message) {
            enqueue(() -> received(this, message));
        }

        @Override
        public void onError(Throwable failure) {
            enqueue(() -> ended(Status.fromThrowable(failure)));
        }

        @Override
        public void onCompleted() {
            enqueue(() -> ended(Status.UNAVAILABLE.withDescription("The stream has ended")));
        }

        private void ended(Status status) {
            if (this == watch) {
                broken(status);
            }
        }

        void next() {
            ClientCallStreamObserver<WatchSeatStatusesRequest> open = call;
            if (open != null) {
                open.request(1);
            }
        }

        void cancel() {
            ClientCallStreamObserver<WatchSeatStatusesRequest> open = call;
            if (open != null) {
                open.cancel("left", null);
            }
        }

        private void enqueue(Runnable action) {
            if (!closed) {
                try {
                    thread.execute(action);
                } catch (RejectedExecutionException over) {
                    cancel(); // Closed a moment ago.
                }
            }
        }
    }
}
