package dev.onsale.payment.movement;

import dev.onsale.payment.movement.Movement.Result;
import dev.onsale.payment.provider.ProviderOutcome;
import dev.onsale.payment.provider.ProviderOutcome.Approved;
import dev.onsale.payment.provider.ProviderOutcome.Declined;
import dev.onsale.payment.provider.ProviderOutcome.Failed;
import dev.onsale.payment.provider.ProviderOutcome.Unknown;
import dev.onsale.runtime.sql.Database;
import dev.onsale.runtime.sql.Sql;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What happens to a movement after it began, stored: its attempts, their outcomes, what becomes of the payment. */
final class MovementStore {
    private static final Sql READ_PAYMENT = Sql.load(MovementStore.class, "read-payment.sql");
    private static final Sql LOCK_PAYMENT = Sql.load(MovementStore.class, "lock-payment.sql");
    private static final Sql SAVE_PAYMENT = Sql.load(MovementStore.class, "save-payment.sql");
    private static final Sql READ_MOVEMENT = Sql.load(MovementStore.class, "read-movement.sql");
    private static final Sql END_MOVEMENT = Sql.load(MovementStore.class, "end-movement.sql");
    private static final Sql NEXT_KEY = Sql.load(MovementStore.class, "next-key.sql");
    private static final Sql START_ATTEMPT = Sql.load(MovementStore.class, "start-attempt.sql");
    private static final Sql END_ATTEMPT = Sql.load(MovementStore.class, "end-attempt.sql");
    private static final Sql NOTE_QUERY = Sql.load(MovementStore.class, "note-query.sql");
    private static final Sql LIST_ATTEMPTS = Sql.load(MovementStore.class, "list-attempts.sql");
    private static final Sql COUNT_OPEN = Sql.load(MovementStore.class, "count-open.sql");
    private static final Sql FORGET_PAYER = Sql.load(MovementStore.class, "forget-payer.sql");
    private static final Sql CLAIM_OPEN = Sql.load(MovementStore.class, "claim-open.sql");

    private final Database database;
    private final Duration askAfter;

    /** A store; an open movement is asked about when nothing was heard of it for so long. */
    MovementStore(Database database, Duration askAfter) {
        this.database = database;
        this.askAfter = askAfter;
    }

    /** The payment as it is. */
    Future<Optional<Payment>> payment(UUID id) {
        return database.run(READ_PAYMENT, Tuple.of(id)).map(rows -> Rows.first(rows, Rows::payment));
    }

    /**
     * What was forgotten.
     *
     * @param payments of how many payments
     * @param left how many could not be forgotten yet
     */
    record Forgotten(long payments, long left) {}

    /** Forgets what payments were paid with, of those whose outcome is known. */
    Future<Forgotten> forgetPayer(List<UUID> payments) {
        return database.run(FORGET_PAYER, Tuple.tuple().addArrayOfUUID(payments.toArray(UUID[]::new)))
                .map(rows -> rows.iterator().next())
                .map(row -> new Forgotten(row.getLong("forgotten"), row.getLong("open")));
    }

    /** A movement. */
    Future<Optional<Movement>> movement(UUID id) {
        return database.run(READ_MOVEMENT, Tuple.of(id)).map(rows -> Rows.first(rows, Rows::movement));
    }

    /** Every attempt at a payment, oldest first. */
    Future<List<StoredAttempt>> attempts(UUID payment) {
        return database.run(LIST_ATTEMPTS, Tuple.of(payment)).map(rows -> {
            List<StoredAttempt> attempts = new ArrayList<>(rows.size());
            rows.forEach(row -> attempts.add(StoredAttempt.read(row)));
            return attempts;
        });
    }

    /** Stores that a call is about to be made; answers its number. */
    Future<Integer> startAttempt(UUID payment, Verb verb, String key) {
        return database.txRetrying(
                tx -> lock(tx, payment).compose(locked -> startAttempt(tx, payment, verb, key, askAfter)));
    }

    static Future<Integer> startAttempt(SqlConnection tx, UUID payment, Verb verb, String key, Duration askAfter) {
        return START_ATTEMPT
                .run(tx, Tuple.of(payment, verb.word(), key, (double) askAfter.toMillis()))
                .map(rows -> rows.iterator().next().getInteger("number"));
    }

    /** Stores how a call ended, and what that makes of the payment. */
    Future<Payment> endAttempt(Movement movement, int number, ProviderOutcome outcome) {
        return endAttempt(movement, number, outcome, outcome);
    }

    /** Stores how a call ended, and what another decision makes of the payment. */
    Future<Payment> endAttempt(Movement movement, int number, ProviderOutcome outcome, ProviderOutcome decision) {
        return database.txRetrying(tx -> END_ATTEMPT
                .run(tx, Tuple.of(movement.payment(), number, word(outcome), detail(outcome)))
                .compose(ended -> settle(tx, movement, decision)));
    }

