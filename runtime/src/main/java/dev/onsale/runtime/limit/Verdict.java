package dev.onsale.runtime.limit;

/**
 * Whether a message may pass, and how its caller stands.
 *
 * @param bucket the lowest of its buckets; if it may not pass, the one that takes longest to have enough again
 * @param left whole tokens left in that
 * @param waitNanos how long until that has enough; 0: the message may pass, its tokens are taken
 */
record Verdict(Bucket bucket, long left, long waitNanos) {

    boolean passes() {
        return waitNanos <= 0;
    }
}
