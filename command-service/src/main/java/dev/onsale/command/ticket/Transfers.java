package dev.onsale.command.ticket;

import dev.onsale.command.mail.Mailer;
import dev.onsale.runtime.idempotency.Idempotency;
import dev.onsale.runtime.sql.Database;

/** Transfers of tickets, put together: the saga to be run, and the desk that begins it. */
public final class Transfers {
    private final TransferStore callers;
    private final TransferSaga saga;

    /**
     * Puts them together.
     *
     * @param tickets on the callers' connections
     * @param mostTransfers how often a place can change hands
     */
    public Transfers(
            Database callers,
            Database sagas,
            TicketStore tickets,
            TicketCodes codes,
            TicketPrinter printer,
            Mailer mailer,
            int mostTransfers) {
        this.callers = new TransferStore(callers, tickets, mostTransfers);
        this.saga = new TransferSaga(
                new TransferMail(new TransferStore(sagas, tickets, mostTransfers), codes, printer, mailer));
    }

    /** For the saga runner. */
    public TransferSaga saga() {
        return saga;
    }

    /** Takes transfers; {@code nudge} tells the saga runner that there is something to do. */
    public TransferDesk desk(Idempotency idempotency, Runnable nudge) {
        return new TransferDesk(callers, idempotency, saga, nudge);
    }
}
