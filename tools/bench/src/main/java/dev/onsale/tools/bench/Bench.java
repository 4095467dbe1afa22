package dev.onsale.tools.bench;

import dev.onsale.proto.catalog.v1.Event;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Measures a running system. Every figure stands beside its limit, measured in the same run on the same machine, because
 * only the ratio travels.
 */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measures a running `up`, figures beside limits.",
        subcommands = {OverloadBench.class, ReadBench.class, RoomBench.class, SearchBench.class})
public final class Bench implements Callable<Integer> {
    private static final int MINUTES = 20;
    private static final List<Report.Limit> LIMITS = List.of(
            new Report.Limit("availability_ratio", "availability", "echo"),
            new Report.Limit("best_available_ratio", "best_available", "hold"),
            new Report.Limit("hold_echo_ratio", "hold", "echo"),
            new Report.Limit("hold_ratio", "hold", "bare_script"),
            new Report.Limit("hold_ratio_pipelined", "hold", "bare_script_pipelined"));

    @Mixin
    private BenchOptions options = new BenchOptions();

    @Option(
            names = "--query",
            description = "Query service (default: ${DEFAULT-VALUE}).",
            defaultValue = "127.0.0.1:7002")
    private String query = "127.0.0.1:7002";

    @Option(
            names = "--management",
            description = "Management port of the command service (default: ${DEFAULT-VALUE}).",
            defaultValue = "127.0.0.1:9001")
    private String management = "127.0.0.1:9001";

    @Option(names = "--redis-port", description = "Redis, for the bare script; 0: leave it out.", defaultValue = "0")
    private int redisPort;

    @Option(names = "--in-flight", description = "Calls in flight (default: ${DEFAULT-VALUE}).", defaultValue = "64")
    private int inFlight = 64;

    @Option(
            names = "--only",
            description = "Only these of the stages, e.g. hold,booking.",
            split = ",",
            paramLabel = "STAGE")
    private Set<String> only = Set.of();

    @Option(names = "--quick", description = "A quarter of the calls.")
    private boolean quick;

    /** Runs the bench and prints its table or JSON. */
    @Override
    public Integer call() throws Exception {
        Vertx vertx = Vertx.vertx();
        try {
            Crowd crowd = Crowd.gather(vertx, options.issuer(), options.command(), query);
            List<Map<String, Figure>> all = new ArrayList<>();
            Quiet quiet = new Quiet(management);
            for (int round = 0; round < options.rounds(); round++) {
                quiet.await();
                long begun = System.nanoTime();
                Event event = crowd.putOnSale().await(2, TimeUnit.MINUTES);
                Figure putOnSale = Figure.once("put_on_sale", System.nanoTime() - begun);
                Stages stages = new Stages(new Load(vertx, inFlight), crowd, event.getEventId(), quick ? 4 : 1);
                stages.warmUp().await(MINUTES, TimeUnit.MINUTES);
                Map<String, Figure> figures = new LinkedHashMap<>();
                figures.put(putOnSale.name(), putOnSale);
                figures.putAll(round(stages, event));
                all.add(figures);
            }
            Report report = Report.of(all, LIMITS);
            options.print(report.table(), report.json());
            return 0;
        } finally {
            vertx.close().await(30, TimeUnit.SECONDS);
        }
    }

    private Map<String, Figure> round(Stages stages, Event event) throws Exception {
        Map<String, Figure> figures = new LinkedHashMap<>();
        for (Map.Entry<String, Stages.Stage> stage : stages.all().entrySet()) {
            if (wanted(stage.getKey())) {
                Figure figure = stage.getValue().run(stage.getKey()).await(MINUTES, TimeUnit.MINUTES);
                figures.put(figure.name(), figure);
            }
        }
        if (redisPort != 0 && wanted("bare_script")) {
            new BareScript(redisPort, inFlight)
                    .runBoth(BareScript.Call.hold(event.getEventId()), stages.holds())
                    .forEach(figure -> figures.put(figure.name(), figure));
        }
        return figures;
    }

    private boolean wanted(String stage) {
        return only.isEmpty() || only.contains(stage);
    }
}
