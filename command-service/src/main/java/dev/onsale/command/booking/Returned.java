package dev.onsale.command.booking;

/** How the money of a payment went back to its buyer. */
enum Returned {
    /** It is not certain that it did. */
    NOT_YET,
    /** There never was any. */
    NEVER_TAKEN,
    /** What was reserved was let go of. */
    VOIDED,
    /** What was taken was given back. */
    REFUNDED;

    static Returned of(PaymentAnswer answer) {
        return switch (answer) {
            case PaymentAnswer.Released released -> released.refunded() ? REFUNDED : VOIDED;
            case PaymentAnswer.Declined declined -> NEVER_TAKEN;
            default -> NOT_YET;
        };
    }
}
