package dev.onsale.command.saga;

import dev.onsale.command.saga.SagaProbe.Interference;
import dev.onsale.command.saga.SagaProbe.Moment;
import dev.onsale.command.saga.SagaProbe.Visit;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.telemetry.TracedWork;
import dev.onsale.runtime.telemetry.Traces;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes one claimed run as far as it gets: step by step, a save after each, until it ends, must wait, or is somebody
 * else's. On a virtual thread of its own.
 */
final class SagaRun<D> {
    private static final Logger LOG = LoggerFactory.getLogger(SagaRun.class);
    private static final long SAVE_SECONDS = 30;
    private static final Backoff SAVE_AGAIN = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5));

    /** Thrown by a probe: this owner is gone, without a trace. */
    static final class Crash extends RuntimeException {
        Crash() {
            super("crash", null, false, false);
        }
    }

    private final Saga<D> saga;
    private final List<Step<D>> steps;
    private final SagaRow row;
    private final SagaRunner.Terms terms;
    private final BooleanSupplier stopping;
    private final boolean background;
    private final long claimedNanos = System.nanoTime();
    private long leasedNanos = claimedNanos;

    private SagaPosition position;
    private D data;

    SagaRun(Saga<D> saga, SagaRow row, SagaRunner.Terms terms, BooleanSupplier stopping) {
        this.saga = saga;
        this.steps = saga.steps();
        this.row = row;
        this.terms = terms;
        this.stopping = stopping;
        this.position = row.position();
        this.data = saga.read(row.data());
        this.background = position.background(steps);
    }

    /** Runs until there is nothing to do now; answers after how long it is due again, zero if it isn't. */
    Duration run() throws Exception {
        while (true) {
            Outcome<D> outcome = attempt();
            data = outcome.data();
            Duration wait = conclude(outcome);
            if (!wait.isNegative()) {
                return wait;
            }
        }
    }

    /** Saves what an outcome leads to. Negative: on to the next step at once. */
    private Duration conclude(Outcome<D> outcome) throws Exception {
        Step<D> step = step();
        boolean undoing = undoing();
        Duration wait = switch (outcome) {
            case Outcome.Done<D> done -> goOn(position.advance(steps.size()));
            case Outcome.Refused<D> refused -> turnBack(step, refused.failure());
            case Outcome.Later<D> later -> park(later.delay());
        };
        interfere(Moment.SAVED, step, undoing);
        return wait;
    }

    private Duration turnBack(Step<D> step, Failure why) throws Exception {
        if (position.mayRefuse(steps)) {
            return goOn(position.turnBack(why));
        }
        logForbidden(step, why);
        return park(terms.backoff().after(position.attempt()));
    }

    private Duration goOn(SagaPosition next) throws Exception {
        position = next;
        if (next.state().ended()) {
            boolean ours = save(false, Duration.ZERO);
            if (ours) {
                terms.metrics().ended(saga.kind(), next);
            }
            return Duration.ZERO;
        }
        if (stopping.getAsBoolean() || next.background(steps) != background) {
            position = new SagaPosition(next.state(), next.step(), 0, next.failure());
            return park(Duration.ZERO);
        }
        return save(true, terms.config().lease()) ? Duration.ofMillis(-1) : Duration.ZERO;
    }

    private Duration park(Duration delay) throws Exception {
        return save(false, delay) ? delay.plusMillis(1) : Duration.ZERO;
    }

    private boolean save(boolean keep, Duration wait) throws Exception {
        JsonObject json = saga.write(data);
        long begun = System.nanoTime();
        boolean behind = !position.state().ended() && position.background(steps);
        boolean ours = saved(() -> keep
                ? terms.store().keep(row, position, json, behind, wait)
                : terms.store().park(row, position, json, behind, wait));
        leasedNanos = begun;
        if (!ours) {
            terms.metrics().lost(saga.kind());
            LOG.atInfo()
                    .addKeyValue("sagaId", row.id())
                    .addKeyValue("epoch", row.epoch())
                    .log("Saga has another owner");
        }
        return ours;
    }

    /** A save that fails is made again while the lease lasts: who lets go waits for the end of the lease, and so does the fan. */
    private boolean saved(Supplier<Future<Boolean>> save) throws Exception {
        for (int tries = 1; ; tries++) {
            try {
                return save.get().await(SAVE_SECONDS, TimeUnit.SECONDS);
            } catch (Refusal | PgException | TimeoutException failed) {
                Duration pause = SAVE_AGAIN.after(tries);
                long until = leasedNanos + terms.config().lease().toNanos();
                if (stopping.getAsBoolean() || System.nanoTime() + pause.toNanos() > until) {
                    throw failed;
                }
                Thread.sleep(pause);
            }
        }
    }

    private Outcome<D> attempt() {
        Step<D> step = step();
        long begun = System.nanoTime();
        try {
            Outcome<D> outcome = traced(step);
            terms.metrics().step(saga.kind(), step.name(), undoing(), outcome, System.nanoTime() - begun);
            return outcome;
        } catch (Crash crash) {
            throw crash;
        } catch (Exception failed) {
            terms.metrics().stepFailed(saga.kind(), step.name(), undoing(), System.nanoTime() - begun);
            logFailed(step, failed);
            return Outcome.later(data, terms.backoff().after(position.attempt()));
        }
    }

    private Outcome<D> traced(Step<D> step) throws Exception {
        String name = (undoing() ? "undo " : "step ") + step.name();
        Map<String, String> about = Map.of("attempt", Integer.toString(position.attempt()));
        return TracedWork.run(terms.vertx(), name, Traces.current(), about, () -> act(step));
    }

    private Outcome<D> act(Step<D> step) throws Exception {
        Step.Work<D> work = undoing() ? step.undo() : step.action();
        if (work == null) {
            return Outcome.done(data);
        }
        if (interfere(Moment.BEFORE, step, undoing()) == Interference.REFUSE) {
            return Outcome.refused(data, "DRILL", "before " + step.name());
        }
        Attempt attempt = attemptNumber(position.attempt());
        Outcome<D> outcome = work.run(data, attempt);
        return switch (interfere(Moment.ACTED, step, undoing())) {
            case REPEAT -> work.run(data, attempt);
            case REFUSE -> Outcome.refused(outcome.data(), "DRILL", "after " + step.name());
            default -> outcome;
        };
    }

    private Attempt attemptNumber(int number) {
        Duration age = row.age().plusNanos(System.nanoTime() - claimedNanos);
        return new Attempt(row.id(), row.subject(), row.epoch(), number, age, position.failure());
    }

    private Interference interfere(Moment moment, Step<D> step, boolean undoing) {
        Visit visit = new Visit(saga.kind(), row.subject(), step.name(), undoing, row.epoch());
        Interference interference = terms.probe().at(moment, visit);
        return switch (interference) {
            case CRASH -> throw new Crash();
            case THROW -> throw new IllegalStateException("drill");
            default -> interference;
        };
    }

    private Step<D> step() {
        return steps.get(position.step());
    }

    private boolean undoing() {
        return position.state() == SagaState.COMPENSATING;
    }

    private void logFailed(Step<D> step, Exception failed) {
        var event = position.attempt() < terms.quietTries()
                ? LOG.atInfo()
                : LOG.atWarn().setCause(failed);
        event.addKeyValue("sagaId", row.id())
                .addKeyValue("kind", saga.kind())
                .addKeyValue("subject", row.subject())
                .addKeyValue("step", step.name())
                .addKeyValue("undoing", undoing())
                .addKeyValue("attempt", position.attempt())
                .addKeyValue("reason", String.valueOf(failed.getMessage()))
                .log("Saga step failed and is tried again");
    }

    private void logForbidden(Step<D> step, Failure failure) {
        LOG.atError()
                .addKeyValue("sagaId", row.id())
                .addKeyValue("step", step.name())
                .addKeyValue("reason", failure.reason())
                .addKeyValue("detail", failure.detail())
                .log("Saga step refused where there is no way back and is tried again");
    }
}
