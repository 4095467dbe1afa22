package dev.onsale.waitingroom.live;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** When positions were called, as far as this node saw it: the last few thousand calls. */
final class CallTimes {

    private static final int MOST = 16_384; // More than an hour of four calls a second.

    private final ConcurrentSkipListMap<Long, Instant> byLastPosition = new ConcurrentSkipListMap<>();

    void called(long lastPosition, Instant when) {
        byLastPosition.putIfAbsent(lastPosition, when);
        if (byLastPosition.size() > MOST) {
            byLastPosition.pollFirstEntry();
        }
    }

    /** Positions before the first call seen have an unknown time. */
    Optional<Instant> of(long position) {
        var first = byLastPosition.firstEntry();
        return first == null || position < first.getKey()
                ? Optional.empty()
                : Optional.ofNullable(byLastPosition.ceilingEntry(position)).map(Map.Entry::getValue);
    }
}
