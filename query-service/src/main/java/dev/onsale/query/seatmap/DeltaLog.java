package dev.onsale.query.seatmap;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Remembers which places the last versions touched, so that a watcher that was away can be told only these. Bounded by
 * the number of versions and of places; the oldest are forgotten first. Guarded by its owner's lock.
 */
final class DeltaLog {
    private static final int MOST_VERSIONS = 8192;
    private static final int MOST_PLACES = 200_000;

    private final Deque<Touched> entries = new ArrayDeque<>();
    private int places;

    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Touched(long version, int[] ordinals, int[] areas) {}

    /**
     * The places touched since a version.
     *
     * @param ordinals ordinals of seats
     * @param areas indexes of areas
     */
    record Since(BitSet ordinals, BitSet areas) {}

    void add(long version, int[] ordinals, int[] areas) {
        entries.addLast(new Touched(version, ordinals, areas));
        places += ordinals.length + 1;
        while (entries.size() > MOST_VERSIONS || places > MOST_PLACES) {
            places -= entries.removeFirst().ordinals.length + 1;
        }
    }

    void forget() {
        entries.clear();
        places = 0;
    }

    /** Gives what was touched after a version, or null if that is not known any more. */
    @Nullable Since since(long version, long now) {
        if (version == now) {
            return new Since(new BitSet(), new BitSet());
        }
        Touched oldest = entries.peekFirst();
        if (oldest == null || version > now || version < oldest.version - 1) {
            return null;
        }
        Since since = new Since(new BitSet(), new BitSet());
        for (Touched touched : entries) {
            if (touched.version > version) {
                mark(since.ordinals, touched.ordinals);
                mark(since.areas, touched.areas);
            }
        }
        return since;
    }

    private static void mark(BitSet set, int[] indexes) {
        for (int index : indexes) {
            set.set(index);
        }
    }
}
