package dev.onsale.waitingroom.line;

/** What a line is doing. */
public enum LineState {
    /** Visitors join and wait to be drawn. */
    LOBBY('L'),
    /** The lobby has ended; the draw is not on record yet. */
    FROZEN('F'),
    /** The line moves. */
    OPEN('O'),
    /** The line stands still. */
    PAUSED('P'),
    /** Over: nobody joins, nobody is let in. */
    CLOSED('C');

    private final char code;

    LineState(char code) {
        this.code = code;
    }

    String code() {
        return String.valueOf(code);
    }

    static LineState of(String code) {
        for (var state : values()) {
            if (state.code().equals(code)) {
                return state;
            }
        }
        throw new IllegalStateException("No state " + code);
    }
}
