package dev.onsale.waitingroom.live;

import dev.onsale.waitingroom.room.Room;
import dev.onsale.waitingroom.room.RoomStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All rooms, in memory, at most a second behind PostgreSQL. */
public final class LiveRooms {

    private static final Logger LOG = LoggerFactory.getLogger(LiveRooms.class);
    private static final Duration READ_EVERY = Duration.ofSeconds(1);

    private final Vertx vertx;
    private final RoomStore store;
    private final ConcurrentMap<UUID, LiveRoom> rooms = new ConcurrentHashMap<>();
    private final List<Runnable> afterReading = new CopyOnWriteArrayList<>();
    private final long timer;
    private volatile boolean reading;

    private LiveRooms(Vertx vertx, RoomStore store) {
        this.vertx = vertx;
        this.store = store;
        this.timer = vertx.setPeriodic(READ_EVERY.toMillis(), id -> readAll());
    }

    /** Reads all rooms and goes on following them. */
    public static Future<LiveRooms> follow(Vertx vertx, RoomStore store) {
        var rooms = new LiveRooms(vertx, store);
        return rooms.read().map(rooms).onFailure(failure -> rooms.stop());
    }

    /** The room before an event's sale; fails with RESOURCE_NOT_FOUND if it has none. */
    public Future<LiveRoom> room(UUID event) {
        var known = rooms.get(event);
        return known != null ? Future.succeededFuture(known) : fresh(event);
    }

    /** Reads one room again, after a change. */
    public Future<LiveRoom> fresh(UUID event) {
        return store.read(event).map(found -> found.map(this::take).orElseThrow(Room::none));
    }

    /** All rooms known. */
    public Collection<LiveRoom> all() {
        return rooms.values();
    }

    /** Runs the action each time all rooms have been read. */
    void onRead(Runnable action) {
        afterReading.add(action);
    }

    /** Follows no more. */
    public Future<Void> stop() {
        vertx.cancelTimer(timer);
        return Future.succeededFuture();
    }

    private void readAll() {
        if (!reading) {
            reading = true;
            read().onComplete(done -> reading = false)
                    .onFailure(failure -> LOG.atWarn()
                            .addKeyValue("reason", String.valueOf(failure.getMessage()))
                            .log("Rooms are not followed"));
        }
    }

    private Future<Void> read() {
        return store.list().map(all -> {
            all.forEach(this::take);
            afterReading.forEach(Runnable::run);
            return null;
        });
    }

    private LiveRoom take(Room room) {
        var live = rooms.computeIfAbsent(room.event(), event -> new LiveRoom(room));
        live.renew(room);
        return live;
    }
}
