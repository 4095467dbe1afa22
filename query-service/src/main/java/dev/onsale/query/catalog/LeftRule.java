package dev.onsale.query.catalog;

import dev.onsale.runtime.config.Config;

/**
 * From when on little is left: below a share of the capacity, or below a number of places; in a small hall that number is a
 * quarter of the capacity, so that it does not begin with few left.
 *
 * @param sharePercent the share: too high, and fans hurry for nothing; too low, and they are told too late
 * @param places the number of places
 */
public record LeftRule(int sharePercent, int places) {
    private static final int SMALL_HALL = 4;

    /**
     * Reads the configuration.
     *
     * @param config where from
     * @return the record
     */
    public static LeftRule from(Config config) {
        return new LeftRule(
                config.integer("query.few-left.share-percent", 5, 0, 100),
                config.integer("query.few-left.places", 50, 0, 1_000_000));
    }

    /**
     * Applies the rule.
     *
     * @param available free places
     * @param capacity all places
     * @return the word
     */
    public Left of(int available, int capacity) {
        if (available <= 0) {
            return Left.NOTHING;
        }
        boolean few = available * 100L < (long) capacity * sharePercent
                || available < Math.min(places, capacity / SMALL_HALL);
        return few ? Left.FEW : Left.ENOUGH;
    }
}
