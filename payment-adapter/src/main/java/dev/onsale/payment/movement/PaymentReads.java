package dev.onsale.payment.movement;

import dev.onsale.runtime.error.Refusal;
import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;

/** Reads payments; asks the provider about one whose outcome is not known. */
final class PaymentReads {
    private final MovementStore store;
    private final ProviderCalls provider;

    PaymentReads(MovementStore store, ProviderCalls provider) {
        this.store = store;
        this.provider = provider;
    }

    /** The payment as stored. */
    Future<Payment> stored(UUID id) {
        return store.payment(id).map(payment -> payment.orElseThrow(() -> Refusal.notFound("payment")));
    }

    /** The payment, resolved if the provider can say what became of it. */
    Future<Payment> resolved(UUID id) {
        return stored(id).compose(this::resolve);
    }

    private Future<Payment> resolve(Payment payment) {
        UUID open = payment.openMovement();
        if (open == null) {
            return Future.succeededFuture(payment);
        }
        return store.movement(open).compose(movement -> ask(payment, movement.orElseThrow()));
    }

    private Future<Payment> ask(Payment payment, Movement movement) {
        return provider.ask(payment, movement)
                .compose(asked ->
                        asked.outcome().known() ? store.endQuery(movement, asked) : Future.succeededFuture(payment));
    }

    /** Forgets what payments were paid with. */
    Future<MovementStore.Forgotten> forgetPayer(List<UUID> payments) {
        return store.forgetPayer(payments);
    }

    /** Every attempt at a payment. */
    Future<List<StoredAttempt>> attempts(UUID id) {
        return stored(id).compose(payment -> store.attempts(id));
    }
}
