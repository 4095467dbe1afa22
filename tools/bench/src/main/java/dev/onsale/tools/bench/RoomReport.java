package dev.onsale.tools.bench;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * What the bench of the waiting room found.
 *
 * @param rounds medians over the rounds
 * @param opening the ten seconds around the opening
 * @param line the long line
 */
record RoomReport(Report rounds, OpeningCrowd.Outcome opening, LineOfMillions.Outcome line) {
    private static final List<Report.Limit> LIMITS = List.of(
            new Report.Limit("join_ratio", "join", "bare_join"),
            new Report.Limit("join_ratio_pipelined", "join", "bare_join_pipelined"),
            new Report.Limit("join_echo_ratio", "join", "echo"),
            new Report.Limit("position_ratio", "position", "echo"));

    static RoomReport of(List<Map<String, Figure>> rounds, OpeningCrowd.Outcome opening, LineOfMillions.Outcome line) {
        return new RoomReport(Report.of(rounds, LIMITS), opening, line);
    }

    /** Whether everyone got an entry of its own, and every sampled position was right. */
    boolean sound() {
        return opening.unique() == opening.fans()
                && line.uniqueEntries() == line.joins().calls()
                && line.joins().failed() == 0
                && line.uniquePositions() == line.sampled();
    }

    String table() {
        return rounds.table()
                + String.format(
                        Locale.ROOT,
                        """

                        The ten seconds around the opening: %,d fans, %,d joined in time, %,d before the draw
                          all of them in after           %12.1f s
                          a fan's time, p50, p99         %12.1f s %10.1f s
                          calls made again               %,12d
                          different entries              %,12d

                        A line of %,d accounts, on a Redis of its own
                          joins a second, without RPC    %,12.0f
                          different entries              %,12d
                          bytes of Redis an account      %12.2f
                          the draw                       %12.1f ms
                          sampled positions right        %,12d of %,d
                          positions a second, one thread %,12.0f
                        """,
                        opening.fans(),
                        opening.joinedInTime(),
                        opening.lobby(),
                        opening.seconds(),
                        opening.figure().p50Millis() / 1000,
                        opening.figure().p99Millis() / 1000,
                        opening.triedAgain(),
                        opening.unique(),
                        line.joins().calls(),
                        line.joins().perSecond(),
                        line.uniqueEntries(),
                        line.bytesPerAccount(),
                        line.drawMillis(),
                        line.uniquePositions(),
                        line.sampled(),
                        line.positionsPerSecond());
    }

    JsonObject json() {
        return new JsonObject()
                .put("join_rps", rate("join"))
                .put("join_ratio", ratio("join_ratio"))
                .put("join_ratio_pipelined", ratio("join_ratio_pipelined"))
                .put("join_echo_ratio", ratio("join_echo_ratio"))
                .put("position_rps", rate("position"))
                .put("position_ratio", ratio("position_ratio"))
                .put("opening_fans", opening.fans())
                .put("opening_joined_in_10_s", opening.joinedInTime())
                .put("opening_all_joined_s", Report.round(opening.seconds()))
                .put("opening_entries_unique", opening.unique())
                .put("accounts", line.joins().calls())
                .put("line_join_rps", Math.round(line.joins().perSecond()))
                .put("line_entries_unique", line.uniqueEntries())
                .put("bytes_per_account", Report.round(line.bytesPerAccount()))
                .put("draw_ms", Report.round(line.drawMillis()))
                .put("positions_sampled", line.sampled())
                .put("positions_unique", line.uniquePositions());
    }

    private long rate(String figure) {
        return Math.round(
                Objects.requireNonNull(rounds.figures().get(figure), figure).perSecond());
    }

    private double ratio(String name) {
        return Report.round(Objects.requireNonNull(rounds.ratios().get(name), name));
    }
}
