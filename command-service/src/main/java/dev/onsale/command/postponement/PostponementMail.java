package dev.onsale.command.postponement;

import dev.onsale.command.mail.Delivery;
import dev.onsale.command.mail.Letter;
import dev.onsale.command.mail.Mailer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells people that an event was put off, one after the other. A copy has the same Message-ID. For virtual threads. */
final class PostponementMail {
    private static final Logger LOG = LoggerFactory.getLogger(PostponementMail.class);
    private static final long LONGEST_SECONDS = 150;
    private static final int MOST_IN_A_ROW = 2;

    private final Mailer mailer;

    PostponementMail(Mailer mailer) {
        this.mailer = mailer;
    }

    /**
     * Sends them. When two in a row were not taken the rest is not tried: the saga's lease would run out.
     *
     * @return bookings for which a mail was not taken and should be tried again
     */
    Set<UUID> send(Postponement postponement, List<Addressee> addressees) throws TimeoutException {
        Set<UUID> failed = new LinkedHashSet<>();
        int inARow = 0;
        for (Addressee addressee : addressees) {
            if (inARow < MOST_IN_A_ROW && sent(postponement, addressee)) {
                inARow = 0;
            } else {
                inARow++;
                failed.add(addressee.bookingId());
            }
        }
        return failed;
    }

    private boolean sent(Postponement postponement, Addressee addressee) throws TimeoutException {
        PostponementText text = new PostponementText(postponement, addressee);
        String id = "postponed-" + postponement.id() + "-" + addressee.id();
        Letter letter = Letter.plain(id, addressee.email(), text.subject(), text.plain(), text.html());
        return switch (mailer.send(letter).await(LONGEST_SECONDS, TimeUnit.SECONDS)) {
            case Delivery.Taken taken -> true;
            case Delivery.Rejected rejected -> rejected(addressee, rejected.detail());
            case Delivery.Failed wait -> false;
        };
    }

    private static boolean rejected(Addressee addressee, String detail) {
        LOG.atWarn()
                .addKeyValue("bookingId", addressee.bookingId())
                .addKeyValue("detail", detail)
                .log("Somebody can't be told that the event was put off");
        return true;
    }
}
