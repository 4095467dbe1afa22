package dev.onsale.payment.movement;

import dev.onsale.payment.movement.Begun.Again;
import dev.onsale.payment.movement.Begun.Fresh;
import dev.onsale.payment.movement.Movement.Result;
import dev.onsale.payment.movement.PaymentMachine.Start;
import dev.onsale.runtime.sql.Database;
import dev.onsale.runtime.sql.Sql;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * Begins a movement in one transaction: the request id is taken, the payment gets its next standing, the first attempt is
 * stored. Two that race for a payment or a request id are put in order by their rows.
 */
final class BeginStore {
    private static final Sql FIND_MOVEMENT = Sql.load(BeginStore.class, "find-movement.sql");
    private static final Sql READ_MOVEMENT = Sql.load(BeginStore.class, "read-movement.sql");
    private static final Sql REOPEN_REFUND = Sql.load(BeginStore.class, "reopen-refund.sql");
    private static final Sql LOCK_PAYMENT = Sql.load(BeginStore.class, "lock-payment.sql");
    private static final Sql INSERT_PAYMENT = Sql.load(BeginStore.class, "insert-payment.sql");
    private static final Sql INSERT_MOVEMENT = Sql.load(BeginStore.class, "insert-movement.sql");
    private static final int MAX_RACES = 5;

    private final Database database;
    private final Duration askAfter;
    private final String provider;

    BeginStore(Database database, Duration askAfter, String provider) {
        this.database = database;
        this.askAfter = askAfter;
        this.provider = provider;
    }

    /** Somebody else was a moment faster: begin again and see what they did. */
    private static final class Raced extends RuntimeException {
        private static final long serialVersionUID = 1;

        Raced() {
            super("raced", null, false, false);
        }
    }

    Future<Begun> begin(MoveRequest request) {
        return begin(request, 1);
    }

    private Future<Begun> begin(MoveRequest request, int race) {
        return database.txRetrying(tx -> begin(tx, request))
                .recover(failure -> failure instanceof Raced && race < MAX_RACES
                        ? begin(request, race + 1)
                        : Future.failedFuture(failure));
    }

    private Future<Begun> begin(SqlConnection tx, MoveRequest request) {
        return FIND_MOVEMENT
                .run(tx, Tuple.of(request.account(), request.requestId()))
                .compose(found -> found.size() == 0
                        ? first(tx, request)
                        : again(tx, request, found.iterator().next()));
    }

    private static Future<Begun> again(SqlConnection tx, MoveRequest request, Row row) {
        if (!request.bodyHash().equals(row.getString("body_hash"))) {
            return Future.succeededFuture(new Begun.Reused());
        }
        UUID id = Rows.movement(row).id();
        return lock(tx, request.payment())
                .compose(payment -> READ_MOVEMENT
                        .run(tx, Tuple.of(id))
                        .map(rows -> Rows.movement(rows.iterator().next()))
                        .compose(movement -> movement.refusedRefund()
                                ? reopen(tx, payment.orElseThrow(), movement)
                                : Future.succeededFuture(new Again(payment.orElseThrow(), movement))));
    }

    /** A refund that the provider refused had no effect: it is tried again, under another key, or gets the same answer. */
    private static Future<Begun> reopen(SqlConnection tx, Payment payment, Movement refused) {
        Start start = PaymentMachine.start(payment.standing(), Verb.REFUND);
        if (start instanceof Start.Busy) {
            return Future.succeededFuture(new Begun.Busy(payment));
        }
        boolean enough = refused.amount() <= payment.captured() - payment.refunded();
        if (!enough || !(start instanceof Start.Go go)) {
            return Future.succeededFuture(new Begun.Forbidden(payment));
        }
        return REOPEN_REFUND
                .run(tx, Tuple.of(refused.id()))
                .compose(reopened -> MovementStore.save(tx, payment.opened(go.next(), refused.id())))
                .map(saved -> new Again(saved, refused.withNextKey().ended(Result.OPEN)));
    }

    private Future<Begun> first(SqlConnection tx, MoveRequest request) {
        return lock(tx, request.payment())
                .compose(payment -> payment.isPresent() ? follow(tx, request, payment.get()) : create(tx, request));
    }

