package dev.onsale.command.privacy;

import static dev.onsale.command.saga.Outcome.done;
import static dev.onsale.command.saga.Outcome.later;
import static dev.onsale.command.saga.Step.retryable;

import dev.onsale.command.inventory.HolderTraces;
import dev.onsale.command.presale.PresaleTraces;
import dev.onsale.command.saga.Attempt;
import dev.onsale.command.saga.Outcome;
import dev.onsale.command.saga.Saga;
import dev.onsale.command.saga.Step;
import dev.onsale.proto.payment.v1.ForgetPayerResponse;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Removes an account from every store. First it is learnt which events know of it, from rows that are then gone; last are the
 * changes in the streams, which whoever follows them has read by then. Its subject is the erasure.
 */
final class ErasureSaga implements Saga<Erasing> {
    static final String KIND = "erasure";

    private static final Duration READ_BY_ALL = Duration.ofSeconds(15);
    private static final Duration CHECKOUT_ENDS = Duration.ofSeconds(5);
    private static final Duration PAYMENT_IS_KNOWN = Duration.ofSeconds(30);
    private static final int PAYMENTS_AT_ONCE = 100;
    private static final long LONGEST_SECONDS = 40;

    private final ErasureStore store;
    private final HolderTraces redis;
    private final PresaleTraces presales;
    private final PrivacyNeighbours neighbours;

    ErasureSaga(ErasureStore store, HolderTraces redis, PresaleTraces presales, PrivacyNeighbours neighbours) {
        this.store = store;
        this.redis = redis;
        this.presales = presales;
        this.neighbours = neighbours;
    }

    @Override
    public List<Step<Erasing>> steps() {
        return List.of(
                retryable("find-events", this::findEvents),
                retryable("rename-in-redis", this::renameInRedis),
                retryable("forget-rows", this::forgetRows),
                retryable("forget-payer", this::forgetPayer),
                retryable("forget-visitor", this::forgetVisitor),
                retryable("forget-changes", this::forgetChanges),
                retryable("finish", this::finish));
    }

    private Outcome<Erasing> findEvents(Erasing erasing, Attempt attempt) throws TimeoutException {
        List<ErasureStore.Known> known = await(store.events(erasing.account()));
        Set<UUID> events = new HashSet<>();
        for (ErasureStore.Known event : known) {
            if (event.told() || await(redis.counted(event.id(), erasing.account()))) {
                events.add(event.id());
            }
        }
        return done(new Erasing(
                erasing.account(), erasing.pseudonym(), List.copyOf(events), erasing.payments(), erasing.parts()));
    }

    private Outcome<Erasing> renameInRedis(Erasing erasing, Attempt attempt) throws TimeoutException {
        int renamed = 0;
        int left = 0;
        for (UUID event : erasing.events()) {
            HolderTraces.Renamed found = await(redis.rename(event, erasing.account(), erasing.pseudonym()));
            renamed += found.renamed();
            left += found.left();
        }
        Erasing now = erasing.removed("redis", "holds", renamed);
        return left > 0 ? later(now, CHECKOUT_ENDS) : done(now);
    }

    private Outcome<Erasing> forgetRows(Erasing erasing, Attempt attempt) throws TimeoutException {
        long lists = await(presales.forget(erasing.account(), erasing.pseudonym()));
        JsonObject removed = await(store.erase(attempt, erasing.account(), erasing.pseudonym()));
        Erasing now = lists == 0 ? erasing : erasing.removed("postgresql", "presales", lists);
        for (String what :
                new ArrayList<>(removed.fieldNames()).stream().sorted().toList()) {
            now = now.removed("postgresql", what, removed.getLong(what));
        }
        return done(now);
    }

    private Outcome<Erasing> forgetPayer(Erasing erasing, Attempt attempt) throws TimeoutException {
        long forgotten = 0;
        long left = 0;
        List<UUID> payments = erasing.payments();
        for (int from = 0; from < payments.size(); from += PAYMENTS_AT_ONCE) {
            ForgetPayerResponse answer = await(
                    neighbours.forgetPayer(payments.subList(from, Math.min(payments.size(), from + PAYMENTS_AT_ONCE))));
            forgotten += answer.getForgotten();
            left += answer.getLeft();
        }
        Erasing now = erasing.removed("payment", "payment tokens", forgotten);
        return left > 0 ? later(now, PAYMENT_IS_KNOWN) : done(now);
    }

    private Outcome<Erasing> forgetVisitor(Erasing erasing, Attempt attempt) throws TimeoutException {
        long forgotten = await(neighbours.forgetVisitor(erasing.account(), erasing.pseudonym()));
        return done(erasing.removed("waiting-room", "activity and answers", forgotten));
    }

    private Outcome<Erasing> forgetChanges(Erasing erasing, Attempt attempt) throws TimeoutException {
        if (attempt.number() == 1) {
            return later(erasing, READ_BY_ALL);
        }
        long gone = 0;
        for (UUID event : erasing.events()) {
            gone += await(redis.forgetChanges(event, erasing.account(), READ_BY_ALL.dividedBy(2)));
        }
        return done(erasing.removed("redis", "changes", gone));
    }

    /** What was removed is written down, and who it was is forgotten here too. */
    private Outcome<Erasing> finish(Erasing erasing, Attempt attempt) throws TimeoutException {
        await(store.finish(attempt, erasing));
        return done(erasing.forgotten());
    }

    private static <T> T await(Future<T> future) throws TimeoutException {
        return future.await(LONGEST_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Erasing read(JsonObject data) {
        return Erasing.of(data);
    }

    @Override
    public JsonObject write(Erasing data) {
        return data.toJson();
    }
}
