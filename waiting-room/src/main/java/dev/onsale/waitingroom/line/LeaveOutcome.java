package dev.onsale.waitingroom.line;

/** What came of leaving. */
public sealed interface LeaveOutcome {

    /** The place is given up. */
    record Left() implements LeaveOutcome {}

    /** The session is ended. */
    record Ended() implements LeaveOutcome {}

    /** There was nothing to give up: it left before, its session is over, or the account has another entry. */
    record AlreadyGone() implements LeaveOutcome {}
}
