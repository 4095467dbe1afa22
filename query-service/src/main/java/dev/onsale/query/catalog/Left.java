package dev.onsale.query.catalog;

import java.util.Locale;

/** How much of an event is left, in one word, whether it is on sale or not. Kept in the index, where searches filter by it. */
public enum Left {
    /** Enough. */
    ENOUGH,
    /** Little. */
    FEW,
    /** Not one place is free. */
    NOTHING;

    /**
     * Says it as the index has it.
     *
     * @return lower case
     */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Guesses it while the inventory is not known.
     *
     * @param status as in PostgreSQL
     * @return NOTHING if it is sold out
     */
    public static Left ofStatus(String status) {
        return status.equals("sold_out") ? NOTHING : ENOUGH;
    }
}
