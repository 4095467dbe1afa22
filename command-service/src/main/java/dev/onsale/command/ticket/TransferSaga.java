package dev.onsale.command.ticket;

import static dev.onsale.command.saga.Step.background;
import static dev.onsale.command.saga.Step.retryable;

import dev.onsale.command.saga.Attempt;
import dev.onsale.command.saga.Backoff;
import dev.onsale.command.saga.Outcome;
import dev.onsale.command.saga.Saga;
import dev.onsale.command.saga.Step;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** What is left to do once tickets have changed hands: the recipient is told. Its subject is the transfer. */
public final class TransferSaga implements Saga<JsonObject> {
    private static final Backoff AGAIN = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5));

    private final TransferMail mail;

    TransferSaga(TransferMail mail) {
        this.mail = mail;
    }

    @Override
    public List<Step<JsonObject>> steps() {
        return List.of(retryable("move-tickets", this::moveTickets), background("tell-recipient", this::tellRecipient));
    }

    /** The transaction that began the saga moved them. */
    private Outcome<JsonObject> moveTickets(JsonObject data, Attempt attempt) {
        return Outcome.done(data);
    }

    private Outcome<JsonObject> tellRecipient(JsonObject data, Attempt attempt) throws TimeoutException {
        return mail.send(attempt.subject(), attempt.age())
                ? Outcome.done(data)
                : Outcome.later(data, AGAIN.after(attempt.number()));
    }

    @Override
    public String kind() {
        return "transfer";
    }

    @Override
    public JsonObject read(JsonObject data) {
        return data;
    }

    @Override
    public JsonObject write(JsonObject data) {
        return data;
    }
}
