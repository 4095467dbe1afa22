package dev.onsale.command.mail;

import io.vertx.core.buffer.Buffer;

/**
 * A mail to one person.
 *
 * @param id the same for every copy of the same mail: letters, digits and dashes
 * @param to address
 * @param subject one line
 * @param text plain text
 * @param html the same as HTML
 * @param attachmentName file name of the PDF attached; empty: nothing is
 * @param attachment the PDF
 */
public record Letter(
        String id, String to, String subject, String text, String html, String attachmentName, Buffer attachment) {

    /** A mail without an attachment. */
    public Letter(String id, String to, String subject, String text, String html) {
        this(id, to, subject, text, html, "", Buffer.buffer());
    }
}
