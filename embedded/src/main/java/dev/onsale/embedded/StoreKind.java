package dev.onsale.embedded;

import java.util.Locale;

/** The stores that can be started. */
public enum StoreKind {
    /** Holds and change streams; {@code redis://}. */
    REDIS,
    /** The record of what was sold; {@code postgresql://}. */
    POSTGRES,
    /** The read side; {@code http://}. */
    ELASTICSEARCH,
    /** A mail server that keeps what it is sent; {@code smtp://}. */
    MAIL;

    /** The name used for folders and in messages: lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The environment variable that gives a running server of this kind by its URL. */
    String variable() {
        return "ONSALE_" + name() + "_URL";
    }
}
