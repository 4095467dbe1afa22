package dev.onsale.standalone.room;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One address for a Redis and its copy: whoever connects is put through to the one that is the primary now. */
final class Switchboard implements AutoCloseable {

    private static final String HOST = "127.0.0.1";

    private final Set<NetSocket> calls = ConcurrentHashMap.newKeySet();
    private final NetClient client;
    private final NetServer server;
    private volatile int target;

    private Switchboard(Vertx vertx, int target) {
        this.target = target;
        this.client = vertx.createNetClient();
        this.server = vertx.createNetServer().connectHandler(this::putThrough);
    }

    static Switchboard to(Vertx vertx, int target) {
        Switchboard board = new Switchboard(vertx, target);
        RoomHouse.await(board.server.listen(0, HOST));
        return board;
    }

    URI uri() {
        return URI.create("redis://" + HOST + ":" + server.actualPort());
    }

    /** From now on this one; all connections end. */
    void switchTo(int port) {
        target = port;
        calls.forEach(NetSocket::close);
    }

    private void putThrough(NetSocket caller) {
        caller.pause();
        calls.add(caller);
        caller.closeHandler(gone -> calls.remove(caller));
        client.connect(target, HOST).onFailure(away -> caller.close()).onSuccess(callee -> {
            caller.pipeTo(callee);
            callee.pipeTo(caller);
        });
    }

    @Override
    public void close() {
        RoomHouse.await(server.close());
        RoomHouse.await(client.close());
    }
}
