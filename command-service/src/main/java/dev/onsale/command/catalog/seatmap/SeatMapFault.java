package dev.onsale.command.catalog.seatmap;

/**
 * One thing wrong in a seat map.
 *
 * @param path where, e.g. {@code sections[3].rows[2].runs[0].count}; {@code $} is the whole document
 * @param description what is wrong and what was expected
 */
public record SeatMapFault(String path, String description) {}
