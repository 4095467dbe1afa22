package dev.onsale.command.booking;

import java.time.Duration;

/** What the payment adapter answered, as far as a saga has to know. */
sealed interface PaymentAnswer {
    /** Money is reserved. */
    record Authorized() implements PaymentAnswer {}

    /** Money was taken; some of it may have been given back. */
    record Captured() implements PaymentAnswer {}

    /**
     * No money is reserved or taken any more.
     *
     * @param refunded whether it was taken, and given back; otherwise it was let go of
     */
    record Released(boolean refunded) implements PaymentAnswer {}

    /**
     * The provider said no.
     *
     * @param code e.g. {@code insufficient_funds}
     */
    record Declined(String code) implements PaymentAnswer {}

    /** It is not known whether money moved. */
    record Unknown() implements PaymentAnswer {}

    /**
     * The payment's state does not allow this, and never will.
     *
     * @param detail the provider's code, or the adapter's reason
     */
    record NotAllowed(String detail) implements PaymentAnswer {}

    /**
     * Nobody could be asked, or nobody answered in time: perhaps money moved.
     *
     * @param retryAfter when to ask again at the earliest
     */
    record Unavailable(Duration retryAfter) implements PaymentAnswer {}
}
