package dev.onsale.runtime.rpc;

import io.vertx.core.http.HttpConnection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the connections of a server, in all and by peer, and sends away those above the limits or that flood it. */
final class Connections {

    private static final long ENHANCE_YOUR_CALM = 0xB;
    private static final int MAX_PINGS = 100;
    private static final long PING_WINDOW_NANOS = 10_000_000_000L;

    private final RpcConfig config;
    private final AtomicInteger all = new AtomicInteger();
    private final Map<String, Integer> byPeer = new ConcurrentHashMap<>();

    Connections(RpcConfig config) {
        this.config = config;
    }

    int count() {
        return all.get();
    }

    void opened(HttpConnection connection) {
        var address = connection.remoteAddress();
        var peer = address == null || address.hostAddress() == null ? "" : address.hostAddress();
        int ofAll = all.incrementAndGet();
        int ofPeer = byPeer.merge(peer, 1, Integer::sum);
        connection.closeHandler(closed -> {
            all.decrementAndGet();
            byPeer.computeIfPresent(peer, (key, count) -> count > 1 ? count - 1 : null);
        });
        if (ofAll > config.maxConnections() || ofPeer > config.maxConnectionsPerPeer()) {
            connection.close();
            return;
        }
        limitPings(connection);
    }

    private static void limitPings(HttpConnection connection) {
        try {
            connection.pingHandler(new PingLimiter(connection)::received);
        } catch (UnsupportedOperationException http1) {
            // HTTP/1.1 has no pings.
        }
    }

    /** Sends a connection away that pings more than anybody needs to. */
    private static final class PingLimiter {

        private final HttpConnection connection;
        private long windowStart = System.nanoTime();
        private int pings;

        PingLimiter(HttpConnection connection) {
            this.connection = connection;
        }

        void received(Object ping) {
            long now = System.nanoTime();
            if (now - windowStart > PING_WINDOW_NANOS) {
                windowStart = now;
                pings = 0;
            }
            if (++pings == MAX_PINGS) {
                connection.goAway(ENHANCE_YOUR_CALM);
                connection.close();
            }
        }
    }
}
