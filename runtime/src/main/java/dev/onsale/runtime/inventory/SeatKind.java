package dev.onsale.runtime.inventory;

/** Who a seat is made for. */
public enum SeatKind {
    /** Anybody. */
    STANDARD(0),
    /** A wheelchair user, or somebody who can't climb stairs. */
    ACCESSIBLE(1),
    /** Whoever comes with the person in the accessible seat beside it. */
    COMPANION(2);

    private static final SeatKind[] BY_DIGIT = values();

    private final int digit;

    SeatKind(int digit) {
        this.digit = digit;
    }

    /** 0 to 2. */
    public int digit() {
        return digit;
    }

    /** The kind with this digit. */
    public static SeatKind ofDigit(int digit) {
        if (digit < 0 || digit >= BY_DIGIT.length) {
            throw new IllegalArgumentException("No seat kind " + digit);
        }
        return BY_DIGIT[digit];
    }
}
