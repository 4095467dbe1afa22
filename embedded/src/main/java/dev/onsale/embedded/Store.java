package dev.onsale.embedded;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;

/**
 * One running store, as its clients see it. It can be ended, frozen and brought back on the same port and data, which
 * is what tests of failures are made of.
 *
 * <p>A store that was given by URL belongs to somebody else: all of that throws {@link UnsupportedOperationException}.
 */
public abstract sealed class Store permits RedisStore, PostgresStore, ElasticsearchStore, MailStore {

    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final int POLL_MILLIS = 25;

    private final StoreKind kind;
    private final Engine engine;

    Store(StoreKind kind, Engine engine) {
        this.kind = kind;
        this.engine = engine;
    }

    /** Where clients connect, without credentials. */
    public abstract URI uri();

    /** Asks the store whether it serves; throws if it does not (yet). */
    abstract void ping() throws IOException;

    /** Makes what clients expect to find; done at every start, so it must be repeatable. */
    void prepare() throws IOException {}

    /** Which store this is. */
    public final StoreKind kind() {
        return kind;
    }

    /** Whether we run it, so that it can be stopped and emptied; not so if it was given by URL. */
    public final boolean ours() {
        return !(engine instanceof GivenEngine);
    }

    /** The TCP port it listens on; the same after a restart. */
    public final int port() {
        return engine.address().port();
    }

    /** Starts it if it does not run, and waits until it answers. */
    public final void start() {
        engine.start();
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (true) {
            try {
                ping();
                prepare();
                return;
            } catch (IOException e) {
                if (!engine.alive()) {
                    throw new StoresException(kind.label() + " ended while it started:\n" + engine.lastWords(), e);
                }
                if (System.nanoTime() > deadline) {
                    throw new StoresException(
                            kind.label() + " did not answer within " + START_LIMIT.toSeconds() + " s:\n"
                                    + engine.lastWords(),
                            e);
                }
                pauseBriefly();
            }
        }
    }

    private static void pauseBriefly() {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoresException("Interrupted while a store started", e);
        }
    }

    /** Ends it in order; its data stay for the next {@link #start}. */
    public final void stop() {
        engine.stop();
    }

    /** Ends it as {@code kill -9} would; its data stay as they were at that moment. */
    public final void kill() {
        engine.kill();
    }

    /** Kills it and starts it again: the crash and the recovery. */
    public final void restart() {
        kill();
        start();
    }

    /** Freezes it: connections stay open and nothing answers. */
    public final void pause() {
        engine.pause();
    }

    /** Lets a paused store go on. */
    public final void resume() {
        engine.resume();
    }

    /** Whether its process runs. */
    public final boolean running() {
        return engine.alive();
    }

    final Engine engine() {
        return engine;
    }

    @Override
    public final String toString() {
        return kind.label() + " at " + uri();
    }
}
