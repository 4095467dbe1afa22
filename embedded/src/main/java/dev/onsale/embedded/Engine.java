package dev.onsale.embedded;

/** What runs a store: a child process, a container, or somebody else. Keeps port and data over a stop and a start. */
interface Engine {

    /** Starts it; returns before it answers. Does nothing if it runs. */
    void start();

    /** Ends it in its own orderly way and waits until it is gone. */
    void stop();

    /** Ends it at once, as a crash would, and waits until it is gone. */
    void kill();

    /** Freezes it: connections stay open and nothing answers. */
    void pause();

    /** Lets a paused one run on. */
    void resume();

    /** Stops it for good and removes what was temporary. */
    void close();

    /** Whether it has not ended by itself. */
    boolean alive();

    /** The end of its log, for messages about a failed start. */
    String lastWords();

    /** Where clients connect. */
    Address address();

    /**
     * Host and port of a store.
     *
     * @param host a name or an IPv4 address
     * @param port a TCP port
     */
    record Address(String host, int port) {

        @Override
        public String toString() {
            return host + ":" + port;
        }
    }
}
