package dev.onsale.payment.provider;

import io.vertx.core.Future;
import java.time.Instant;

/**
 * Something that moves real money. Every call is idempotent by its key: the same key again gets the same answer and has
 * no second effect. A payment is known to the provider by our payment id, and to us by the provider's reference once it was
 * told.
 *
 * <p>A future that fails, or never completes, means the outcome is not known: callers go through {@link ProviderGate},
 * which bounds the wait and turns both into {@link ProviderOutcome.Unknown}.
 */
public interface PaymentProvider {

    /** What the provider is called on the wire and in the tables, e.g. {@code simulator}. */
    String name();

    /** Reserves money. Refused for ever once the payment has been voided, also when the void came first. */
    Future<ProviderOutcome> authorize(ProviderPayment payment, String key);

    /** Takes all the reserved money. */
    Future<ProviderOutcome> capture(ProviderPayment payment, String key);

    /** Lets the reserved money go; closes a payment the provider has never heard of, so that a late authorization is refused. */
    Future<ProviderOutcome> voidAuthorization(ProviderPayment payment, String key);

    /** Gives captured money back, in minor units. */
    Future<ProviderOutcome> refund(ProviderPayment payment, long amountMinor, String key);

    /** What the provider knows of our payment now. */
    Future<ProviderView> query(ProviderPayment payment);

    /**
     * What the provider has of us and first heard of between two times.
     *
     * @param after {@link ProviderPage#next()} of the page before; empty: the first page
     */
    Future<ProviderPage> list(Instant from, Instant until, String after);
}
