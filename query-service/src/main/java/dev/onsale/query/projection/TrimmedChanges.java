package dev.onsale.query.projection;

import dev.onsale.runtime.redis.Redis;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sounds the alarm when changes were cut off their stream before they were projected, which our own trimming never does.
 * Nobody can tell what they said, so the indexes may be wrong until they are rebuilt.
 */
public final class TrimmedChanges {
    private static final Logger LOG = LoggerFactory.getLogger(TrimmedChanges.class);
    private static final String WANTED = "onsale:query:rebuild:wanted";

    private final Redis redis;
    private final Counter counter;

    TrimmedChanges(Redis redis, MeterRegistry registry) {
        this.redis = redis;
        this.counter = registry.counter("onsale.projection.trimmed");
    }

    void lost(long changes) {
        if (changes > 0) {
            counter.increment((double) changes);
            LOG.atError()
                    .addKeyValue("changes", changes)
                    .log("Changes were trimmed before they were projected: run a rebuild");
            redis.send(Command.INCRBY, WANTED, Long.toString(changes)).await();
        }
    }

    /**
     * Tells whether changes were lost since the last rebuild.
     *
     * @param redis the connection
     * @return true if the indexes should be rebuilt
     */
    static Future<Boolean> rebuildWanted(Redis redis) {
        return redis.send(Command.GET, WANTED).map(found -> found != null);
    }

    /**
     * The indexes were rebuilt: all is right again.
     *
     * @param redis the connection
     * @return done
     */
    public static Future<Void> rebuilt(Redis redis) {
        return redis.send(Command.DEL, WANTED).mapEmpty();
    }
}
