package dev.onsale.payment.movement;

/** What became of the wish to move money, before any provider was called. */
sealed interface Begun {
    /** A new movement: its first attempt is stored and must be made now. */
    record Fresh(Payment payment, Movement movement, int attempt) implements Begun {}

    /** The same request came before: its movement, perhaps still open. */
    record Again(Payment payment, Movement movement) implements Begun {}

    /** Nothing to do. */
    record Done(Payment payment) implements Begun {}

    /** Another movement is in the way for now. */
    record Busy(Payment payment) implements Begun {}

    /** The payment's standing (or what is left of it) does not allow it. */
    record Forbidden(Payment payment) implements Begun {}

    /** No such payment. */
    record Absent() implements Begun {}

    /** The request id was used with another body. */
    record Reused() implements Begun {}
}
