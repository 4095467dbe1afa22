package dev.onsale.payment.provider;

/** What a provider answered to one call. */
public sealed interface ProviderOutcome {

    /**
     * It is done.
     *
     * @param reference the provider's own id of the payment
     */
    record Approved(String reference) implements ProviderOutcome {}

    /**
     * The provider said no, and will say no again.
     *
     * @param code why, e.g. {@code insufficient_funds}
     */
    record Declined(String code) implements ProviderOutcome {}

    /**
     * No answer came: the effect may have happened, may happen yet, or may never happen.
     *
     * @param detail what was seen instead of an answer
     */
    record Unknown(String detail) implements ProviderOutcome {}

    /**
     * The provider answered with an error; this call had no effect and will have none.
     *
     * @param detail what it said
     */
    record Failed(String detail) implements ProviderOutcome {}

    /** Whether the provider decided: the same call again could only get the same answer. */
    default boolean known() {
        return this instanceof Approved || this instanceof Declined;
    }
}
