package dev.onsale.client.seatmap;

import dev.onsale.proto.query.v1.AreaStatuses;

/**
 * How many places are what.
 *
 * @param available free
 * @param held held
 * @param sold reserved or sold
 * @param blocked off sale
 */
public record Counts(int available, int held, int sold, int blocked) {
    static Counts of(AreaStatuses area) {
        return new Counts(area.getAvailable(), area.getHeld(), area.getSold(), area.getBlocked());
    }

    /**
     * Adds up.
     *
     * @return all places
     */
    public int total() {
        return available + held + sold + blocked;
    }
}
