package dev.onsale.payment.movement;

import java.util.UUID;

/**
 * One request to move money, under its request id.
 *
 * @param amount in minor units: what is reserved, captured, let go or given back
 * @param keyNumber which idempotency key the provider is given: 1, and the next only after the provider was asked and
 *     knows of no effect of the one before
 * @param result how it ended, if it did
 */
record Movement(UUID id, UUID payment, Verb verb, long amount, int keyNumber, Result result) {

    /** How a movement ended. */
    enum Result {
        OPEN,
        SUCCEEDED,
        DECLINED;

        /** As stored. */
        String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** The idempotency key for the provider: made before the call, the same on every retry. */
    String key() {
        return id + "-" + keyNumber;
    }

    /** Whether it is a refund that the provider refused: it has had no effect, and may be tried again. */
    boolean refusedRefund() {
        return verb == Verb.REFUND && result == Result.DECLINED;
    }

    Movement ended(Result how) {
        return new Movement(id, payment, verb, amount, keyNumber, how);
    }

    Movement withNextKey() {
        return new Movement(id, payment, verb, amount, keyNumber + 1, result);
    }
}
