package dev.onsale.tools.bench;

import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * The medians over the rounds, and the ratios to the limits.
 *
 * @param figures by name, each the round with the median rate
 * @param ratios by name, e.g. {@code hold_ratio}: our rate by the limit's, paired round by round, the median
 */
record Report(Map<String, Figure> figures, Map<String, Double> ratios) {
    /** Which figure stands beside which limit. */
    record Limit(String ratio, String ours, String limit) {}

    static Report of(List<Map<String, Figure>> rounds, List<Limit> limits) {
        Map<String, Figure> figures = new LinkedHashMap<>();
        for (String name : rounds.get(0).keySet()) {
            List<Figure> sorted = rounds.stream()
                    .map(round -> round.get(name))
                    .sorted((a, b) -> Double.compare(a.perSecond(), b.perSecond()))
                    .toList();
            figures.put(name, sorted.get(sorted.size() / 2));
        }
        Map<String, Double> ratios = new LinkedHashMap<>();
        for (Limit limit : limits) {
            if (figures.containsKey(limit.ours()) && figures.containsKey(limit.limit())) {
                ratios.put(limit.ratio(), median(rounds, limit));
            }
        }
        return new Report(figures, ratios);
    }

    private static double median(List<Map<String, Figure>> rounds, Limit limit) {
        double[] each = rounds.stream()
                .mapToDouble(round -> rate(round, limit.ours()) / rate(round, limit.limit()))
                .sorted()
                .toArray();
        return each[each.length / 2];
    }

    private static double rate(Map<String, Figure> round, String name) {
        return Objects.requireNonNull(round.get(name), name).perSecond();
    }

    String table() {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%-24s %12s %10s %10s %10s %9s %9s %7s%n",
                "",
                "a second",
                "p50 ms",
                "p99 ms",
                "p99.9 ms",
                "calls",
                "refused",
                "failed"));
        figures.values()
                .forEach(f -> text.append(String.format(
                        Locale.ROOT,
                        "%-24s %12.0f %10.2f %10.2f %10s %9d %9d %7d%n",
                        f.name(),
                        f.perSecond(),
                        f.p50Millis(),
                        f.p99Millis(),
                        Double.isNaN(f.p999Millis()) ? "-" : String.format(Locale.ROOT, "%.2f", f.p999Millis()),
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
                        .put(f.name() + "_p999_ms", Double.isNaN(f.p999Millis()) ? null : round(f.p999Millis()))
                        .put(f.name() + "_failed", f.failed()));
        ratios.forEach((name, ratio) -> json.put(name, round(ratio)));
        return json;
    }

    static double round(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
