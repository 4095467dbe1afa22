package dev.onsale.command.postponement;

import static dev.onsale.command.saga.Outcome.done;
import static dev.onsale.command.saga.Outcome.later;
import static dev.onsale.command.saga.Step.background;
import static dev.onsale.command.saga.Step.retryable;

import dev.onsale.command.saga.Attempt;
import dev.onsale.command.saga.Backoff;
import dev.onsale.command.saga.Outcome;
import dev.onsale.command.saga.Saga;
import dev.onsale.command.saga.Step;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is left to do once an event is put off. Its subject is the postponement; one that another has followed has nothing left
 * to say. Mails go out some bookings at a time, and how far that is is saved after each: a crash sends a few of them again.
 */
public final class PostponementSaga implements Saga<Told> {
    private static final Logger LOG = LoggerFactory.getLogger(PostponementSaga.class);
    private static final Duration GIVE_UP = Duration.ofDays(1);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Backoff AGAIN = new Backoff(Duration.ofSeconds(5), Duration.ofSeconds(5));
    private static final int READMIT_AT_ONCE = 500;
    private static final long LONGEST_SECONDS = 40;

    private final PostponementStore store;
    private final PostponementMail mail;
    private final PostponementConfig config;

    PostponementSaga(PostponementStore store, PostponementMail mail, PostponementConfig config) {
        this.store = store;
        this.mail = mail;
        this.config = config;
    }

    @Override
    public List<Step<Told>> steps() {
        return List.of(retryable("readmit-tickets", this::readmitTickets), background("tell-buyers", this::tellBuyers));
    }

    private Outcome<Told> readmitTickets(Told told, Attempt attempt) throws TimeoutException {
        int readmitted = await(store.readmit(attempt, READMIT_AT_ONCE));
        return readmitted == READMIT_AT_ONCE ? later(told, Duration.ZERO) : done(told);
    }

    private Outcome<Told> tellBuyers(Told told, Attempt attempt) throws TimeoutException {
        Postponement postponement = await(store.read(attempt.subject()));
        if (!postponement.current()) {
            return done(told);
        }
        List<Addressee> next = await(store.after(postponement.id(), told.after(), config.bookingsASecond()));
        return next.isEmpty() ? tellAgain(postponement, told, attempt) : tell(postponement, told, next, attempt);
    }

    /** If none of them gets through the mail server is away, and if too many did not it is not well: the rest waits. */
    private Outcome<Told> tell(Postponement postponement, Told told, List<Addressee> next, Attempt attempt)
            throws TimeoutException {
        Set<UUID> failed = mail.send(postponement, next);
        long bookings = next.stream().map(Addressee::bookingId).distinct().count();
        if (failed.size() == bookings || told.again().size() + failed.size() > Told.MOST_AGAIN) {
            return attempt.age().compareTo(GIVE_UP) > 0 ? giveUp(postponement, told) : later(told, AGAIN.after(1));
        }
        List<UUID> again = new ArrayList<>(told.again());
        again.addAll(failed);
        return later(new Told(next.getLast().bookingId(), again), SECOND);
    }

    private Outcome<Told> tellAgain(Postponement postponement, Told told, Attempt attempt) throws TimeoutException {
        if (told.again().isEmpty()) {
            return done(told);
        }
        if (attempt.age().compareTo(GIVE_UP) > 0) {
            return giveUp(postponement, told);
        }
        List<UUID> some = told.again().stream().limit(config.bookingsASecond()).toList();
        Set<UUID> failed = mail.send(postponement, await(store.of(postponement.id(), some)));
        List<UUID> again =
                new ArrayList<>(told.again().subList(some.size(), told.again().size()));
        again.addAll(failed);
        return later(new Told(told.after(), again), failed.isEmpty() ? SECOND : AGAIN.after(1));
    }

    private static Outcome<Told> giveUp(Postponement postponement, Told told) {
        LOG.atWarn()
                .addKeyValue("eventId", postponement.eventId())
                .addKeyValue("after", told.after())
                .addKeyValue("bookings", told.again())
                .log("Not everybody can be told that the event was put off");
        return done(told);
    }

    private static <T> T await(Future<T> future) throws TimeoutException {
        return future.await(LONGEST_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public String kind() {
        return "postponement";
    }

    @Override
    public Told read(JsonObject data) {
        return Told.of(data);
    }

    @Override
    public JsonObject write(Told data) {
        return data.toJson();
    }
}
