package dev.onsale.command.booking;

import dev.onsale.command.inventory.ClaimOutcome;
import dev.onsale.command.inventory.DurableHolds;
import dev.onsale.command.inventory.SeatLedger;
import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.runtime.error.Refusal;
import io.vertx.core.Future;

/** What a checkout does to its hold. Every operation is repeatable; an expected "no" is a {@link Refusal}. */
final class HeldPlaces {
    private final SeatLedger ledger;
    private final DurableHolds durable;

    HeldPlaces(SeatLedger ledger, DurableHolds durable) {
        this.ledger = ledger;
        this.durable = durable;
    }

    /** The hold no longer runs out under the payment. Refuses with HOLD_EXPIRED, HOLD_NOT_ACTIVE or FENCE_STALE. */
    Future<Void> claim(Checkout checkout) {
        return ledger.claim(checkout.hold(), checkout.account(), checkout.fence(), null)
                .compose(outcome -> switch (outcome) {
                    case ClaimOutcome.Claimed claimed -> Future.succeededFuture();
                    case ClaimOutcome.Booked booked -> Future.succeededFuture();
                    case ClaimOutcome.Stale stale ->
                        refuse(ErrorReason.ERROR_REASON_FENCE_STALE, "The hold was changed since");
                    case ClaimOutcome.Expired expired ->
                        refuse(ErrorReason.ERROR_REASON_HOLD_EXPIRED, "The hold ran out");
                    case ClaimOutcome.NotFound lost ->
                        refuse(ErrorReason.ERROR_REASON_HOLD_EXPIRED, "The hold is gone");
                    case ClaimOutcome.NotActive released ->
                        refuse(ErrorReason.ERROR_REASON_HOLD_NOT_ACTIVE, "The hold was given back");
                });
    }

    /** PostgreSQL has reserved its places. */
    Future<Void> reserve(Checkout checkout) {
        return ledger.reserve(checkout.places()).mapEmpty();
    }

    /** PostgreSQL has sold its places. */
    Future<Void> sell(Checkout checkout) {
        return ledger.sell(checkout.places()).mapEmpty();
    }

    /** It has nothing any more. */
    Future<Void> free(Checkout checkout) {
        return durable.letGo(checkout.hold())
                .compose(gone -> ledger.free(checkout.hold(), checkout.account(), null))
                .mapEmpty();
    }

    /** It has only these places any more. */
    Future<Void> keep(KeptPlaces kept) {
        return ledger.free(kept.holdId(), kept.account(), kept.places(), null).mapEmpty();
    }

    private static Future<Void> refuse(ErrorReason reason, String message) {
        return Refusal.of(reason, message).future();
    }
}
