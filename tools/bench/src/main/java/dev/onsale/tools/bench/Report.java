package dev.onsale.tools.bench;

import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The medians over the rounds, and the ratios to the limits.
 *
 * @param figures by name, each the round with the median rate
 * @param ratios by name, e.g. {@code hold_ratio}: our rate by the limit's, paired round by round, the median
 */
record Report(Map<String, Figure> figures, Map<String, Double> ratios) {
    private static final Map<String, List<String>> LIMITS = Map.of(
            "hold_ratio", List.of("hold", "bare_script"),
            "hold_ratio_pipelined", List.of("hold", "bare_script_pipelined"),
            "hold_echo_ratio", List.of("hold", "echo"),
            "best_available_ratio", List.of("best_available", "hold"),
            "availability_ratio", List.of("availability", "echo"));

    static Report of(List<Map<String, Figure>> rounds) {
        Map<String, Figure> figures = new LinkedHashMap<>();
        for (String name : rounds.get(0).keySet()) {
            List<Figure> sorted = rounds.stream()
                    .map(round -> round.get(name))
                    .sorted((a, b) -> Double.compare(a.perSecond(), b.perSecond()))
                    .toList();
            figures.put(name, sorted.get(sorted.size() / 2));
        }
        Map<String, Double> ratios = new LinkedHashMap<>();
        LIMITS.keySet().stream().sorted().forEach(ratio -> {
            List<String> pair = LIMITS.get(ratio);
            if (figures.keySet().containsAll(pair)) {
                ratios.put(ratio, median(rounds, pair.get(0), pair.get(1)));
            }
        });
        return new Report(figures, ratios);
    }

    private static double median(List<Map<String, Figure>> rounds, String ours, String limit) {
        double[] each = rounds.stream()
                .mapToDouble(
                        round -> round.get(ours).perSecond() / round.get(limit).perSecond())
                .sorted()
                .toArray();
        return each[each.length / 2];
    }

    String table() {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%-24s %12s %10s %10s %9s %9s %7s%n",
                "",
                "a second",
                "p50 ms",
                "p99 ms",
                "calls",
                "refused",
                "failed"));
        figures.values()
                .forEach(f -> text.append(String.format(
                        Locale.ROOT,
                        "%-24s %12.0f %10.2f %10.2f %9d %9d %7d%n",
                        f.name(),
                        f.perSecond(),
                        f.p50Millis(),
                        f.p99Millis(),
                        f.calls(),
                        f.refused(),
                        f.failed())));
        ratios.forEach((name, ratio) -> text.append(String.format(Locale.ROOT, "%-24s %12.2f%n", name, ratio)));
        return text.toString();
    }

    JsonObject json() {
        JsonObject json = new JsonObject();
        figures.values()
                .forEach(f -> json.put(f.name() + "_per_s", Math.round(f.perSecond()))
                        .put(f.name() + "_p50_ms", round(f.p50Millis()))
                        .put(f.name() + "_p99_ms", round(f.p99Millis()))
                        .put(f.name() + "_failed", f.failed()));
        ratios.forEach((name, ratio) -> json.put(name, round(ratio)));
        return json;
    }

    private static double round(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
