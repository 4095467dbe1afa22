package dev.onsale.command.gate;

import java.util.Optional;

/**
 * That a call may go through.
 *
 * @param session the session it belongs to; empty: the event has no gate, or the caller needs no admission
 * @param finished whether that session has ended with a booking
 */
public record Pass(Optional<String> session, boolean finished) {

    /** Of a call that needs no admission. */
    static final Pass OPEN = new Pass(Optional.empty(), false);
}
