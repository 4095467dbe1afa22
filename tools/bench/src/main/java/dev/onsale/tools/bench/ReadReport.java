package dev.onsale.tools.bench;

import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * What the bench of the reads found.
 *
 * @param rounds medians over the rounds
 * @param once what was measured once: how soon changes are seen, the watchers, the searches
 * @param watched what came of the watchers
 * @param searched what came of the searches
 * @param snapshotBytes bytes of the statuses of 50,000 seats
 */
record ReadReport(Report rounds, Report once, FanOut.Outcome watched, SearchStage.Outcome searched, int snapshotBytes) {
    private static final List<Report.Limit> LIMITS = List.of(
            new Report.Limit("read_ratio", "availability", "echo"),
            new Report.Limit("many_ratio", "availability_many", "availability"),
            new Report.Limit("snapshot_ratio", "snapshot", "echo"));

    static ReadReport of(
            List<Map<String, Figure>> rounds,
            List<Figure> visible,
            FanOut.Outcome watched,
            SearchStage.Outcome searched,
            int snapshotBytes) {
        Map<String, Figure> once = new LinkedHashMap<>();
        visible.forEach(figure -> once.put(figure.name(), figure));
        once.put(watched.figure().name(), watched.figure());
        searched.figures().forEach(figure -> once.put(figure.name(), figure));
        return new ReadReport(
                Report.of(rounds, LIMITS),
                Report.of(List.of(once), SearchStage.LIMITS),
                watched,
                searched,
                snapshotBytes);
    }

    /** Whether every watcher shows the last version and missed nothing, every search found its booking, and no read failed. */
    boolean sound() {
        return watched.converged() == watched.watchers()
                && watched.gaps() == 0
                && searched.missed() == 0
                && rounds.figures().values().stream().allMatch(figure -> figure.failed() == 0)
                && once.figures().values().stream().allMatch(figure -> figure.failed() == 0);
    }

    String table() {
        return rounds.table()
                + "\nOnce, without holds beside:\n"
                + once.table()
                + String.format(
                        Locale.ROOT,
                        """

                        Statuses of 50,000 seats          %,12d bytes
                        Watchers, changes a second        %,12d %,12d
                          showing the last version        %,12d
                          deltas that did not fit         %,12d
                          deltas read, bytes of each      %,12d %,12.0f
                        Bookings searched in              %,12d
                          searches that missed theirs     %,12d
                        """,
                        snapshotBytes,
                        watched.watchers(),
                        watched.changesPerSecond(),
                        watched.converged(),
                        watched.gaps(),
                        watched.deltas(),
                        watched.deltaBytes(),
                        searched.bookings(),
                        searched.missed());
    }

    JsonObject json() {
        return new JsonObject()
                .put("read_ratio", ratio("read_ratio"))
                .put("many_ratio", rounds.ratios().containsKey("many_ratio") ? ratio("many_ratio") : null)
                .put("snapshot_ratio", ratio("snapshot_ratio"))
                .put(
                        "availability_p99_ms",
                        Report.round(figure(rounds, "availability").p99Millis()))
                .put("snapshot_bytes", snapshotBytes)
                .put("snapshot_p99_ms", Report.round(figure(rounds, "snapshot").p99Millis()))
                .put("visible_p50_ms", Report.round(figure(once, "visible").p50Millis()))
                .put("visible_p99_ms", Report.round(figure(once, "visible").p99Millis()))
                .put(
                        "visible_fast_p99_ms",
                        Report.round(figure(once, "visible_fast").p99Millis()))
                .put("watchers", watched.watchers())
                .put("watchers_converged", watched.converged())
                .put("watch_p99_ms", Report.round(watched.figure().p99Millis()))
                .put("delta_bytes", Math.round(watched.deltaBytes()))
                .put("bookings", searched.bookings())
                .put("search_p50_ms", Report.round(figure(once, "search").p50Millis()))
                .put("search_p99_ms", Report.round(figure(once, "search").p99Millis()))
                .put("searches_missed", searched.missed());
    }

    private static Figure figure(Report report, String name) {
        return Objects.requireNonNull(report.figures().get(name), name);
    }

    private double ratio(String name) {
        return Report.round(Objects.requireNonNull(rounds.ratios().get(name), name));
    }
}
