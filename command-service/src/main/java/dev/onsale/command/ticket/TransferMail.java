package dev.onsale.command.ticket;

import dev.onsale.command.mail.Delivery;
import dev.onsale.command.mail.Letter;
import dev.onsale.command.mail.Mailer;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends the recipient of a transfer the new tickets. At least once: a copy has the same Message-ID. For virtual threads. */
final class TransferMail {
    private static final Logger LOG = LoggerFactory.getLogger(TransferMail.class);
    private static final Duration GIVE_UP = Duration.ofDays(1);
    private static final long LONGEST_SECONDS = 40;

    private final TransferStore transfers;
    private final TicketCodes codes;
    private final TicketPrinter printer;
    private final Mailer mailer;

    TransferMail(TransferStore transfers, TicketCodes codes, TicketPrinter printer, Mailer mailer) {
        this.transfers = transfers;
        this.codes = codes;
        this.printer = printer;
        this.mailer = mailer;
    }

    /**
     * Sends it, unless the tickets are dead by now.
     *
     * @param age how long ago the transfer was
     * @return false if it should be tried again
     */
    boolean send(UUID transferId, Duration age) throws TimeoutException {
        Transfer.Stored transfer = await(transfers.read(transferId));
        List<TicketDetail> live =
                transfer.tickets().stream().filter(ticket -> !ticket.dead()).toList();
        String email = transfer.email();
        if (live.isEmpty() || email == null) {
            return true; // Cancelled or given away meanwhile.
        }
        Delivery delivery = await(mailer.send(letter(transferId, email, live)));
        return switch (delivery) {
            case Delivery.Taken taken -> true;
            case Delivery.Rejected rejected -> giveUp(transferId, rejected.detail());
            case Delivery.Failed failed -> age.compareTo(GIVE_UP) > 0 && giveUp(transferId, failed.detail());
        };
    }

    private Letter letter(UUID transferId, String email, List<TicketDetail> tickets) {
        List<PrintedTicket> printed = tickets.stream()
                .map(ticket -> new PrintedTicket(ticket, codes.sign(ticket.code())))
                .toList();
        TransferText text = new TransferText(tickets);
        return new Letter(
                "transfer-" + transferId,
                email,
                text.subject(),
                text.plain(),
                text.html(),
                "tickets-" + tickets.getFirst().reference() + ".pdf",
                Buffer.buffer(printer.pdf(printed)));
    }

    private static boolean giveUp(UUID transferId, String detail) {
        LOG.atWarn()
                .addKeyValue("transferId", transferId)
                .addKeyValue("detail", detail)
                .log("The tickets can't be mailed to their new owner; they stay valid");
        return true;
    }

    private static <T> T await(Future<T> future) throws TimeoutException {
        return future.await(LONGEST_SECONDS, TimeUnit.SECONDS);
    }
}
