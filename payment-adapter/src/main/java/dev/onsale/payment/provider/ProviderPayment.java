package dev.onsale.payment.provider;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A payment, as far as a provider has to know it.
 *
 * @param id ours
 * @param booking the booking it pays for, a reference for people; null: it was closed before anybody authorized it
 * @param amountMinor what is to be reserved, in minor units of the currency
 * @param currency ISO 4217 code; empty: as above
 * @param token the provider's one-time token for the buyer's means of payment; empty: as above
 * @param reference the provider's own id of it; empty: it has not told any so far
 */
public record ProviderPayment(
        UUID id, @Nullable UUID booking, long amountMinor, String currency, String token, String reference) {}
