package dev.onsale.command.mail;

import dev.onsale.runtime.config.Config;
import java.time.Duration;
import java.util.Optional;

/**
 * How mail is sent.
 *
 * @param host the SMTP server
 * @param port its port
 * @param from the sender's address; its domain names messages
 * @param user to log in with; empty: no login
 * @param password of the user
 * @param starttls whether the connection must be encrypted
 * @param timeout longest wait for one mail to be taken; too short: mails are sent twice, too long: a slow server holds many
 *     connections
 * @param connections most connections at the same time
 */
public record MailSettings(
        String host,
        int port,
        String from,
        Optional<String> user,
        Optional<String> password,
        boolean starttls,
        Duration timeout,
        int connections) {
    private static final int PORT = 1025;

    /** Reads {@code mail.*}. */
    public static MailSettings from(Config config) {
        return new MailSettings(
                config.string("mail.host", "127.0.0.1"),
                config.port("mail.port", PORT),
                config.string("mail.from", "tickets@onsale.local"),
                config.optionalString("mail.user"),
                config.optionalString("mail.password"),
                config.bool("mail.starttls", false),
                config.duration("mail.timeout", Duration.ofSeconds(20), Duration.ofMillis(100), Duration.ofMinutes(2)),
                config.integer("mail.connections", 8, 1, 1_000));
    }

    String domain() {
        return from.substring(from.indexOf('@') + 1);
    }

    @Override
    public String toString() {
        return "MailSettings[" + host + ":" + port + "]";
    }
}
