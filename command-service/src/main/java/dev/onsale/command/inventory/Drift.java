package dev.onsale.command.inventory;

import java.util.Map;
import java.util.TreeMap;

/**
 * What differs between Redis and PostgreSQL in one reading, and does not pass by itself if it stays.
 *
 * @param misshapen the texts of seats do not even fit: another length, or a seat where there is none
 * @param seats wrong seats by ordinal
 * @param areas wrong areas by index
 */
record Drift(boolean misshapen, Map<Integer, WrongSeat> seats, Map<Integer, WrongArea> areas) {
    static final Drift MISSHAPEN = new Drift(true, Map.of(), Map.of());

    /**
     * A seat that is wrong in Redis.
     *
     * @param redis its status there, 0 to 4
     * @param durable its status in PostgreSQL
     */
    record WrongSeat(int redis, int durable) {
        /** What it must become: the marks of durable holds count as free, since Redis decides about holds. */
        int right() {
            return durable == 1 ? 0 : durable;
        }
    }

    /**
     * An area whose counters are wrong in Redis.
     *
     * @param claimed how many more are reserved or sold in PostgreSQL
     * @param blocked how many more are blocked there
     */
    record WrongArea(int claimed, int blocked) {}

    boolean empty() {
        return !misshapen && seats.isEmpty() && areas.isEmpty();
    }

    int size() {
        return seats.size() + areas.size();
    }

    /** What is the same in the next reading. */
    Drift and(Drift next) {
        return new Drift(misshapen && next.misshapen, both(seats, next.seats), both(areas, next.areas));
    }

    private static <T> Map<Integer, T> both(Map<Integer, T> one, Map<Integer, T> other) {
        Map<Integer, T> both = new TreeMap<>(one);
        both.entrySet().removeIf(entry -> !entry.getValue().equals(other.get(entry.getKey())));
        return both;
    }
}
