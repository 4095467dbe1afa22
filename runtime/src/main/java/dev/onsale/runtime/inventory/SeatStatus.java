package dev.onsale.runtime.inventory;

/** Where a seat is on its way to a buyer. The digit is the one in Redis and in the change feed. */
public enum SeatStatus {
    /** Free to be held. */
    AVAILABLE(0),
    /** In a fan's hold, for a few minutes. */
    HELD(1),
    /** In a checkout: paid for soon, or let go. */
    RESERVED(2),
    /** Paid for, with a ticket. */
    SOLD(3),
    /** Taken off sale by an operator. */
    BLOCKED(4);

    private static final SeatStatus[] BY_DIGIT = values();

    private final int digit;

    SeatStatus(int digit) {
        this.digit = digit;
    }

    /** 0 to 4. */
    public int digit() {
        return digit;
    }

    /** The status with this digit. */
    public static SeatStatus ofDigit(int digit) {
        if (digit < 0 || digit >= BY_DIGIT.length) {
            throw new IllegalArgumentException("No seat status " + digit);
        }
        return BY_DIGIT[digit];
    }
}
