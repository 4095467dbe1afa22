package dev.onsale.client.seatmap;

import dev.onsale.proto.query.v1.WatchSeatStatusesResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * One random life of a watcher: changes merged or not, deltas lost, given twice or late, streams cut off and resumed, loads
 * in between, stored states that lack something. Each message that reaches the watcher is told to a witness, with what must become of it: that follows from
 * the contract alone.
 */
final class Journey {
    private final Random random;
    private final ModelServer server;
    private final SeatMap map = new SeatMap(Places.of(ModelServer.layout()));
    private final List<WatchSeatStatusesResponse> late = new ArrayList<>();
    private final Witness witness;
    private long stream;
    private long lateStream;
    private long sent;
    private boolean torn;

    /** Hears of every stream that is begun and every message that is taken. */
    interface Witness {
        void opened(long stream, long resumeVersion);

        void took(long stream, WatchSeatStatusesResponse message, Step step, String expected, SeatMap map);
    }

    Journey(long seed, Witness witness) {
        this.random = new Random(seed);
        this.server = new ModelServer(random);
        this.witness = witness;
        reconnect();
    }

    ModelServer server() {
        return server;
    }

    SeatMap map() {
        return map;
    }

    /** One thing happens. */
    void step() {
        switch (random.nextInt(12)) {
            case 0, 1, 2, 3, 4 -> server.change();
            case 5, 6, 7 -> next();
            case 8 -> lose();
            case 9 -> twice();
            case 10 -> reconnect();
            default -> rarely();
        }
    }

    /** The network is good again: whatever was lost, the watcher comes to know it. */
    void settle() {
        next();
        while (map.version() != server.now().version() || map.stale()) {
            reconnect();
        }
    }

    private void rarely() {
        if (random.nextInt(3) == 0) {
            server.reload();
        } else if (!late.isEmpty()) {
            take(lateStream, late.remove(random.nextInt(late.size())));
        } else {
            next(); // A heartbeat, or whatever has changed.
        }
    }

    private WatchSeatStatusesResponse make() {
        boolean mend = torn;
        torn = false;
        boolean reloaded = server.now().version() >>> 32 != sent >>> 32;
        WatchSeatStatusesResponse made =
                reloaded ? server.snapshot(random.nextBoolean()) : mend ? server.mended(sent) : server.delta(sent);
        sent = server.now().version();
        return made;
    }

    private void next() {
        take(stream, make());
    }

    /** What mends a torn state comes by the stream that brought it, or not at all. */
    private void lose() {
        if (torn) {
            reconnect();
            return;
        }
        late.add(make());
        lateStream = stream;
    }

    private void twice() {
        WatchSeatStatusesResponse message = make();
        long of = stream;
        take(of, message);
        take(of, message);
    }

    private void reconnect() {
        stream = map.open();
        long resume = map.resumeVersion();
        witness.opened(stream, resume);
        torn = random.nextInt(6) == 0;
        boolean known =
                !torn && resume != 0 && resume >>> 32 == server.now().version() >>> 32 && random.nextInt(4) != 0;
        sent = server.now().version();
        boolean oneBlock = random.nextBoolean();
        take(stream, known ? server.resumed(resume) : torn ? server.torn(oneBlock) : server.snapshot(oneBlock));
    }

    private void take(long of, WatchSeatStatusesResponse message) {
        String expected = expected(of, message);
        Step step = map.take(of, message);
        witness.took(of, message, step, expected, map);
        if (step instanceof Step.Gap) {
            reconnect();
        }
    }

    private String expected(long of, WatchSeatStatusesResponse message) {
        if (of != stream) {
            return "Known";
        }
        if (message.hasSnapshot() || message.getDelta().getFromVersion() == map.version()) {
            return "Applied";
        }
        return message.getDelta().getToVersion() <= map.version() ? "Known" : "Gap";
    }
}
