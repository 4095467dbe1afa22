package dev.onsale.command.catalog.seatmap;

/**
 * Ordinals one after another, separators among them.
 *
 * @param first the first
 * @param end one after the last
 */
public record OrdinalRange(int first, int end) {
    /** Whether the ordinal is in the range. */
    public boolean contains(int ordinal) {
        return ordinal >= first && ordinal < end;
    }
}
