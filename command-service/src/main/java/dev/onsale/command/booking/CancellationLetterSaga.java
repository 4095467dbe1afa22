package dev.onsale.command.booking;

import static dev.onsale.command.saga.Outcome.done;
import static dev.onsale.command.saga.Outcome.later;
import static dev.onsale.command.saga.Step.background;

import dev.onsale.command.saga.Attempt;
import dev.onsale.command.saga.Outcome;
import dev.onsale.command.saga.Saga;
import dev.onsale.command.saga.Step;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.TimeoutException;

/**
 * Sends the letters about a cancellation: to the buyer, and to whoever had got tickets of it. Apart from the saga that gives back: the buyer hears of a refund before it is made,
 * and a mail server that is down holds no money up. Its subject is the cancellation.
 */
final class CancellationLetterSaga implements Saga<JsonObject> {
    private final CancellationLetters letters;
    private final RecipientLetters recipients;

    CancellationLetterSaga(CancellationLetters letters, RecipientLetters recipients) {
        this.letters = letters;
        this.recipients = recipients;
    }

    @Override
    public List<Step<JsonObject>> steps() {
        return List.of(
                background("send-letter", this::sendLetter), background("tell-recipients", this::tellRecipients));
    }

    private Outcome<JsonObject> sendLetter(JsonObject data, Attempt attempt) throws TimeoutException {
        return letters.send(attempt.subject(), attempt) ? done(data) : later(data, BookingParts.mailAgain(attempt));
    }

    private Outcome<JsonObject> tellRecipients(JsonObject data, Attempt attempt) throws TimeoutException {
        return recipients.send(attempt.subject(), attempt) ? done(data) : later(data, BookingParts.mailAgain(attempt));
    }

    @Override
    public String kind() {
        return "cancellation-letter";
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
