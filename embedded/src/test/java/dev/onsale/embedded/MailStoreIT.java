package dev.onsale.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MailStoreIT {

    @Test
    void keepsEveryMailWithItsTextAndAttachmentsAndFindsItByRecipient() throws Exception {
        try (Stores stores = Stores.start(EnumSet.of(StoreKind.MAIL))) {
            // When
            send(stores.mail(), "alice@example.com", "Two tickets for \"Käthe\"");
            send(stores.mail(), "bob@example.com", "Other");

            // Then
            List<Mail> mails = stores.mail().mails("Alice@");
            assertThat(mails).hasSize(1);
            assertThat(mails.getFirst().subject()).isEqualTo("Two tickets for \"Käthe\"");
            assertThat(mails.getFirst().text()).contains("See you there");
            assertThat(mails.getFirst().attachments()).containsExactly("tickets.pdf");
            assertThat(stores.mail().count()).isEqualTo(2);
            assertThat(get(stores.mail().page() + "?to=alice"))
                    .contains("\"attachments\":[\"tickets.pdf\"]")
                    .contains("Two tickets for \\\"Käthe\\\"")
                    .doesNotContain("bob");
            assertThat(get(stores.mail().page() + "/1")).contains("Content-Disposition: attachment");
        }
    }

    @Test
    void mailsOutliveTheServer(@TempDir Path data) throws Exception {
        // Given
        try (Stores first = Stores.builder().with(StoreKind.MAIL).data(data).start()) {
            send(first.mail(), "alice@example.com", "Kept");
        }

        // When
        try (Stores second = Stores.builder().with(StoreKind.MAIL).data(data).start()) {
            // Then
            assertThat(second.mail().mails("alice")).extracting(Mail::subject).containsExactly("Kept");
        }
    }

    private static String get(String uri) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(uri)).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static void send(MailStore server, String to, String subject) throws MessagingException {
        Properties settings = new Properties();
        settings.put("mail.smtp.host", "127.0.0.1");
        settings.put("mail.smtp.port", Integer.toString(server.port()));
        MimeMessage message = new MimeMessage(Session.getInstance(settings));
        message.setFrom(new InternetAddress("tickets@example.com"));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(to));
        message.setSubject(subject, StandardCharsets.UTF_8.name());
        MimeBodyPart text = new MimeBodyPart();
        text.setText("See you there", StandardCharsets.UTF_8.name());
        MimeBodyPart pdf = new MimeBodyPart();
        pdf.setContent(new byte[] {1, 2, 3}, "application/pdf");
        pdf.setFileName("tickets.pdf");
        pdf.setDisposition(MimeBodyPart.ATTACHMENT);
        message.setContent(new MimeMultipart(text, pdf));
        Transport.send(message);
    }
}
