package dev.onsale.tools.bench;

import dev.onsale.tools.bench.OverloadCrowd.Kind;
import dev.onsale.tools.bench.OverloadCrowd.Outcome;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Measures what a server still gets done when ten times as many call as it can serve: the peak is found by raising the load in
 * steps until more of it brings no more; then ten times that, with shedding and without. Brings its own server, whose
 * store does {@value OverloadServer#AT_ONCE} things at once, {@value OverloadServer#MILLIS} ms each.
 */
@Command(
        name = "overload",
        mixinStandardHelpOptions = true,
        description = "Measures goodput (answers within 1 s) at ten times the load a server can take. Needs no `up`.")
final class OverloadBench implements Callable<Integer> {
    private static final int MINUTES = 10;
    private static final double[] STEPS = {0.5, 0.8, 0.9, 1.0, 1.1};
    private static final double AIM = 0.8;

    @Option(names = "--seconds", description = "Of overload (default: ${DEFAULT-VALUE}).", defaultValue = "30")
    private int seconds = 30;

    @Option(
            names = "--times",
            description = "How many times the peak is asked for (default: ${DEFAULT-VALUE}).",
            defaultValue = "10")
    private int times = 10;

    @Option(names = "--json", description = "Only one JSON object.")
    private boolean json;

    /** Runs the bench and prints its table or JSON. */
    @Override
    public Integer call() throws Exception {
        Vertx vertx = Vertx.vertx();
        try {
            Map<String, Outcome> outcomes = new LinkedHashMap<>();
            run(vertx, true, 0, "warm-up");
            Outcome peak = run(vertx, false, 0, "peak");
            outcomes.put("peak", peak);
            outcomes.put("overload", run(vertx, true, times * peak.goodput(), "overload"));
            outcomes.put("overload_unshed", run(vertx, false, times * peak.goodput(), "overload_unshed"));
            JsonObject result = json(outcomes);
            if (!json) {
                outcomes.forEach(OverloadBench::print);
            }
            System.out.println(result.encode());
            return result.getDouble("overload_goodput_ratio") >= AIM ? 0 : 1;
        } finally {
            vertx.close().await(1, TimeUnit.MINUTES);
        }
    }

    /** One server from its start to its end; at its peak, or asked for so much for as long as was told. */
    private Outcome run(Vertx vertx, boolean shedding, double perSecond, String name) throws Exception {
        OverloadServer server = OverloadServer.start(vertx, shedding).await(1, TimeUnit.MINUTES);
        OverloadCrowd crowd = new OverloadCrowd(vertx, server.port());
        Future<Outcome> outcome = perSecond == 0
                ? peak(crowd)
                : crowd.come(perSecond / (2.0 * times), 5) // Half of what it can do, to learn how long calls take.
                        .compose(calm -> crowd.come(perSecond, seconds));
        Outcome result = outcome.await(MINUTES, TimeUnit.MINUTES);
        System.err.printf(Locale.ROOT, "%s: %.0f a second%n", name, result.goodput());
        crowd.leave().compose(left -> server.stop()).await(1, TimeUnit.MINUTES);
        return result;
    }

    private static Future<Outcome> peak(OverloadCrowd crowd) {
        double most = OverloadServer.AT_ONCE * 1000.0 / OverloadServer.MILLIS;
        Future<Outcome> best = crowd.come(most * STEPS[0], 3);
        for (double step : STEPS) {
            best = best.compose(before ->
                    crowd.come(most * step, 5).map(after -> after.goodput() > before.goodput() ? after : before));
        }
        return best;
    }

    private JsonObject json(Map<String, Outcome> outcomes) {
        JsonObject result = new JsonObject().put("times", times).put("seconds", seconds);
        outcomes.forEach((name, outcome) -> result.put(name + "_goodput_per_s", Math.round(outcome.goodput()))
                .put(name + "_p99_ms", Report.round(outcome.p99Millis())));
        double peak = outcome(outcomes, "peak").goodput();
        for (String name : new String[] {"overload", "overload_unshed"}) {
            result.put(
                    name + "_goodput_ratio",
                    Report.round(outcome(outcomes, name).goodput() / peak));
        }
        outcome(outcomes, "overload")
                .kinds()
                .forEach((kind, tally) -> result.put(
                        "overload_" + word(kind) + "_answered",
                        Report.round(tally.good.sum() / (double) Math.max(1, tally.offered.sum()))));
        return result;
    }

    private static Outcome outcome(Map<String, Outcome> outcomes, String name) {
        return Objects.requireNonNull(outcomes.get(name), name);
    }

    private static void print(String name, Outcome outcome) {
        System.out.printf(
                Locale.ROOT, "%-16s %8.0f good a second, p99 %.1f ms%n", name, outcome.goodput(), outcome.p99Millis());
        outcome.kinds()
                .forEach((kind, tally) -> System.out.printf(
                        Locale.ROOT,
                        "  %-14s %8d offered %8d good %8d shed %8d too late%n",
                        word(kind),
                        tally.offered.sum(),
                        tally.good.sum(),
                        tally.shed.sum(),
                        tally.late.sum()));
    }

    private static String word(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
