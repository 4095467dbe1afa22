package dev.onsale.runtime.limit;

/** What becomes of calls that take from shared buckets while Redis can't tell. */
enum WithoutRedis {
    /** They pass. */
    ALLOW,
    /** They take from buckets of this node that hold its part of the shared ones. */
    LOCAL,
    /** They are refused with DEPENDENCY_UNAVAILABLE. */
    REFUSE
}
