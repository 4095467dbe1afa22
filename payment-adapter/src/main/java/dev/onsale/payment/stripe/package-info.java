/**
 * Stripe, through its official client. A payment is a PaymentIntent with manual capture, made under a key of the payment's id
 * and confirmed under the movement's key: a payment has one intent however often an answer is lost, and an intent that was
 * cancelled can't be confirmed any more. A call goes {@code StripeProvider} (bounded threads: the client blocks) {@code ->
 * StripeApi -> StripeOutcomes} or {@code StripeViews}.
 */
@NullMarked
package dev.onsale.payment.stripe;

import org.jspecify.annotations.NullMarked;
