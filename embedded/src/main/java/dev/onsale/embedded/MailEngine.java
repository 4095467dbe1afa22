package dev.onsale.embedded;

import com.icegreen.greenmail.mail.MailAddress;
import com.icegreen.greenmail.mail.MovingMessage;
import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.user.UserException;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The mail server: in this JVM, taking every mail for everybody and writing it to a {@link Mailbox}. */
final class MailEngine implements Engine {

    private static final String SINK = "everybody";

    private final int port;
    private final Mailbox mailbox;
    private final MailPage page;
    private @Nullable GreenMail server;

    MailEngine(int port, Mailbox mailbox, MailPage page) {
        this.port = port;
        this.mailbox = mailbox;
        this.page = page;
    }

    @Override
    public synchronized void start() {
        if (server != null) {
            return;
        }
        GreenMail starting = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        try {
            GreenMailUser sink = starting.getUserManager().createUser(SINK, SINK, SINK);
            Deliveries deliveries = new Deliveries(starting, mailbox, sink);
            starting.getUserManager().setMessageDeliveryHandler(deliveries::take);
            page.start();
        } catch (UserException | IOException e) {
            throw new StoresException("The mail server did not start", e);
        }
        starting.start();
        server = starting;
    }

    @Override
    public synchronized void stop() {
        if (server != null) {
            server.stop();
            page.stop();
            server = null;
        }
    }

    @Override
    public void kill() {
        stop();
    }

    @Override
    public void pause() {
        stop();
    }

    @Override
    public void resume() {
        start();
    }

    @Override
    public void close() {
        stop();
    }

    @Override
    public synchronized boolean alive() {
        return server != null;
    }

    @Override
    public String lastWords() {
        return "(the mail server runs in this process)";
    }

    @Override
    public Address address() {
        return new Address("127.0.0.1", port);
    }

    /** Moves each mail to disk. GreenMail keeps a copy in memory as well, which is thrown away now and then. */
    private static final class Deliveries {

        private static final int PURGE_EVERY = 50;

        private final GreenMail server;
        private final Mailbox mailbox;
        private final GreenMailUser sink;
        private int count;

        Deliveries(GreenMail server, Mailbox mailbox, GreenMailUser sink) {
            this.server = server;
            this.mailbox = mailbox;
            this.sink = sink;
        }

        synchronized GreenMailUser take(MovingMessage message, MailAddress to) throws MessagingException {
            try {
                mailbox.deliver(List.of(to.getEmail()), out -> write(message, out));
                if (++count % PURGE_EVERY == 0) {
                    server.purgeEmailFromAllMailboxes();
                }
                return sink;
            } catch (IOException | FolderException e) {
                throw new MessagingException("The mail could not be kept", new IOException(e));
            }
        }

        private static void write(MovingMessage message, OutputStream out) throws IOException {
            try {
                message.getMessage().writeTo(out);
            } catch (MessagingException e) {
                throw new IOException(e);
            }
        }
    }
}
