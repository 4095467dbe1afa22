package dev.onsale.command.mail;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.mail.LoginOption;
import io.vertx.ext.mail.MailAttachment;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.SMTPException;
import io.vertx.ext.mail.StartTLSOptions;
import java.util.concurrent.TimeUnit;

/** Sends mails. Safe for any thread. */
public final class Mailer {
    private final MailClient client;
    private final MailSettings settings;

    /** A mailer; connects when it is first used. */
    public Mailer(Vertx vertx, MailSettings settings) {
        this.client = MailClient.create(vertx, config(settings));
        this.settings = settings;
    }

    private static MailConfig config(MailSettings settings) {
        MailConfig config = new MailConfig()
                .setHostname(settings.host())
                .setPort(settings.port())
                .setOwnHostname(settings.domain())
                .setMaxPoolSize(settings.connections())
                .setConnectTimeout((int) settings.timeout().toMillis())
                .setStarttls(settings.starttls() ? StartTLSOptions.REQUIRED : StartTLSOptions.OPTIONAL)
                .setLogin(settings.user().isPresent() ? LoginOption.REQUIRED : LoginOption.DISABLED);
        config.setIdleTimeout((int) settings.timeout().toMillis()).setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
        settings.user().ifPresent(config::setUsername);
        settings.password().ifPresent(config::setPassword);
        return config;
    }

    /**
     * Sends one mail, waiting no longer than configured. Never fails: what went wrong is an outcome. One to nobody, whose account was
     * erased, is rejected.
     */
    public Future<Delivery> send(Letter letter) {
        if (letter.to().isEmpty()) {
            return Future.succeededFuture(new Delivery.Rejected("no address"));
        }
        return client.sendMail(message(letter))
                .timeout(settings.timeout().toMillis(), TimeUnit.MILLISECONDS)
                .map((Delivery) new Delivery.Taken())
                .otherwise(Mailer::explain);
    }

    private static Delivery explain(Throwable failure) {
        String detail = String.valueOf(failure.getMessage());
        return failure instanceof SMTPException refused && refused.isPermanent()
                ? new Delivery.Rejected(detail)
                : new Delivery.Failed(detail);
    }

    private MailMessage message(Letter letter) {
        String id = "<" + letter.id() + "@" + settings.domain() + ">";
        MailMessage message = new MailMessage()
                .setFrom(settings.from())
                .setTo(letter.to())
                .setSubject(letter.subject())
                .setText(letter.text())
                .setHtml(letter.html())
                .setHeaders(MultiMap.caseInsensitiveMultiMap().add("Message-ID", id));
        return letter.attachment() == null ? message : message.setAttachment(pdf(letter, letter.attachment()));
    }

    private static MailAttachment pdf(Letter letter, Buffer content) {
        return MailAttachment.create()
                .setName(letter.attachmentName())
                .setContentType("application/pdf")
                .setDisposition("attachment")
                .setData(content);
    }

    /** Closes the connections. */
    public Future<Void> close() {
        return client.close();
    }
}
