package dev.onsale.runtime.service;

import dev.onsale.runtime.config.Config;
import dev.onsale.runtime.config.ConfigFault;
import dev.onsale.runtime.telemetry.Tracing;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The life of a process that runs one service: start, wait for a signal, stop well. */
public final class ServiceMain {

    private static final Logger LOG = LoggerFactory.getLogger(ServiceMain.class);
    private static final int FAILED = 1;
    private static final int MISCONFIGURED = 2;
    private static final int STOP_SECONDS = 40;

    private ServiceMain() {}

    /**
     * Starts the service and returns; the process then lives until it is told to stop (SIGTERM, Ctrl-C). Ends the process
     * with 2 if the settings are wrong, with 1 if the start fails.
     */
    public static void run(String name, String[] arguments, ServiceStarter starter) {
        try {
            var config = Config.load(arguments);
            var builder = Vertx.builder();
            var tracing = Tracing.install(builder, config, "onsale-" + name);
            var vertx = builder.build();
            var running = starter.start(vertx, config).await(2, TimeUnit.MINUTES);
            for (var key : config.unread()) {
                LOG.atWarn().addKeyValue("key", key).log("A setting that nothing reads");
            }
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(
                            () -> {
                                stop(running, vertx);
                                tracing.ifPresent(ServiceMain::closeQuietly);
                            },
                            "stop"));
        } catch (ConfigFault fault) {
            fault.faults().forEach(System.err::println);
            System.exit(MISCONFIGURED);
        } catch (Exception failure) {
            LOG.atError().addKeyValue("service", name).setCause(failure).log("Can't start");
            System.exit(FAILED);
        }
    }

    private static void stop(Running running, Vertx vertx) {
        try {
            running.stop().compose(stopped -> vertx.close()).await(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (Exception failure) {
            LOG.atWarn().setCause(failure).log("Did not stop well");
        }
    }

    private static void closeQuietly(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception failure) {
            LOG.atWarn().setCause(failure).log("Did not stop well");
        }
    }
}
