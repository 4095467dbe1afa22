package dev.onsale.payment.provider;

import java.util.UUID;

/**
 * What is to be reserved.
 *
 * @param paymentId our id of the payment
 * @param bookingId the booking it pays for; goes to the provider as a reference for people
 * @param amountMinor how much, in minor units of the currency
 * @param currency ISO 4217 code
 * @param token the provider's one-time token for the buyer's means of payment
 */
public record Authorization(UUID paymentId, UUID bookingId, long amountMinor, String currency, String token) {}
