package dev.onsale.query.inventoryaudit;

import dev.onsale.proto.query.v1.DifferenceClass;

/**
 * A difference that may be drift, if it stays.
 *
 * @param kind what it is if it stays
 * @param seen what both sides said: a difference that changes is not the same
 * @param places how many places it is about
 */
record Suspicion(DifferenceClass kind, String seen, int places) {
    private static final String MOVING = "moving";

    /** The same spot in the next reading: the same difference, or one that moves. */
    Suspicion then(Suspicion next) {
        return kind == next.kind && seen.equals(next.seen) ? next : next.moving();
    }

    Suspicion moving() {
        return new Suspicion(kind, MOVING, places);
    }

    boolean isMoving() {
        return seen.equals(MOVING);
    }
}
