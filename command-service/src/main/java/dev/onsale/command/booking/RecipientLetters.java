package dev.onsale.command.booking;

import dev.onsale.command.mail.Delivery;
import dev.onsale.command.mail.Html;
import dev.onsale.command.mail.Letter;
import dev.onsale.command.mail.Mailer;
import dev.onsale.command.saga.Attempt;
import dev.onsale.runtime.sql.Database;
import dev.onsale.runtime.sql.Sql;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells those who had got tickets from the buyer that these open no gate any more; nothing about money, which is the buyer's. At
 * least once: a copy has the same Message-ID. Blocks: for virtual threads.
 */
final class RecipientLetters {
    private static final Logger LOG = LoggerFactory.getLogger(RecipientLetters.class);
    private static final Sql RECIPIENTS = Sql.load(RecipientLetters.class, "recipients_of_cancelled.sql");
    private static final Duration GIVE_UP = Duration.ofDays(1);

    private final Database database;
    private final Mailer mailer;

    RecipientLetters(Database database, Mailer mailer) {
        this.database = database;
        this.mailer = mailer;
    }

    private record Recipient(String email, String show, List<String> places) {
        static Recipient of(Row row) {
            return new Recipient(
                    row.getString("to_email"), row.getString("event_name"), List.of(row.getArrayOfStrings("places")));
        }
    }

    /** Sends the letters about a cancellation; answers false if that should be tried again. */
    boolean send(UUID cancellationId, Attempt attempt) throws TimeoutException {
        int number = 0;
        for (Recipient recipient : BookingParts.await(recipients(cancellationId))) {
            Letter letter = letter("cancellation-" + cancellationId + "-" + ++number, recipient);
            Delivery delivery = BookingParts.await(mailer.send(letter));
            if (delivery instanceof Delivery.Failed && attempt.age().compareTo(GIVE_UP) <= 0) {
                return false;
            }
            if (!(delivery instanceof Delivery.Taken)) {
                LOG.atWarn()
                        .addKeyValue("cancellationId", cancellationId)
                        .addKeyValue("number", number)
                        .log("Somebody who had got a ticket can't be told that it is void");
            }
        }
        return true;
    }

    private Future<List<Recipient>> recipients(UUID cancellationId) {
        return database.run(RECIPIENTS, Tuple.of(cancellationId)).map(rows -> {
            List<Recipient> found = new ArrayList<>();
            rows.forEach(row -> found.add(Recipient.of(row)));
            return found;
        });
    }

    private static Letter letter(String id, Recipient recipient) {
        String subject =
                ("Your tickets for " + recipient.show + " are not valid any more").replaceAll("\\p{Cntrl}", " ");
        String opening = "these tickets for " + recipient.show
                + ", which somebody had passed on to you, were given back and" + " are not valid any more:";
        String places = String.join(", ", recipient.places);
        String ending = "Please ask whoever gave them to you.";
        return Letter.plain(
                id,
                recipient.email,
                subject,
                "Hello,\n\n" + opening + "\n\n  " + places + "\n\n" + ending + "\n",
                "<p>Hello,</p><p>" + Html.escape(opening) + "</p><p>" + Html.escape(places) + "</p><p>" + ending
                        + "</p>");
    }
}
