package dev.onsale.standalone.room;

import dev.onsale.proto.waitingroom.v1.Place;
import dev.onsale.proto.waitingroom.v1.WatchPositionRequest;
import dev.onsale.proto.waitingroom.v1.WatchPositionResponse;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Somebody who watches a position, and keeps all that it was shown. */
final class Watcher implements ClientResponseObserver<WatchPositionRequest, WatchPositionResponse> {

    private final boolean slow;
    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();
    private volatile @Nullable ClientCallStreamObserver<WatchPositionRequest> call;

    private Watcher(boolean slow) {
        this.slow = slow;
    }

    /** What was shown when. */
    record Seen(Instant when, Place place) {}

    static Watcher of(RoomGuest guest, Place place) {
        return watching(new Watcher(false), guest, place);
    }

    /** Takes one message, and no more until it {@link #reads}. */
    static Watcher slow(RoomGuest guest, Place place) {
        return watching(new Watcher(true), guest, place);
    }

    private static Watcher watching(Watcher watcher, RoomGuest guest, Place place) {
        guest.watch(place.getPlaceTicket(), watcher);
        return watcher;
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<WatchPositionRequest> started) {
        call = started;
        if (slow) {
            started.disableAutoRequestWithInitial(1);
        }
    }

    /** From now on it takes all that comes. */
    void reads() {
        var watched = call;
        if (watched != null) {
            watched.request(1_000);
        }
    }

    @Override
    public void onNext(WatchPositionResponse response) {
        seen.add(new Seen(Instant.now(), response.getPlace()));
    }

    @Override
    public void onError(Throwable failure) {
        ended.completeExceptionally(failure);
    }

    @Override
    public void onCompleted() {
        ended.complete(null);
    }

    /** All that it was shown so far. */
    List<Seen> seen() {
        return List.copyOf(seen);
    }

    /** What it was shown last, once the server has ended the watch well. */
    Place last(Duration patience) throws Exception {
        ended.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        return seen.getLast().place();
    }
}
