package dev.onsale.command.postponement;

import dev.onsale.command.mail.Mailer;
import dev.onsale.command.outbox.Outbox;
import dev.onsale.runtime.sql.Database;

/** Postponements, put together. */
public final class Postponements {
    private Postponements() {}

    /** The saga that follows each, for the saga runner. */
    public static PostponementSaga saga(Database database, Outbox outbox, Mailer mailer, PostponementConfig config) {
        return new PostponementSaga(new PostponementStore(database, outbox), new PostponementMail(mailer), config);
    }
}
