package dev.onsale.waitingroom.line;

/** What came of joining. */
public sealed interface JoinOutcome {

    /**
     * The account has this entry.
     *
     * @param entry its entry
     * @param again whether it had it before
     */
    record Joined(long entry, boolean again) implements JoinOutcome {}

    /** As many have joined as can. */
    record Full() implements JoinOutcome {}

    /** The room is closed. */
    record Closed() implements JoinOutcome {}
}
