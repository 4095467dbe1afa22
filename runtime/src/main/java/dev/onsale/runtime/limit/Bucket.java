package dev.onsale.runtime.limit;

/**
 * A share of the service that is used up by calls and comes back with time.
 *
 * @param dimension what it is a share of, as callers and metrics see it: {@code address}, {@code account}, ...; few values
 * @param id whose share it is, e.g. the account
 * @param rate how it fills
 */
public record Bucket(String dimension, String id, Rate rate) {

    /** All buckets have one hash tag: a message takes from several of them in one script. */
    private static final String TAG = "{limits}";

    /** Its key, in Redis and in the node. */
    String key() {
        return TAG + dimension + ':' + id;
    }
}
