package dev.onsale.command.mail;

import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * A mail to one person.
 *
 * @param id the same for every copy of the same mail: letters, digits and dashes
 * @param to address
 * @param subject one line
 * @param text plain text
 * @param html the same as HTML
 * @param attachmentName file name of the PDF attached; only means something with one
 * @param attachment the PDF; null: none
 */
public record Letter(
        String id,
        String to,
        String subject,
        String text,
        String html,
        String attachmentName,
        @Nullable Buffer attachment) {

    /** A mail without a PDF. */
    public static Letter plain(String id, String to, String subject, String text, String html) {
        return new Letter(id, to, subject, text, html, "", null);
    }

    /** The same with a PDF. */
    public Letter with(String name, Buffer pdf) {
        return new Letter(id, to, subject, text, html, name, pdf);
    }
}
