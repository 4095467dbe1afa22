package dev.onsale.command.mail;

/** How sending a mail ended. */
public sealed interface Delivery {
    /** The server has taken it. */
    record Taken() implements Delivery {}

    /**
     * The server will never take it.
     *
     * @param detail what it said
     */
    record Rejected(String detail) implements Delivery {}

    /**
     * It may or may not have been taken: send it again later, with the same id.
     *
     * @param detail why
     */
    record Failed(String detail) implements Delivery {}
}
