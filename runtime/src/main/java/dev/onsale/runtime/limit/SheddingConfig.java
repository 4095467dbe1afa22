package dev.onsale.runtime.limit;

import dev.onsale.runtime.config.Config;

/**
 * How many unary calls a node works on at once before it sheds some. The number follows how long they take.
 *
 * @param enabled whether it sheds load at all
 * @param least never fewer than this; too low sheds calls of a node that has little to do, when they change from quick ones
 *     to slow ones
 * @param first where it begins
 * @param most never more than this; too high lets calls queue for longer than callers wait
 */
public record SheddingConfig(boolean enabled, int least, int first, int most) {

    private static final int MOST = 100_000;

    /** Reads {@code limits.shedding} and {@code limits.concurrency.*}. */
    static SheddingConfig from(Config config) {
        int least = config.integer("limits.concurrency.least", 50, 1, MOST);
        int most = config.integer("limits.concurrency.most", 500, 1, MOST);
        int first = config.integer("limits.concurrency.first", 100, 1, MOST);
        if (!(least <= first && first <= most)) {
            config.reject("limits.concurrency.first", Integer.toString(first), "between least and most");
        }
        return new SheddingConfig(config.bool("limits.shedding", true), least, first, most);
    }
}
