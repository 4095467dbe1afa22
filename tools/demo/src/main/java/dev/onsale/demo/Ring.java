package dev.onsale.demo;

/**
 * One tier of the bowl: rows around the pitch, cut into equal angles. Lengths in tenths of a metre.
 *
 * @param name for people
 * @param firstCode number of the first section
 * @param sections how many sections
 * @param rows how many rows
 * @param halfLength of the first row, along the pitch
 * @param halfWidth of the first row, across the pitch
 * @param rowDepth from row to row
 * @param portalRows so many front rows have a way in through their middle
 * @param accessibleRow the row with wheelchair places, from 0; -1: none
 */
record Ring(
        String name,
        int firstCode,
        int sections,
        int rows,
        double halfLength,
        double halfWidth,
        double rowDepth,
        int portalRows,
        int accessibleRow) {

    private static final double STAIR = 12;

    /** The line of the seats of one row in one section, without the stairs beside it. */
    Arc row(int section, int row) {
        double from = 2 * StrictMath.PI * section / sections;
        double to = 2 * StrictMath.PI * (section + 1) / sections;
        double a = halfLength + row * rowDepth;
        double b = halfWidth + row * rowDepth;
        double stair = STAIR / 2 / new Arc(a, b, from, to).length() * (to - from);
        return new Arc(a, b, from + stair, to - stair);
    }

    /** Where the section's middle is, in radians. */
    double middle(int section) {
        return 2 * StrictMath.PI * (section + 0.5) / sections;
    }
}
