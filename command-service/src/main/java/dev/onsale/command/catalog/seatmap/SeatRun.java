package dev.onsale.command.catalog.seatmap;

/**
 * Seats side by side: their numbers and their ordinals go up by one each.
 *
 * @param section code of the section
 * @param row code of the row
 * @param firstNumber number of the first seat
 * @param firstOrdinal ordinal of the first seat
 * @param count how many
 */
public record SeatRun(String section, String row, int firstNumber, int firstOrdinal, int count) {}
