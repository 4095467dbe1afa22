package dev.onsale.command.inventory;

import java.util.OptionalInt;

/**
 * A part of what was asked for that is not in the hold.
 *
 * @param why the reason
 * @param ordinal the seat, if exact seats were asked for
 * @param quantity how many places
 */
public record Missing(Why why, OptionalInt ordinal, int quantity) {

    /** Why a place is missing. */
    public enum Why {
        /** Somebody else has the seat. */
        TAKEN,
        /** Nothing is left that fits. */
        SOLD_OUT,
        /** Not so many side by side. */
        NOT_ADJACENT,
        /** The fan may not have more. */
        LIMIT
    }

    /** Reads {@code T<ordinal>}, {@code L<ordinal>}, {@code S<ordinal>}, {@code l<quantity>}, {@code s<quantity>} or {@code n<quantity>}. */
    static Missing parse(String word) {
        int number = Integer.parseInt(word.substring(1));
        return switch (word.charAt(0)) {
            case 'T' -> new Missing(Why.TAKEN, OptionalInt.of(number), 1);
            case 'L' -> new Missing(Why.LIMIT, OptionalInt.of(number), 1);
            case 'S' -> new Missing(Why.SOLD_OUT, OptionalInt.of(number), 1);
            case 'l' -> new Missing(Why.LIMIT, OptionalInt.empty(), number);
            case 's' -> new Missing(Why.SOLD_OUT, OptionalInt.empty(), number);
            case 'n' -> new Missing(Why.NOT_ADJACENT, OptionalInt.empty(), number);
            default -> throw new IllegalArgumentException(word);
        };
    }
}
