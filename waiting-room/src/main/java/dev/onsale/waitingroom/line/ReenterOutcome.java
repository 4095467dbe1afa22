package dev.onsale.waitingroom.line;

/** What came of going to the end of the line. */
public sealed interface ReenterOutcome {

    /**
     * The account is in line again. Asking again answers the same.
     *
     * @param entry its new entry; its position is the same number
     */
    record Reentered(long entry) implements ReenterOutcome {}

    /**
     * The turn has not passed.
     *
     * @param ahead how many positions before it have not been called; 0 if it may claim now
     */
    record NotYet(long ahead) implements ReenterOutcome {}

    /** It re-entered before, had its session, or left. */
    record Used() implements ReenterOutcome {}

    /** The room is closed. */
    record Closed() implements ReenterOutcome {}
}
