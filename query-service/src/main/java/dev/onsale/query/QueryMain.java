package dev.onsale.query;

import dev.onsale.query.rebuild.Rebuild;
import dev.onsale.runtime.config.Config;
import dev.onsale.runtime.service.Running;
import dev.onsale.runtime.service.ServiceMain;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The read side as a process: serves, or with the argument `rebuild` makes all indexes anew and ends. */
public final class QueryMain {
    private static final String REBUILD = "rebuild";

    private QueryMain() {}

    /**
     * Runs the process.
     *
     * @param arguments `--config FILE`, or `rebuild --config FILE`
     */
    public static void main(String[] arguments) {
        if (Arrays.asList(arguments).contains(REBUILD)) {
            rebuildAndExit(Config.load(arguments));
        } else {
            ServiceMain.run("query", arguments, QueryMain::start);
        }
    }

    /**
     * Starts the service.
     *
     * @param vertx of the process
     * @param config its settings
     * @return running: ports `grpc`, `http`, `management`
     */
    public static Future<Running> start(Vertx vertx, Config config) {
        return start(vertx, config, router -> {});
    }

    /**
     * Starts the service with more routes on its HTTP server.
     *
     * @param vertx of the process
     * @param config its settings
     * @param more adds routes, e.g. the keys of an embedded issuer
     * @return running: ports `grpc`, `http`, `management`
     */
    public static Future<Running> start(Vertx vertx, Config config, Consumer<Router> more) {
        return QueryService.start(vertx, config, more);
    }

    /**
     * Makes all indexes anew while everything runs.
     *
     * @param vertx of the process
     * @param config its settings
     * @return what was done; fails with OVERLOADED if a rebuild is under way already
     */
    public static Future<Rebuild.Report> rebuild(Vertx vertx, Config config) {
        QueryConfig settings = QueryConfig.from(config);
        config.check();
        return QueryStores.open(vertx, settings).compose(stores -> {
            Promise<Rebuild.Report> done = Promise.promise();
            Thread.ofVirtual().name("rebuild").start(() -> {
                try {
                    done.complete(stores.rebuild(new SimpleMeterRegistry()).run());
                } catch (Exception failure) {
                    done.fail(failure);
                }
            });
            return done.future().eventually(stores::close);
        });
    }

    private static void rebuildAndExit(Config config) {
        Vertx vertx = Vertx.vertx();
        try {
            Rebuild.Report report = rebuild(vertx, config).await(1, TimeUnit.HOURS);
            System.out.printf(
                    "Rebuilt %d events, %d seat blocks, %d bookings in %d ms%n",
                    report.events(), report.seatBlocks(), report.bookings(), report.millis());
            vertx.close().await();
        } catch (Exception failure) {
            System.err.println("Rebuild failed: " + failure.getMessage());
            System.exit(1);
        }
    }
}
