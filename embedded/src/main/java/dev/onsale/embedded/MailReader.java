package dev.onsale.embedded;

import jakarta.mail.Address;
import jakarta.mail.BodyPart;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a stored message: its headers, its text, and what is attached. */
final class MailReader {

    private final List<String> attachments = new ArrayList<>();
    private String plain = "";
    private String html = "";

    private MailReader() {}

    static Mail read(long id, Path file) throws IOException {
        try (InputStream content = Files.newInputStream(file)) {
            MimeMessage message = new MimeMessage(null, content);
            MailReader reader = new MailReader();
            reader.visit(message);
            return new Mail(
                    id,
                    String.join(", ", addresses(message.getFrom())),
                    addresses(message.getRecipients(Message.RecipientType.TO)),
                    message.getSubject() == null ? "" : message.getSubject(),
                    reader.plain.isEmpty() ? reader.html : reader.plain,
                    reader.attachments,
                    file);
        } catch (MessagingException e) {
            throw new IOException("Not a readable mail: " + file, e);
        }
    }

    private static List<String> addresses(Address @Nullable [] addresses) {
        return addresses == null
                ? List.of()
                : Arrays.stream(addresses).map(Address::toString).toList();
    }

    private void visit(Part part) throws MessagingException, IOException {
        if (part.getFileName() != null) {
            attachments.add(part.getFileName());
        } else if (part.isMimeType("multipart/*")) {
            for (BodyPart inner : parts((Multipart) part.getContent())) {
                visit(inner);
            }
        } else if (part.isMimeType("text/plain") && plain.isEmpty()) {
            plain = (String) part.getContent();
        } else if (part.isMimeType("text/html") && html.isEmpty()) {
            html = (String) part.getContent();
        }
    }

    private static List<BodyPart> parts(Multipart multipart) throws MessagingException {
        List<BodyPart> parts = new ArrayList<>();
        for (int index = 0; index < multipart.getCount(); index++) {
            parts.add(multipart.getBodyPart(index));
        }
        return parts;
    }
}
