package dev.onsale.waitingroom.line;

import java.util.UUID;

/** Redis has no such room: {@link LineLedger#open} brings it back, then the call may be repeated. */
public final class LineLost extends RuntimeException {

    private final UUID event;

    LineLost(UUID event) {
        super("Redis has no line of " + event, null, false, false);
        this.event = event;
    }

    /** Whose line it is. */
    public UUID event() {
        return event;
    }
}
