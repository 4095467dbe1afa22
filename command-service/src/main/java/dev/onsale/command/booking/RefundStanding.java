package dev.onsale.command.booking;

import io.vertx.sqlclient.Row;
import java.time.Duration;

/**
 * How far the money of a cancellation has come.
 *
 * @param state one of the words of {@code cancellation_state}
 * @param refusal what the provider said last instead of giving it back; empty: nothing
 * @param tried how long it has been tried
 */
record RefundStanding(String state, String refusal, Duration tried) {
    /** Nobody answered, or the answer was that it is not known. */
    static final String NO_ANSWER = "no_answer";

    static RefundStanding of(Row row) {
        return new RefundStanding(
                row.getString("state"), row.getString("refusal"), Duration.ofMillis(row.getLong("tried_ms")));
    }

    boolean done() {
        return state.equals("done");
    }

    boolean stuck() {
        return state.equals("stuck");
    }

    /** Whether nothing more is tried until somebody says so. One nobody answered for may have happened: it is asked about. */
    boolean leftAlone() {
        return stuck() && !refusal.equals(NO_ANSWER);
    }
}
