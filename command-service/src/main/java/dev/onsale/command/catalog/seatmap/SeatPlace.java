package dev.onsale.command.catalog.seatmap;

/**
 * One seat of a plan.
 *
 * @param ordinal its place in the packed statuses
 * @param sectionIndex which section of the plan
 * @param section code of the section
 * @param row code of the row
 * @param number in the row
 * @param kind 0 standard, 1 accessible, 2 companion
 * @param restrictedView whether the view is restricted
 */
public record SeatPlace(
        int ordinal, int sectionIndex, String section, String row, int number, int kind, boolean restrictedView) {}
