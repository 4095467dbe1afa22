package dev.onsale.runtime.limit;

/** How important a call is when there is too much to do. */
enum Lane {
    /** Part of a booking under way, or one of our services at work: shed last. */
    BOOKING(0.6),
    /** Begins or changes something else: a hold, a place in the line. */
    SALE(0.3),
    /** Reads and searches: shed first. */
    READ(0.1),
    /** Operators at the controls, and probes: never shed, or nobody could do anything about the load. */
    CONTROL(0);

    private final double share;

    Lane(double share) {
        this.share = share;
    }

    /** The part of all calls under way that is kept for this lane when there is too much to do, 0 to 1. */
    double share() {
        return share;
    }
}
