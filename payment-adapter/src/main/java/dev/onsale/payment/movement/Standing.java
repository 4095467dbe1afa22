package dev.onsale.payment.movement;

import dev.onsale.proto.payment.v1.PaymentState;

/** What a payment is now. The four that end in -ING have an open movement whose outcome is not known. */
enum Standing {
    AUTHORIZING(PaymentState.PAYMENT_STATE_UNKNOWN),
    AUTHORIZED(PaymentState.PAYMENT_STATE_AUTHORIZED),
    DECLINED(PaymentState.PAYMENT_STATE_DECLINED),
    CAPTURING(PaymentState.PAYMENT_STATE_UNKNOWN),
    CAPTURED(PaymentState.PAYMENT_STATE_CAPTURED),
    VOIDING(PaymentState.PAYMENT_STATE_UNKNOWN),
    VOIDED(PaymentState.PAYMENT_STATE_VOIDED),
    REFUNDING(PaymentState.PAYMENT_STATE_UNKNOWN),
    PARTIALLY_REFUNDED(PaymentState.PAYMENT_STATE_PARTIALLY_REFUNDED),
    REFUNDED(PaymentState.PAYMENT_STATE_REFUNDED);

    private final PaymentState wire;

    Standing(PaymentState wire) {
        this.wire = wire;
    }

    /** As stored. */
    String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    PaymentState wire() {
        return wire;
    }

    /** Whether an open movement's outcome is not known. */
    boolean open() {
        return wire == PaymentState.PAYMENT_STATE_UNKNOWN;
    }
}
