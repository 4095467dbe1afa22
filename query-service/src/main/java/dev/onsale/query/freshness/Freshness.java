package dev.onsale.query.freshness;

import com.google.protobuf.util.Timestamps;
import dev.onsale.proto.query.v1.AsOf;

/**
 * When a source of answers last knew itself up to date. Written by one thread, read by many. Uses the monotonic clock, so
 * that a step of the wall clock makes nothing look fresh or old.
 */
public final class Freshness {
    private final long staleAfterMillis;
    private final long startNanos = System.nanoTime();
    private volatile long freshNanos;
    private volatile boolean everFresh;
    private volatile boolean cutOff = true;

    /**
     * A source that was never up to date yet.
     *
     * @param staleAfterMillis from this age on answers are called stale even if no cut was noticed
     */
    public Freshness(long staleAfterMillis) {
        this.staleAfterMillis = staleAfterMillis;
    }

    /** The source is up to date now. */
    public void upToDate() {
        freshNanos = System.nanoTime();
        everFresh = true;
        cutOff = false;
    }

    /**
     * The source is known to be so old, and no older.
     *
     * @param ageMillis how long ago it was up to date
     */
    public void upToDate(long ageMillis) {
        freshNanos = System.nanoTime() - ageMillis * 1_000_000;
        everFresh = true;
        cutOff = false;
    }

    /** The source can't be reached. */
    public void cutOff() {
        cutOff = true;
    }

    /**
     * Tells the age.
     *
     * @return milliseconds since it was last up to date, or since the start if it never was
     */
    public long ageMillis() {
        return (System.nanoTime() - (everFresh ? freshNanos : startNanos)) / 1_000_000;
    }

    /**
     * Tells whether answers may be older than usual.
     *
     * @return true if cut off or too old
     */
    public boolean stale() {
        return cutOff || ageMillis() > staleAfterMillis;
    }

    /**
     * Says how fresh an answer about one event is.
     *
     * @param version the event's version shown
     * @param atMillis when that version was made; 0 if not known
     * @param detached the event's state is a stored one, not followed live
     * @return the message
     */
    public AsOf asOf(long version, long atMillis, boolean detached) {
        AsOf.Builder asOf =
                AsOf.newBuilder().setVersion(version).setAgeMillis(ageMillis()).setStale(detached || stale());
        if (atMillis > 0) {
            asOf.setTime(Timestamps.fromMillis(atMillis));
        }
        return asOf.build();
    }

    /**
     * Says how fresh an answer about no single event is.
     *
     * @return the message, its time that of the last update
     */
    public AsOf asOf() {
        return asOf(0, System.currentTimeMillis() - ageMillis(), false);
    }
}
