package dev.onsale.standalone;

/** A command cannot do what it was asked to; the message tells the user why and what to do. */
public final class CannotRun extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** With a message that stands alone. */
    public CannotRun(String message) {
        super(message);
    }
}
