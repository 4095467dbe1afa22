package dev.onsale.payment.movement;

import dev.onsale.payment.provider.PaymentProvider;
import dev.onsale.payment.provider.ProviderGate;
import dev.onsale.payment.provider.ProviderOutcome;
import dev.onsale.payment.provider.ProviderOutcome.Approved;
import dev.onsale.payment.provider.ProviderOutcome.Declined;
import dev.onsale.payment.provider.ProviderOutcome.Failed;
import dev.onsale.payment.provider.ProviderOutcome.Unknown;
import dev.onsale.payment.provider.ProviderView;
import io.vertx.core.Future;
import java.util.Optional;

/** Turns stored movements into calls to the provider, and counts them. */
final class ProviderCalls {
    /** A payment made with a provider that this process does not speak to. */
    private static final ProviderOutcome OTHER_PROVIDER = new Failed("other_provider");

    private final ProviderGate gate;
    private final PaymentMeters meters;

    ProviderCalls(ProviderGate gate, PaymentMeters meters) {
        this.gate = gate;
        this.meters = meters;
    }

    /** Makes the call of a movement, under its key. */
    Future<ProviderOutcome> move(Payment payment, Movement movement) {
        if (!payment.provider().equals(gate.name())) {
            return Future.succeededFuture(OTHER_PROVIDER);
        }
        return gate.call(provider -> call(provider, payment, movement))
                .onSuccess(outcome -> meters.called(movement.verb(), outcome))
                .compose(outcome -> outcome instanceof Declined && oncePerPayment(movement.verb())
                        ? refusedFor(payment, movement, outcome)
                        : Future.succeededFuture(outcome));
    }

    /**
     * The same for a call that may have been made before: a yes to a repeated capture does not say how much the first one took,
     * so it is only believed when the payment shows the amount.
     */
    Future<ProviderOutcome> moveAgain(Payment payment, Movement movement) {
        return move(payment, movement)
                .compose(outcome -> outcome instanceof Approved && movement.verb() == Verb.CAPTURE
                        ? ask(payment, movement).map(Asked::outcome)
                        : Future.succeededFuture(outcome));
    }

    private static boolean oncePerPayment(Verb verb) {
        return verb == Verb.CAPTURE || verb == Verb.VOID;
    }

    /** A second call, under another key, is refused because the first had its effect: only the payment itself tells. */
    private Future<ProviderOutcome> refusedFor(Payment payment, Movement movement, ProviderOutcome refused) {
        return ask(payment, movement).map(asked -> asked.outcome() instanceof Approved ? asked.outcome() : refused);
    }

    private static Future<ProviderOutcome> call(PaymentProvider provider, Payment payment, Movement movement) {
        return switch (movement.verb()) {
            case AUTHORIZE -> provider.authorize(payment.atProvider(), movement.key());
            case CAPTURE -> provider.capture(payment.atProvider(), movement.key());
            case VOID -> provider.voidAuthorization(payment.atProvider(), movement.key());
            case REFUND -> provider.refund(payment.atProvider(), movement.amount(), movement.key());
            case QUERY -> Future.failedFuture(new IllegalArgumentException("a query moves nothing"));
        };
    }

    /**
     * What the provider said when asked about an open movement.
     *
     * @param outcome what that says about the movement
     * @param view the whole of it; empty: it can't be asked now
     */
    record Asked(ProviderOutcome outcome, Optional<ProviderView> view) {}

    /** Asks what the provider knows about an open movement. */
    Future<Asked> ask(Payment payment, Movement movement) {
        if (!payment.provider().equals(gate.name())) {
            return Future.succeededFuture(new Asked(new Unknown("other_provider"), Optional.empty()));
        }
        return gate.query(payment.atProvider())
                .map(view -> new Asked(
                        view.map(seen -> PaymentMachine.read(seen, payment, movement))
                                .orElse(new Unknown("cannot_ask")),
                        view))
                .onSuccess(asked -> meters.called(Verb.QUERY, asked.outcome()));
    }

    /** Closes a payment whose authorization nobody has heard of, so that it can't arrive any more. */
    Future<ProviderOutcome> close(Payment payment, Movement authorization) {
        return gate.call(provider -> provider.voidAuthorization(payment.atProvider(), authorization.key() + "-close"))
                .onSuccess(outcome -> meters.called(Verb.VOID, outcome));
    }
}
