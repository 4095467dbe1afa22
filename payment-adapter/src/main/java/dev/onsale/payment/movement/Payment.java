package dev.onsale.payment.movement;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The money side of one booking, as stored. Amounts in minor units of the currency.
 *
 * @param booking null: the payment was voided before anybody authorized it
 * @param currency empty: likewise
 * @param token the provider's one-time token; empty: likewise
 * @param openMovement the movement whose outcome is not known; null: there is none
 * @param reference the provider's own id; empty: it gave none
 * @param declineCode empty: not declined
 */
record Payment(
        UUID id,
        @Nullable UUID booking,
        long amount,
        String currency,
        String token,
        Standing standing,
        @Nullable UUID openMovement,
        long captured,
        long refunded,
        String provider,
        String reference,
        String declineCode,
        Instant createdAt,
        long version) {

    /** A payment that nobody has heard of yet, about to get its first movement. */
    static Payment created(UUID id, Standing standing, String provider) {
        return new Payment(id, null, 0, "", "", standing, null, 0, 0, provider, "", "", Instant.EPOCH, 0);
    }

    Payment asked(MoveRequest.Terms terms) {
        return new Payment(
                id,
                terms.booking(),
                terms.amountMinor(),
                terms.currency(),
                terms.token(),
                standing,
                openMovement,
                captured,
                refunded,
                provider,
                reference,
                declineCode,
                createdAt,
                version);
    }

    Payment createdAt(Instant at) {
        return new Payment(
                id,
                booking,
                amount,
                currency,
                token,
                standing,
                openMovement,
                captured,
                refunded,
                provider,
                reference,
                declineCode,
                at,
                version);
    }

    /** The same with a movement opened. */
    Payment opened(Standing next, UUID movement) {
        return new Payment(
                id,
                booking,
                amount,
                currency,
                token,
                next,
                movement,
                captured,
                refunded,
                provider,
                reference,
                declineCode,
                createdAt,
                version + 1);
    }

    /** The same with no movement open. */
    Payment settled(Standing next) {
        return new Payment(
                id,
                booking,
                amount,
                currency,
                token,
                next,
                null,
                captured,
                refunded,
                provider,
                reference,
                declineCode,
                createdAt,
                version + 1);
    }

    Payment declinedFor(String code) {
        return new Payment(
                id,
                booking,
                amount,
                currency,
                token,
                standing,
                openMovement,
                captured,
                refunded,
                provider,
                reference,
                code,
                createdAt,
                version);
    }

    Payment referredTo(String providerReference) {
        return new Payment(
                id,
                booking,
                amount,
                currency,
                token,
                standing,
                openMovement,
                captured,
                refunded,
                provider,
                providerReference,
                declineCode,
                createdAt,
                version);
    }

    Payment moved(long nowCaptured, long nowRefunded) {
        return new Payment(
                id,
                booking,
                amount,
                currency,
                token,
                standing,
                openMovement,
                nowCaptured,
                nowRefunded,
                provider,
                reference,
                declineCode,
                createdAt,
                version);
    }
}
