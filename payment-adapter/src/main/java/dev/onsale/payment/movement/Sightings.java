package dev.onsale.payment.movement;

import dev.onsale.payment.provider.ProviderView;
import dev.onsale.runtime.sql.Sql;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.Optional;
import java.util.UUID;

/** Stores what was seen of payments at a provider, in the caller's transaction. */
public final class Sightings {
    private static final Sql LOCK_PAYMENT = Sql.load(Sightings.class, "lock-payment.sql");
    private static final Sql READ_MOVEMENT = Sql.load(Sightings.class, "read-movement.sql");
    private static final Sql END_MOVEMENT = Sql.load(Sightings.class, "end-movement.sql");

    private Sightings() {}

    /** What a sighting came to. */
    public enum Effect {
        /** The payment is another than before. */
        CHANGED,
        /** Nothing new. */
        UNCHANGED,
        /** We have no such payment with this provider. */
        UNKNOWN_PAYMENT,
        /** It is about another amount or currency than we asked for: nothing was changed. */
        MISMATCH
    }

    /** Applies what was seen of a payment. */
    public static Future<Effect> see(SqlConnection tx, String provider, UUID id, ProviderView view) {
        return LOCK_PAYMENT.run(tx, Tuple.of(id)).compose(rows -> {
            Optional<Payment> payment =
                    Rows.first(rows, Rows::payment).filter(it -> it.provider().equals(provider));
            return payment.isEmpty()
                    ? Future.succeededFuture(Effect.UNKNOWN_PAYMENT)
                    : see(tx, payment.get(), view).map(after -> effect(payment.get(), view, after));
        });
    }

    private static Effect effect(Payment before, ProviderView view, Payment after) {
        if (!Observation.fits(before, view)) {
            return Effect.MISMATCH;
        }
        return after.version() == before.version() ? Effect.UNCHANGED : Effect.CHANGED;
    }

    /** The same for a payment that this transaction has locked. */
    static Future<Payment> see(SqlConnection tx, Payment payment, ProviderView view) {
        if (!Observation.fits(payment, view)) {
            return Future.succeededFuture(payment);
        }
        UUID open = payment.openMovement();
        return open == null
                ? keep(tx, payment, Observation.of(payment, null, view))
                : READ_MOVEMENT.run(tx, Tuple.of(open)).compose(rows -> {
                    Movement movement = Rows.movement(rows.iterator().next());
                    Observation seen = Observation.of(payment, movement, view);
                    return end(tx, movement, seen).compose(ended -> keep(tx, payment, seen));
                });
    }

    private static Future<Void> end(SqlConnection tx, Movement movement, Observation seen) {
        return seen.ended() == null
                ? Future.succeededFuture()
                : END_MOVEMENT
                        .run(tx, Tuple.of(movement.id(), seen.ended().word()))
                        .mapEmpty();
    }

    private static Future<Payment> keep(SqlConnection tx, Payment before, Observation seen) {
        return seen.payment().version() == before.version()
                ? Future.succeededFuture(before)
                : MovementStore.save(tx, seen.payment());
    }
}
