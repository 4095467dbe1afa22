package dev.onsale.payment.movement;

import dev.onsale.payment.provider.ProviderPayment;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Consumer;
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

    /** Why a payment counts as let go whose provider had moved another amount. */
    static final String OTHER_AMOUNT = "other_amount";

    /** Why an authorization counts as declined that nobody answered for: it was closed at the provider. */
    static final String NO_ANSWER = "no_answer";

    /** A payment that nobody has heard of yet, about to get its first movement. */
    static Payment created(UUID id, Standing standing, String provider) {
        return new Payment(id, null, 0, "", "", standing, null, 0, 0, provider, "", "", Instant.EPOCH, 0);
    }

    Payment asked(MoveRequest.Terms terms) {
        return with(it -> {
            it.booking = terms.booking();
            it.amount = terms.amountMinor();
            it.currency = terms.currency();
            it.token = terms.token();
        });
    }

    Payment createdAt(Instant at) {
        return with(it -> it.createdAt = at);
    }

    /** The same with a movement opened. */
    Payment opened(Standing next, UUID movement) {
        return with(it -> {
            it.standing = next;
            it.openMovement = movement;
            it.version++;
        });
    }

    /** The same with no movement open. */
    Payment settled(Standing next) {
        return with(it -> {
            it.standing = next;
            it.openMovement = null;
            it.version++;
        });
    }

    Payment declinedFor(String code) {
        return with(it -> it.declineCode = code);
    }

    Payment referredTo(String providerReference) {
        return with(it -> it.reference = providerReference.isEmpty() ? it.reference : providerReference);
    }

    Payment moved(long nowCaptured, long nowRefunded) {
        return with(it -> {
            it.captured = nowCaptured;
            it.refunded = nowRefunded;
        });
    }

    /** As its provider has to know it. */
    ProviderPayment atProvider() {
        return new ProviderPayment(id, booking, amount, currency, token, reference);
    }

    private Payment with(Consumer<Edit> changes) {
        Edit edit = new Edit(this);
        changes.accept(edit);
        return edit.done(this);
    }

    /** What of a payment can change. */
    private static final class Edit {
        private @Nullable UUID booking;
        private long amount;
        private String currency;
        private String token;
        private Standing standing;
        private @Nullable UUID openMovement;
        private long captured;
        private long refunded;
        private String reference;
        private String declineCode;
        private Instant createdAt;
        private long version;

        private Edit(Payment from) {
            booking = from.booking;
            amount = from.amount;
            currency = from.currency;
            token = from.token;
            standing = from.standing;
            openMovement = from.openMovement;
            captured = from.captured;
            refunded = from.refunded;
            reference = from.reference;
            declineCode = from.declineCode;
            createdAt = from.createdAt;
            version = from.version;
        }

        private Payment done(Payment from) {
            return new Payment(
                    from.id,
                    booking,
                    amount,
                    currency,
                    token,
                    standing,
                    openMovement,
                    captured,
                    refunded,
                    from.provider,
                    reference,
                    declineCode,
                    createdAt,
                    version);
        }
    }
}
