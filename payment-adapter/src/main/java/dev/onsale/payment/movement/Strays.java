package dev.onsale.payment.movement;

import dev.onsale.payment.movement.MoveRequest.Terms;
import dev.onsale.payment.provider.ProviderPage.Found;
import dev.onsale.payment.provider.ProviderView;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is done about payments that don't stand with the provider as they stand with us. Blocks; for a virtual thread. */
final class Strays {
    private static final Logger LOG = LoggerFactory.getLogger(Strays.class);
    private static final String ACCOUNT = "payment-sweep";

    private final SweepStore store;
    private final Movements movements;
    private final OtherAmounts otherAmounts;
    private final String provider;
    private final Map<Kind, Counter> counters = new EnumMap<>(Kind.class);

    /** Why a payment is a stray. */
    enum Kind {
        /** The provider has it, we don't: its money is given back. */
        PROVIDER_ONLY,
        /** We think it has money there, the provider has never heard of it: somebody must look. */
        OURS_ONLY,
        /** The amounts or currencies differ: it goes back, unless something was sold for it; then somebody must look. */
        OTHER_AMOUNT,
        /** The provider knew more than we did: now we know. */
        BEHIND,
        /** It was closed, and has money reserved all the same: that is let go. */
        RESERVED_AFTER_CLOSE
    }

    Strays(SweepStore store, Movements movements, OtherAmounts otherAmounts, String provider, MeterRegistry registry) {
        this.store = store;
        this.movements = movements;
        this.otherAmounts = otherAmounts;
        this.provider = provider;
        for (Kind kind : Kind.values()) {
            counters.put(
                    kind,
                    Counter.builder("onsale.payment.strays")
                            .tag("kind", kind.name().toLowerCase(Locale.ROOT))
                            .description("Payments that stand otherwise with the provider than with us")
                            .register(registry));
        }
    }

    void atProviderOnly(Found found) {
        ProviderView view = found.view();
        boolean reserved = view.standing() == ProviderView.Standing.AUTHORIZED;
        boolean taken =
                view.standing() == ProviderView.Standing.CAPTURED && view.refundedMinor() < view.capturedMinor();
        if (!reserved && !taken) {
            return; // Without money nobody misses it.
        }
        note(Kind.PROVIDER_ONLY, found.payment());
        store.adopt(adopted(found)).await().ifPresent(stray -> giveBack(stray, reserved ? Verb.VOID : Verb.REFUND));
    }

    private Payment adopted(Found found) {
        ProviderView view = found.view();
        boolean reserved = view.standing() == ProviderView.Standing.AUTHORIZED;
        UUID booking = found.booking() == null ? new UUID(0, 0) : found.booking();
        return Payment.created(found.payment(), Standing.AUTHORIZED, provider)
                .asked(new Terms(booking, view.amountMinor(), view.currency(), ""))
                .createdAt(Instant.now())
                .referredTo(view.reference())
                .moved(view.capturedMinor(), view.refundedMinor())
                .settled(
                        reserved
                                ? Standing.AUTHORIZED
                                : view.refundedMinor() > 0 ? Standing.PARTIALLY_REFUNDED : Standing.CAPTURED);
    }

    void onBothSides(Payment payment, ProviderView view) {
        if (!Observation.fits(payment, view)) {
            note(Kind.OTHER_AMOUNT, payment.id());
            otherAmounts.resolve(payment, view);
            return;
        }
        if (store.see(payment.id(), view).await() == Sightings.Effect.CHANGED) {
            note(Kind.BEHIND, payment.id());
        } else if (view.standing() == ProviderView.Standing.AUTHORIZED && closed(payment)) {
            note(Kind.RESERVED_AFTER_CLOSE, payment.id());
            Payment open = payment.referredTo(view.reference()).settled(Standing.AUTHORIZED);
            giveBack(store.reopen(open).await(), Verb.VOID);
        }
    }

    private static boolean closed(Payment payment) {
        return payment.standing() == Standing.VOIDED || payment.declineCode().equals(Payment.NO_ANSWER);
    }

    void withUsOnly(Payment payment) {
        note(Kind.OURS_ONLY, payment.id());
    }

    /** Under a request id of its own: however often it is found, its money goes back once. */
    private void giveBack(Payment stray, Verb verb) {
        String request = "stray-" + stray.id() + "-" + stray.version();
        MoveAnswer answer = movements
                .move(new MoveRequest(ACCOUNT, request, verb.word(), verb, stray.id(), Terms.NONE, 0))
                .await();
        LOG.atWarn()
                .addKeyValue("paymentId", stray.id())
                .addKeyValue("verb", verb.word())
                .addKeyValue("answer", answer.getClass().getSimpleName())
                .log("The money of a stray payment goes back");
    }

    private void note(Kind kind, UUID payment) {
        Counter counter = counters.get(kind);
        if (counter != null) {
            counter.increment();
        }
        LOG.atWarn()
                .addKeyValue("paymentId", payment)
                .addKeyValue("provider", provider)
                .addKeyValue("kind", kind.name().toLowerCase(Locale.ROOT))
                .log("A payment stands otherwise with the provider than with us");
    }
}
