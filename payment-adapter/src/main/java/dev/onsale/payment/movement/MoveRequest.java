package dev.onsale.payment.movement;

import java.util.UUID;

/**
 * What a caller asked for.
 *
 * @param account who asks
 * @param requestId the caller's id of the movement
 * @param bodyHash SHA-256 of the request, in hex: tells another body under the same id
 * @param verb what to do
 * @param payment to which payment
 * @param terms what to reserve; with AUTHORIZE only, else {@link Terms#NONE}
 * @param refundMinor how much to give back, in minor units; 0: all that is left. With REFUND only
 */
record MoveRequest(
        String account, String requestId, String bodyHash, Verb verb, UUID payment, Terms terms, long refundMinor) {

    /** What is to be reserved. */
    record Terms(UUID booking, long amountMinor, String currency, String token) {
        static final Terms NONE = new Terms(new UUID(0, 0), 0, "", "");
    }

    /** The amount the movement is about, given the payment as it is. */
    long amount(Payment now) {
        return switch (verb) {
            case AUTHORIZE -> terms.amountMinor();
            case REFUND -> refundMinor > 0 ? refundMinor : now.captured() - now.refunded();
            case CAPTURE, VOID, QUERY -> now.amount();
        };
    }
}
