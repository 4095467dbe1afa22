package dev.onsale.command.gate;

/** What a call is for. */
public enum Purpose {
    /** To take seats or buy them: not with a session that has ended with a booking. */
    BUY,
    /** To look at what one has, or give it back. */
    LOOK
}
