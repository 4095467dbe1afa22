/**
 * Payments and the four money verbs. A call goes {@code PaymentRpc -> Movements} (one run a request id) {@code ->
 * MovementStore.begin} (one transaction: the request id, the payment's next state, the attempt) {@code -> ProviderGate} (no
 * database connection is held) {@code -> MovementStore.finish}. What a payment may become is decided in
 * {@link dev.onsale.payment.movement.PaymentMachine} and nowhere else. What stays unknown is asked about by
 * {@link dev.onsale.payment.movement.Reconciler} until it is known.
 */
@NullMarked
package dev.onsale.payment.movement;

import org.jspecify.annotations.NullMarked;
