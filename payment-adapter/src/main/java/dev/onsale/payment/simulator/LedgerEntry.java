package dev.onsale.payment.simulator;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.UUID;

/**
 * One line of the ledger: a call that the bank decided, for ever.
 *
 * @param seq 1 and up, without gaps
 * @param at when, by the bank's clock
 * @param verb which movement
 * @param payment whose
 * @param key the idempotency key it was asked under
 * @param outcome what became of it
 * @param code why not; empty if approved
 * @param amount how much, in minor units
 * @param currency ISO 4217 code; empty if the bank doesn't know the payment
 * @param token the payment token; only with an authorization
 * @param booking the booking it pays for; only with an authorization
 */
record LedgerEntry(
        long seq,
        Instant at,
        BankVerb verb,
        UUID payment,
        String key,
        Outcome outcome,
        String code,
        long amount,
        String currency,
        String token,
        String booking) {

    /** What became of a call. Only an approved one has an effect on money. */
    enum Outcome {
        APPROVED,
        DECLINED,
        /** The payment's standing does not allow it. */
        REFUSED,
        /** Answered with an error that is kept under the key. */
        ERROR
    }

    /** The same of another amount. */
    LedgerEntry of(long otherAmount) {
        return new LedgerEntry(seq, at, verb, payment, key, outcome, code, otherAmount, currency, token, booking);
    }

    String toLine() {
        return new JsonObject()
                .put("seq", seq)
                .put("at", at.toString())
                .put("verb", verb.name().toLowerCase(java.util.Locale.ROOT))
                .put("payment", payment.toString())
                .put("key", key)
                .put("outcome", outcome.name().toLowerCase(java.util.Locale.ROOT))
                .put("code", code)
                .put("amount", amount)
                .put("currency", currency)
                .put("token", token)
                .put("booking", booking)
                .encode();
    }

    static LedgerEntry parse(String line) {
        JsonObject json = new JsonObject(line);
        return new LedgerEntry(
                json.getLong("seq"),
                Instant.parse(json.getString("at")),
                BankVerb.valueOf(json.getString("verb").toUpperCase(java.util.Locale.ROOT)),
                UUID.fromString(json.getString("payment")),
                json.getString("key"),
                Outcome.valueOf(json.getString("outcome").toUpperCase(java.util.Locale.ROOT)),
                json.getString("code"),
                json.getLong("amount"),
                json.getString("currency"),
                json.getString("token"),
                json.getString("booking"));
    }
}
