package dev.onsale.embedded;

import java.nio.file.Path;
import java.util.List;

/**
 * One mail that was delivered.
 *
 * @param id its number, rising in the order of arrival
 * @param from the sender's address in the header
 * @param to the recipients the sender named at delivery
 * @param subject the subject line, decoded
 * @param text the plain text part, or the HTML one if there is no other; empty if neither
 * @param attachments the file names of the attachments
 * @param file the whole message as it was received ({@code .eml})
 */
public record Mail(
        long id, String from, List<String> to, String subject, String text, List<String> attachments, Path file) {

    /** Copies the lists. */
    public Mail {
        to = List.copyOf(to);
        attachments = List.copyOf(attachments);
    }
}
