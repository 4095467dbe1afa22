package dev.onsale.query.bookingsearch;

import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.runtime.error.Refusal;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** Counts the searches whose pages are kept: a search counts until its last page, or until nobody has asked for so long. */
final class KeptSearches {
    private final int most;
    private final Duration keep;
    private final Deque<Long> ends = new ArrayDeque<>();

    KeptSearches(int most, Duration keep) {
        this.most = most;
        this.keep = keep;
    }

    /** One more is kept; throws OVERLOADED if there are too many. */
    synchronized void begin() {
        long now = System.nanoTime();
        while (!ends.isEmpty() && ends.getFirst() - now <= 0) {
            ends.removeFirst();
        }
        if (ends.size() >= most) {
            throw Refusal.of(ErrorReason.ERROR_REASON_OVERLOADED, "Too many searches keep their pages here")
                    .retryAfter(Duration.ofSeconds(1));
        }
        ends.addLast(now + keep.toNanos());
    }

    /** One of them is asked for a page: it is kept longer. */
    synchronized void goOn() {
        if (!ends.isEmpty()) {
            ends.removeFirst();
            ends.addLast(System.nanoTime() + keep.toNanos());
        }
    }

    /** One of them is at its end. Which one does not matter: they are only counted. */
    synchronized void end() {
        ends.pollLast();
    }
}
