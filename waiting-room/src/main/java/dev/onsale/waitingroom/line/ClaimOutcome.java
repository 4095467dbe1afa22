package dev.onsale.waitingroom.line;

import java.time.Instant;

/** What came of taking one's turn. */
public sealed interface ClaimOutcome {

    /**
     * The visitor shops. Claiming again during the session answers the same.
     *
     * @param expires when the session ends
     */
    record Admitted(Instant expires) implements ClaimOutcome {}

    /**
     * It is not its turn.
     *
     * @param ahead how many positions before it have not been called; 0 if it has no position yet
     */
    record NotYet(long ahead) implements ClaimOutcome {}

    /** The window is over; it may re-enter. */
    record Passed() implements ClaimOutcome {}

    /** The session is over, the visitor left, or the account has another entry by now. */
    record Used() implements ClaimOutcome {}

    /** The room is closed. */
    record Closed() implements ClaimOutcome {}
}
