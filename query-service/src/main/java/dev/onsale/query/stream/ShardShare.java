package dev.onsale.query.stream;

import java.util.List;
import java.util.stream.IntStream;

/** Which shards a reader works on. */
public interface ShardShare {
    /**
     * Begins a round. Until the next one begins, the reader may be at work on these shards.
     *
     * @return shards in ascending order; may be empty
     */
    List<Integer> begin();

    /**
     * All shards, always: for a group of which there is only one reader.
     *
     * @param streams the shards
     * @return the share
     */
    static ShardShare all(ShardStreams streams) {
        List<Integer> all = IntStream.range(0, streams.shards()).boxed().toList();
        return () -> all;
    }
}
