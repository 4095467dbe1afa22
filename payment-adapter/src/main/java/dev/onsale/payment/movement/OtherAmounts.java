package dev.onsale.payment.movement;

import dev.onsale.payment.provider.ProviderGate;
import dev.onsale.payment.provider.ProviderOutcome;
import dev.onsale.payment.provider.ProviderOutcome.Approved;
import dev.onsale.payment.provider.ProviderView;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done when a provider has moved another amount, or currency, than it was asked for: nothing may be sold for it, so it
 * goes back whole, and once it is gone the payment counts as let go. A payment whose money we had counted as taken stays as it
 * is: something was sold for it, and somebody must look. Blocks; for a virtual thread.
 */
final class OtherAmounts {
    private static final Logger LOG = LoggerFactory.getLogger(OtherAmounts.class);

    private final MovementStore store;
    private final ProviderGate gate;

    OtherAmounts(MovementStore store, ProviderGate gate) {
        this.store = store;
        this.gate = gate;
    }

    /** Takes the next step with such a payment; answers whether there is none left. */
    boolean resolve(Payment payment, ProviderView view) {
        if (payment.captured() > 0) {
            return true;
        }
        long taken = view.capturedMinor() - view.refundedMinor();
        boolean gone = switch (view.standing()) {
            case AUTHORIZED -> giveBack(payment, view, Verb.VOID, 0);
            case CAPTURED -> taken == 0 || giveBack(payment, view, Verb.REFUND, taken);
            case ABSENT, DECLINED, VOIDED -> true;
        };
        if (gone) {
            store.close(payment.id()).await();
        }
        return gone;
    }

    /** Under a key that names what is seen: the same again has no second effect. */
    private boolean giveBack(Payment payment, ProviderView view, Verb verb, long amount) {
        String key = payment.id() + "-other-" + view.capturedMinor() + "-" + view.refundedMinor();
        int attempt = store.startAttempt(payment.id(), verb, key).await();
        ProviderOutcome outcome = gate.call(provider -> verb == Verb.VOID
                        ? provider.voidAuthorization(payment.atProvider(), key)
                        : provider.refund(payment.atProvider(), amount, key))
                .await();
        store.noteAttempt(payment.id(), attempt, outcome).await();
        LOG.atWarn()
                .addKeyValue("paymentId", payment.id())
                .addKeyValue("asked", payment.amount())
                .addKeyValue("seen", view.amountMinor())
                .addKeyValue("captured", view.capturedMinor())
                .addKeyValue("done", outcome instanceof Approved)
                .log("The provider moved another amount than it was asked for: it goes back");
        return outcome instanceof Approved;
    }
}
