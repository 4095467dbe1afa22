package dev.onsale.command.inventory;

/** What a hold is now. */
public enum HoldState {
    /** The fan's, until it expires. */
    ACTIVE('A'),
    /** In a checkout, until its hard maximum. */
    CLAIMED('C'),
    /** Reserved by a booking. */
    RESERVED('R'),
    /** Sold by a booking. */
    SOLD('S'),
    /** Given back by the fan. */
    RELEASED('L'),
    /** Ran out. */
    EXPIRED('X'),
    /** Given back by a booking. */
    FREED('F');

    private final char code;

    HoldState(char code) {
        this.code = code;
    }

    char code() {
        return code;
    }

    static HoldState ofCode(String code) {
        for (var state : values()) {
            if (code.length() == 1 && state.code == code.charAt(0)) {
                return state;
            }
        }
        throw new IllegalArgumentException("No hold state " + code);
    }
}
