package dev.onsale.payment.simulator;

import dev.onsale.payment.provider.ProviderPayment;
import java.util.UUID;

/**
 * One call that reached the bank.
 *
 * @param amount in minor units; only with an authorization or a refund
 * @param currency only with an authorization
 * @param token only with an authorization
 * @param booking only with an authorization
 */
record BankOrder(BankVerb verb, UUID payment, String key, long amount, String currency, String token, String booking) {

    static BankOrder authorize(ProviderPayment it, String key) {
        return new BankOrder(
                BankVerb.AUTHORIZE,
                it.id(),
                key,
                it.amountMinor(),
                it.currency(),
                it.token(),
                String.valueOf(it.booking()));
    }

    static BankOrder of(BankVerb verb, UUID payment, long amount, String key) {
        return new BankOrder(verb, payment, key, amount, "", "", "");
    }
}
