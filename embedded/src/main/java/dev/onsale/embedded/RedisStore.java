package dev.onsale.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A Redis server: append-only file on, synced every second; no eviction. */
public final class RedisStore extends Store {

    /** How many numbered databases an embedded server has. */
    public static final int DATABASES = 256;

    private static final int TIMEOUT_MILLIS = 5_000;

    private final URI uri;

    RedisStore(Engine engine) {
        this(engine, URI.create("redis://" + engine.address()));
    }

    RedisStore(Engine engine, URI uri) {
        super(StoreKind.REDIS, engine);
        this.uri = uri;
    }

    /** {@code redis://host:port}: database 0. */
    @Override
    public URI uri() {
        return uri;
    }

    /** {@code redis://host:port/database}: one of the numbered databases, 0 to {@link #DATABASES} - 1. */
    public URI uri(int database) {
        return uri.resolve("/" + database);
    }

    /** Empties all databases, as a server that lost its memory would be. */
    public void flush() {
        require(command("FLUSHALL"));
    }

    /** Empties one numbered database. */
    public void flush(int database) {
        require(command("SELECT " + database, "FLUSHDB"));
    }

    private static void require(String reply) {
        if (!reply.equals("+OK")) {
            throw new StoresException("redis answered " + reply);
        }
    }

    @Override
    void ping() throws IOException {
        String reply = exchange("PING");
        if (!reply.equals("+PONG")) {
            throw new IOException("redis answered " + reply);
        }
    }

    /** Sends inline commands one after the other and answers the last one's one-line reply, for example {@code +OK}. */
    public String command(String... commands) {
        try {
            return exchange(commands);
        } catch (IOException e) {
            throw new StoresException("redis does not answer at " + uri, e);
        }
    }

    private String exchange(String... commands) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(engine().address().host(), port()), TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            BufferedReader replies =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            String reply = null;
            for (String command : commands) {
                socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
                reply = replies.readLine();
            }
            if (reply == null) {
                throw new IOException("redis closed the connection");
            }
            return reply;
        }
    }
}
