package dev.onsale.command.inventory;

import java.util.List;

/** How an attempt to take seats off sale ended. */
public sealed interface BlockOutcome {

    /** All are blocked; these were not before. */
    record Blocked(List<Integer> ordinals) implements BlockOutcome {}

    /** None was blocked: these are held, reserved or sold. */
    record Taken(List<Integer> ordinals) implements BlockOutcome {}

    /** No seat has the ordinal. */
    record NoSuchSeat(int ordinal) implements BlockOutcome {}
}
