package dev.onsale.waitingroom.line;

/** What came of leaving. */
public sealed interface LeaveOutcome {

    /** The place is given up, or the session ended. */
    record Left() implements LeaveOutcome {}

    /** There was nothing to give up: it left before, its session is over, or the account has another entry. */
    record AlreadyGone() implements LeaveOutcome {}
}
