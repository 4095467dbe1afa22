package dev.onsale.embedded;

import java.net.URI;

/** A server somebody else runs: it can be used, not ended. */
record GivenEngine(Address address) implements Engine {

    static GivenEngine at(URI uri, int usualPort) {
        return new GivenEngine(new Address(uri.getHost(), uri.getPort() < 0 ? usualPort : uri.getPort()));
    }

    @Override
    public void start() {}

    @Override
    public void stop() {
        throw notOurs();
    }

    @Override
    public void kill() {
        throw notOurs();
    }

    @Override
    public void pause() {
        throw notOurs();
    }

    @Override
    public void resume() {
        throw notOurs();
    }

    @Override
    public void close() {}

    @Override
    public boolean alive() {
        return true;
    }

    @Override
    public String lastWords() {
        return "(a server given by URL: see its own log)";
    }

    private static UnsupportedOperationException notOurs() {
        return new UnsupportedOperationException("This store was given by URL: only its owner may stop it");
    }
}
