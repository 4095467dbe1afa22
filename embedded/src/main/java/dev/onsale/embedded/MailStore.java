package dev.onsale.embedded;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A mail server that takes every mail and lets it be read. No mail ever leaves the machine. */
public final class MailStore extends Store {

    private static final int TIMEOUT_MILLIS = 2_000;

    private final URI uri;
    private final @Nullable Mailbox mailbox;
    private final @Nullable MailPage page;

    private MailStore(Engine engine, URI uri, @Nullable Mailbox mailbox, @Nullable MailPage page) {
        super(StoreKind.MAIL, engine);
        this.uri = uri;
        this.mailbox = mailbox;
        this.page = page;
    }

    static MailStore at(int port, int pagePort, Path folder) {
        Mailbox mailbox = new Mailbox(folder);
        MailPage page = new MailPage(mailbox, pagePort);
        MailEngine engine = new MailEngine(port, mailbox, page);
        return new MailStore(engine, URI.create("smtp://" + engine.address()), mailbox, page);
    }

    static MailStore given(Engine engine, URI uri) {
        return new MailStore(engine, uri, null, null);
    }

    /** {@code smtp://host:port}; no encryption, no login. */
    @Override
    public URI uri() {
        return uri;
    }

    /** Where the mails can be read by HTTP: a JSON list ({@code ?to=} narrows it), and each whole under its id. */
    public URI page() {
        if (page == null) {
            throw notOurs();
        }
        return page.uri();
    }

    /** The newest mails whose recipient contains this text, newest first; all if it is empty. */
    public List<Mail> mails(String recipient) {
        return mailbox().find(recipient, Integer.MAX_VALUE);
    }

    /** How many mails are kept (at most 5,000, the newest). */
    public int count() {
        return mailbox().size();
    }

    private Mailbox mailbox() {
        if (mailbox == null) {
            throw notOurs();
        }
        return mailbox;
    }

    private static UnsupportedOperationException notOurs() {
        return new UnsupportedOperationException("The mail server was given by URL: its mails cannot be read here");
    }

    @Override
    void ping() throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(engine().address().host(), port()), TIMEOUT_MILLIS);
        }
    }
}
