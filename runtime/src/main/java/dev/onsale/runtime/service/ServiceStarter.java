package dev.onsale.runtime.service;

import dev.onsale.runtime.config.Config;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/** Starts a service in this process: what {@code XMain.start} is. */
@FunctionalInterface
public interface ServiceStarter {

    /** Starts the service; fails, with nothing left open, if it can't. */
    Future<Running> start(Vertx vertx, Config config);
}
