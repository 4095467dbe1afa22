package dev.onsale.runtime.service;

import io.vertx.core.Future;
import java.util.Map;

/** A service that has started. */
public interface Running {

    /** Its name, e.g. {@code command}. */
    String name();

    /** The ports it listens on: {@code grpc}, {@code management}, and whatever else it has, e.g. {@code http}. */
    Map<String, Integer> ports();

    /** Stops it: not ready, GOAWAY, calls under way end (up to the drain time), parts close. Asking twice is harmless. */
    Future<Void> stop();

    /** One of its ports. */
    default int port(String which) {
        var port = ports().get(which);
        if (port == null) {
            throw new IllegalArgumentException(name() + " has no port " + which);
        }
        return port;
    }

    /** The port of its RPCs. */
    default int grpcPort() {
        return port("grpc");
    }
}
