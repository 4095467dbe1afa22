package dev.onsale.query.seatmap;

/**
 * How many places there are of each status; they add up to the capacity.
 *
 * @param available free
 * @param held held
 * @param sold reserved or sold
 * @param blocked off sale
 */
public record SeatCounts(int available, int held, int sold, int blocked) {
    /** Nothing at all. */
    public static final SeatCounts NONE = new SeatCounts(0, 0, 0, 0);

    /**
     * Adds.
     *
     * @param other other counts
     * @return the sum
     */
    public SeatCounts plus(SeatCounts other) {
        return new SeatCounts(
                available + other.available, held + other.held, sold + other.sold, blocked + other.blocked);
    }

    /**
     * Adds up.
     *
     * @return the capacity
     */
    public int total() {
        return available + held + sold + blocked;
    }
}