    private static Future<Optional<Payment>> lock(SqlConnection tx, UUID payment) {
        return LOCK_PAYMENT.run(tx, Tuple.of(payment)).map(rows -> Rows.first(rows, Rows::payment));
    }

    private Future<Begun> create(SqlConnection tx, MoveRequest request) {
        if (!(PaymentMachine.startUnheardOf(request.verb()) instanceof Start.Go go)) {
            return Future.succeededFuture(new Begun.Absent());
        }
        Payment unheardOf = Payment.created(request.payment(), go.next(), provider);
        Payment asked = request.verb() == Verb.AUTHORIZE ? unheardOf.asked(request.terms()) : unheardOf;
        Movement movement = movement(request, asked);
        Payment payment = asked.opened(go.next(), movement.id());
        return insert(tx, payment).compose(made -> open(tx, request, movement, made));
    }

    private Future<Payment> insert(SqlConnection tx, Payment payment) {
        Tuple values = Tuple.of(
                payment.id(),
                payment.booking(),
                payment.amount(),
                payment.currency(),
                payment.token(),
                payment.standing().word(),
                payment.openMovement(),
                payment.provider());
        return INSERT_PAYMENT
                .run(tx, values.addDouble((double) askAfter.toMillis()))
                .compose(rows -> rows.size() == 0
                        ? Future.failedFuture(new Raced())
                        : Future.succeededFuture(payment.createdAt(rows.iterator()
                                .next()
                                .getOffsetDateTime("created_at")
                                .toInstant())));
    }

    private Future<Begun> follow(SqlConnection tx, MoveRequest request, Payment payment) {
        return switch (PaymentMachine.start(payment.standing(), request.verb())) {
            case Start.Busy busy -> Future.succeededFuture(new Begun.Busy(payment));
            case Start.Refused refused -> Future.succeededFuture(new Begun.Forbidden(payment));
            case Start.Done done -> done(tx, request, payment, done.next());
            case Start.Go go -> go(tx, request, payment, go.next());
        };
    }

    private static Future<Begun> done(SqlConnection tx, MoveRequest request, Payment payment, Standing next) {
        Movement movement = movement(request, payment).ended(Result.SUCCEEDED);
        Payment after = payment.standing() == next ? payment : payment.settled(next);
        return insert(tx, request, movement)
                .compose(stored -> after.version() == payment.version()
                        ? Future.succeededFuture(after)
                        : MovementStore.save(tx, after))
                .map(Begun.Done::new);
    }

    private Future<Begun> go(SqlConnection tx, MoveRequest request, Payment payment, Standing next) {
        Movement movement = movement(request, payment);
        if (request.verb() == Verb.REFUND && movement.amount() > payment.captured() - payment.refunded()) {
            return Future.succeededFuture(new Begun.Forbidden(payment));
        }
        return MovementStore.save(tx, payment.opened(next, movement.id()))
                .compose(saved -> open(tx, request, movement, saved));
    }

    private Future<Begun> open(SqlConnection tx, MoveRequest request, Movement movement, Payment payment) {
        return insert(tx, request, movement)
                .compose(stored ->
                        MovementStore.startAttempt(tx, payment.id(), movement.verb(), movement.key(), askAfter))
                .map(attempt -> new Fresh(payment, movement, attempt));
    }

    private static Future<Void> insert(SqlConnection tx, MoveRequest request, Movement movement) {
        Tuple values = Tuple.of(
                movement.id(),
                movement.payment(),
                request.account(),
                request.requestId(),
                request.bodyHash(),
                movement.verb().word());
        return INSERT_MOVEMENT
                .run(
                        tx,
                        values.addLong(movement.amount())
                                .addString(movement.result().word()))
                .compose(rows -> rows.size() == 0 ? Future.failedFuture(new Raced()) : Future.succeededFuture());
    }

    private static Movement movement(MoveRequest request, Payment payment) {
        return new Movement(
                UUID.randomUUID(), request.payment(), request.verb(), request.amount(payment), 1, Result.OPEN);
    }
}
