package dev.onsale.standalone;

import dev.onsale.query.QueryMain;
import dev.onsale.query.rebuild.Rebuild;
import dev.onsale.runtime.config.Config;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Makes every Elasticsearch index anew from PostgreSQL, while a running `up` goes on selling. */
@Command(
        name = "rebuild",
        description = "Makes every search index anew from PostgreSQL, while live.",
        mixinStandardHelpOptions = true)
final class RebuildCommand implements Callable<Integer> {

    private static final int MOST_MINUTES = 60;

    @Mixin
    private DataOption data = new DataOption();

    @Override
    public Integer call() throws TimeoutException {
        Endpoints endpoints = Endpoints.read(data.folder());
        Config config = Config.load().with(settings(endpoints));
        Vertx vertx = Vertx.vertx();
        try {
            Rebuild.Report report = QueryMain.rebuild(vertx, config).await(MOST_MINUTES, TimeUnit.MINUTES);
            System.out.printf(
                    "Rebuilt %d events, %d seat blocks, %d bookings in %d ms%n",
                    report.events(), report.seatBlocks(), report.bookings(), report.millis());
            return 0;
        } finally {
            vertx.close().await(10, TimeUnit.SECONDS);
        }
    }

    /** Nobody waits for a rebuild, and the system it works on is busy selling: so it is more patient than a service. */
    private static Map<String, String> settings(Endpoints endpoints) {
        return Map.of(
                "redis.url",
                endpoints.redis(),
                "redis.reply-timeout",
                "30s",
                "sql.url",
                endpoints.jdbcUrl().substring("jdbc:".length()),
                "sql.user",
                endpoints.user(),
                "sql.password",
                endpoints.password(),
                "sql.acquire-timeout",
                "30s",
                "sql.statement-timeout",
                "60s",
                "sql.transaction-timeout",
                "5m",
                "elasticsearch.url",
                endpoints.elasticsearch(),
                "elasticsearch.timeout",
                "60s");
    }
}
