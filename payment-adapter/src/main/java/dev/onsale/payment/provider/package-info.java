/**
 * The port to payment providers: what a provider can be asked, what it can answer, and the guards around every call (a
 * bound on the wait, a circuit breaker). A movement goes {@code ProviderGate -> PaymentProvider}; the provider's answer
 * comes back as a {@link dev.onsale.payment.provider.ProviderOutcome}, never as an exception.
 */
@NullMarked
package dev.onsale.payment.provider;

import org.jspecify.annotations.NullMarked;
