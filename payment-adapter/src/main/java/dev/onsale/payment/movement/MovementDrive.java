package dev.onsale.payment.movement;

import dev.onsale.payment.movement.Movement.Result;
import dev.onsale.payment.provider.ProviderGate;
import dev.onsale.payment.provider.ProviderOutcome;
import dev.onsale.payment.provider.ProviderOutcome.Failed;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Carries one movement to its end, or to the end of its caller's patience: call, ask if no answer came, call again under
 * the same key. Straight-line code for a virtual thread; between two steps anything may crash, and the same request again
 * (or the reconciler) goes on from what is stored.
 */
final class MovementDrive {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final MovementStore store;
    private final ProviderCalls provider;
    private final RetryConfig retry;

    MovementDrive(MovementStore store, ProviderCalls provider, RetryConfig retry) {
        this.store = store;
        this.provider = provider;
        this.retry = retry;
    }

    /** Goes on with a movement that came before: asks first. */
    MoveAnswer again(Payment payment, Movement movement) throws InterruptedException {
        if (movement.result() != Result.OPEN) {
            return ended(payment, movement, movement.result() == Result.SUCCEEDED);
        }
        ProviderCalls.Asked seen = provider.ask(payment, movement).await();
        Payment asked = store.endQuery(movement, seen).await();
        if (seen.outcome().known()) {
            return ended(asked, movement, seen.outcome() instanceof ProviderOutcome.Approved);
        }
        if (isOtherAmount(seen.outcome())) {
            return new MoveAnswer.Told(asked, false);
        }
        int attempt = store.startAttempt(payment.id(), movement.verb(), movement.key())
                .await();
        return drive(payment, movement, attempt, true);
    }

    private static boolean isOtherAmount(ProviderOutcome outcome) {
        return outcome instanceof ProviderOutcome.Unknown unknown
                && unknown.detail().equals(Payment.OTHER_AMOUNT);
    }

    /** Makes the attempt that is stored as started, and more if need be. */
    MoveAnswer drive(Payment payment, Movement first, int firstAttempt) throws InterruptedException {
        return drive(payment, first, firstAttempt, false);
    }

    private MoveAnswer drive(Payment payment, Movement first, int firstAttempt, boolean repeated)
            throws InterruptedException {
        long start = System.nanoTime();
        Movement movement = first;
        int attempt = firstAttempt;
        for (int calls = 1; ; calls++) {
            ProviderOutcome outcome = (repeated || calls > 1
                            ? provider.moveAgain(payment, movement)
                            : provider.move(payment, movement))
                    .await();
            Payment after = store.endAttempt(movement, attempt, outcome).await();
            if (outcome.known()) {
                return ended(after, movement, outcome instanceof ProviderOutcome.Approved);
            }
            if (isCircuitOpen(outcome)) {
                return new MoveAnswer.Later(RETRY_AFTER, ProviderGate.CIRCUIT_OPEN);
            }
            ProviderCalls.Asked seen = provider.ask(after, movement).await();
            after = store.endQuery(movement, seen).await();
            if (seen.outcome().known()) {
                return ended(after, movement, seen.outcome() instanceof ProviderOutcome.Approved);
            }
            if (isOtherAmount(seen.outcome())) {
                return new MoveAnswer.Told(after, false); // It goes back; the reconciler sees to that.
            }
            if (calls >= retry.attempts()
                    || System.nanoTime() - start > retry.budget().toNanos()) {
                return gaveUp(after, outcome);
            }
            Thread.sleep(retry.pauseAfter(calls, ThreadLocalRandom.current().nextDouble()));
            movement = seen.view().isPresent() ? store.nextKey(movement).await().orElse(movement) : movement;
            attempt = store.startAttempt(payment.id(), movement.verb(), movement.key())
                    .await();
        }
    }

    private static boolean isCircuitOpen(ProviderOutcome outcome) {
        return outcome instanceof Failed failed && failed.detail().equals(ProviderGate.CIRCUIT_OPEN);
    }

    private static MoveAnswer gaveUp(Payment payment, ProviderOutcome last) {
        return last instanceof Failed failed
                ? new MoveAnswer.Later(RETRY_AFTER, failed.detail())
                : new MoveAnswer.Told(payment, false);
    }

    /** A decline of an authorization is an answer; of anything else, it is a refusal. */
    private static MoveAnswer ended(Payment payment, Movement movement, boolean approved) {
        return approved || movement.verb() == Verb.AUTHORIZE
                ? new MoveAnswer.Told(payment, true)
                : new MoveAnswer.Forbidden(payment, payment.declineCode());
    }
}