    /** Stores what the provider said when asked about an open movement, and what that makes of the payment. */
    Future<Payment> endQuery(Movement movement, ProviderCalls.Asked asked) {
        ProviderOutcome outcome = asked.outcome();
        Tuple note = Tuple.of(movement.payment(), word(outcome), detail(outcome));
        return database.txRetrying(tx -> lock(tx, movement.payment())
                .compose(payment -> NOTE_QUERY
                        .run(tx, note)
                        .compose(noted -> asked.view().isEmpty()
                                ? Future.succeededFuture(payment)
                                : Sightings.see(tx, payment, asked.view().get()))));
    }

    /** Stores how a call ended that decides nothing by itself. */
    Future<Void> noteAttempt(UUID payment, int number, ProviderOutcome outcome) {
        return database.run(END_ATTEMPT, Tuple.of(payment, number, word(outcome), detail(outcome)))
                .mapEmpty();
    }

    /** Stores that a payment has no money any more whose provider had moved another amount: its open movement has failed. */
    Future<Payment> close(UUID id) {
        return database.txRetrying(tx -> lock(tx, id).compose(payment -> {
            UUID open = payment.openMovement();
            Future<?> ended = open == null || payment.captured() > 0
                    ? Future.succeededFuture()
                    : END_MOVEMENT.run(tx, Tuple.of(open, Result.DECLINED.word()));
            boolean closed = payment.captured() > 0 || (open == null && payment.standing() == Standing.VOIDED);
            return ended.compose(done -> closed
                    ? Future.succeededFuture(payment)
                    : save(tx, payment.declinedFor(Payment.OTHER_AMOUNT).settled(Standing.VOIDED)));
        }));
    }

    private static Future<Payment> settle(SqlConnection tx, Movement movement, ProviderOutcome outcome) {
        return lock(tx, movement.payment()).compose(payment -> {
            if (!outcome.known()) {
                return Future.succeededFuture(payment);
            }
            Payment after = PaymentMachine.finish(payment, movement, outcome);
            Result result = outcome instanceof Approved ? Result.SUCCEEDED : Result.DECLINED;
            return END_MOVEMENT
                    .run(tx, Tuple.of(movement.id(), result.word()))
                    .compose(ended ->
                            after.version() == payment.version() ? Future.succeededFuture(after) : save(tx, after));
        });
    }

    private static Future<Payment> lock(SqlConnection tx, UUID payment) {
        return LOCK_PAYMENT
                .run(tx, Tuple.of(payment))
                .map(rows -> Rows.payment(rows.iterator().next()));
    }

    static Future<Payment> save(SqlConnection tx, Payment payment) {
        return SAVE_PAYMENT
                .run(
                        tx,
                        Tuple.of(
                                payment.id(),
                                payment.standing().word(),
                                payment.openMovement(),
                                payment.captured(),
                                payment.refunded(),
                                payment.reference(),
                                payment.declineCode(),
                                payment.version()))
                .map(payment);
    }

    /** The movement under another key; empty if a call under the present key may still be under way. */
    Future<Optional<Movement>> nextKey(Movement movement) {
        return database.run(NEXT_KEY, Tuple.of(movement.id(), movement.keyNumber(), movement.key()))
                .map(rows -> Rows.first(rows, row -> movement.withNextKey()));
    }

    /** Payments with an open movement that nobody has heard of for a while, claimed for asking. */
    Future<List<OpenPayment>> claimOpen(int most, Duration firstPause, Duration longestPause, Duration overdueAfter) {
        Tuple values = Tuple.of(most, (double) firstPause.toMillis(), (double) longestPause.toMillis(), (double)
                overdueAfter.toMillis());
        return database.run(CLAIM_OPEN, values).map(rows -> {
            List<OpenPayment> open = new ArrayList<>(rows.size());
            rows.forEach(row -> open.add(
                    new OpenPayment(row.getUUID("id"), row.getUUID("open_movement"), row.getBoolean("overdue"))));
            return open;
        });
    }

    /** How many payments are open, by standing. */
    Future<List<OpenMeters.Open>> countOpen() {
        return database.run(COUNT_OPEN).map(rows -> {
            List<OpenMeters.Open> open = new ArrayList<>();
            rows.forEach(row -> open.add(
                    new OpenMeters.Open(Rows.standing(row), row.getLong("payments"), row.getDouble("oldest_seconds"))));
            return open;
        });
    }

    /**
     * A payment to ask about.
     *
     * @param overdue no call that moves money was begun for so long that the caller must have given up
     */
    record OpenPayment(UUID payment, UUID movement, boolean overdue) {}

    private static String word(ProviderOutcome outcome) {
        return switch (outcome) {
            case Approved approved -> "succeeded";
            case Declined declined -> "declined";
            case Failed failed -> "failed";
            case Unknown unknown -> "unknown";
        };
    }

    private static String detail(ProviderOutcome outcome) {
        return switch (outcome) {
            case Approved approved -> approved.reference();
            case Declined declined -> declined.code();
            case Failed failed -> failed.detail();
            case Unknown unknown -> unknown.detail();
        };
    }
}
