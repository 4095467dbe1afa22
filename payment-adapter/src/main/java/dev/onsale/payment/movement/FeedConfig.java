package dev.onsale.payment.movement;

import dev.onsale.runtime.config.Config;
import java.time.Duration;

/**
 * How others follow payments.
 *
 * @param poll how often to look for changes; shorter tells sooner and costs a query each
 * @param maxWatchers most followers at once on this node; more are refused
 */
record FeedConfig(Duration poll, int maxWatchers) {

    /** Reads {@code payment.feed.*}. */
    static FeedConfig from(Config config) {
        return new FeedConfig(
                config.duration(
                        "payment.feed.poll", Duration.ofMillis(100), Duration.ofMillis(1), Duration.ofMinutes(1)),
                config.integer("payment.feed.max-watchers", 64, 1, 10_000));
    }
}
