package dev.onsale.command.mail;

/** Text inside a mail's HTML. */
public final class Html {
    private Html() {}

    /** The text with nothing in it that a mail reader would take for markup. */
    public static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
