package dev.onsale.tools.bench;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures the searches of support in a running system, and nothing else: {@link ReadBench} does too, after all the rest. */
@Command(
        name = "searches",
        mixinStandardHelpOptions = true,
        description = "Measures searches for bookings in a running `up`.")
final class SearchBench implements Callable<Integer> {
    @Mixin
    private BenchOptions options = new BenchOptions();

    @Option(
            names = "--query",
            description = "Query service (default: ${DEFAULT-VALUE}).",
            defaultValue = "127.0.0.1:7002")
    private String query = "127.0.0.1:7002";

    @Option(
            names = "--elasticsearch-port",
            description = "Elasticsearch of the running system, to fill (default: ${DEFAULT-VALUE}).",
            defaultValue = "7012")
    private int elasticsearchPort = 7012;

    @Option(
            names = "--bookings",
            description = "Bookings to search in; as many are written to the index (default: ${DEFAULT-VALUE}).",
            defaultValue = "5000000")
    private int bookings = 5_000_000;

    /** Runs the bench and prints its table or JSON. */
    @Override
    public Integer call() throws Exception {
        Vertx vertx = Vertx.vertx();
        try {
            Crowd crowd = Crowd.gather(vertx, options.issuer(), options.command(), query);
            SearchStage.Outcome searched = new SearchStage(vertx, crowd, elasticsearchPort, bookings).run();
            Map<String, Figure> figures = new LinkedHashMap<>();
            searched.figures().forEach(figure -> figures.put(figure.name(), figure));
            Report report = Report.of(List.of(figures), SearchStage.LIMITS);
            options.print(report.table(), json(searched, report));
            boolean sound =
                    searched.missed() == 0 && searched.figures().stream().allMatch(figure -> figure.failed() == 0);
            return sound ? 0 : 1;
        } finally {
            vertx.close().await(2, TimeUnit.MINUTES);
        }
    }

    private static JsonObject json(SearchStage.Outcome searched, Report report) {
        Figure all = Objects.requireNonNull(report.figures().get("search"));
        return new JsonObject()
                .put("bookings", searched.bookings())
                .put("search_p50_ms", Report.round(all.p50Millis()))
                .put("search_p99_ms", Report.round(all.p99Millis()))
                .put(
                        "search_ratio",
                        Report.round(Objects.requireNonNull(report.ratios().get("search_ratio"))))
                .put("searches_missed", searched.missed());
    }
}
