package dev.onsale.query.venue;

import dev.onsale.query.seatmap.SeatCounts;

/**
 * How much of a section is free, coarsely. The colours are told apart by people who see no red or no green, and by their
 * lightness alone: blue from dark to light, then orange; grey is gone.
 */
enum Level {
    /** Drawn without live counts. */
    PLAIN("#c6dbef", "#08306b", ""),
    /** More than 60 of 100. */
    PLENTY("#08519c", "#ffffff", "plenty free"),
    /** More than 30 of 100. */
    MANY("#4292c6", "#000000", "many free"),
    /** More than 10 of 100. */
    SOME("#b3d4ea", "#000000", "some free"),
    /** Hardly any. */
    FEW("#fdae61", "#000000", "few left"),
    /** None. */
    SOLD_OUT("#6b6b6b", "#ffffff", "nothing free"),
    /** Nothing is on sale here. */
    BLOCKED("#f2f2f2", "#555555", "not on sale");

    private final String fill;
    private final String ink;
    private final String words;

    Level(String fill, String ink, String words) {
        this.fill = fill;
        this.ink = ink;
        this.words = words;
    }

    static Level of(SeatCounts counts) {
        int onSale = counts.available() + counts.held() + counts.sold();
        if (onSale == 0) {
            return BLOCKED;
        }
        if (counts.available() == 0) {
            return SOLD_OUT;
        }
        double share = (double) counts.available() / onSale;
        return share > 0.6 ? PLENTY : share > 0.3 ? MANY : share > 0.1 ? SOME : FEW;
    }

    /** Colour of the shape. */
    String fill() {
        return fill;
    }

    /** Colour of what is written on it. */
    String ink() {
        return ink;
    }

    /** For the legend. */
    String words() {
        return words;
    }
}
