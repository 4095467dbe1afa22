package dev.onsale.query.seatmap;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the order of one event's changes: each version is applied once, after the one before it. Guarded by its owner.
 */
public final class SeatTrack {
    private @Nullable SeatState state;

    /** What one offer came to. */
    public enum Step {
        /** All are in the state, or were before. */
        CAUGHT_UP,
        /** Versions are missing, or the inventory was loaded anew: read the snapshot, then offer the changes again. */
        GAP
    }

    /** Told of every version that is applied. */
    @FunctionalInterface
    public interface Applied {
        /**
         * Called after a change was applied.
         *
         * @param change the change
         */
        void change(SeatChange change);
    }

    /**
     * Gives the state.
     *
     * @return null before the first snapshot
     */
    public @Nullable SeatState state() {
        return state;
    }

    /**
     * Starts again from a snapshot, whatever was known: an older one than the state means that the write side went back.
     *
     * @param snapshot the state read
     */
    public void restart(SeatState snapshot) {
        state = snapshot;
    }

    /**
     * Applies what follows on; passes over what is known.
     *
     * @param changes in any order of versions at all; best in their own
     * @param applied told of each change that was applied
     * @return whether the state is now at the newest of the changes
     */
    public Step offer(List<SeatChange> changes, Applied applied) {
        SeatState base = state;
        if (base == null) {
            return changes.isEmpty() ? Step.CAUGHT_UP : Step.GAP;
        }
        SeatStateEditor editor = new SeatStateEditor(base);
        Step step = Step.CAUGHT_UP;
        for (SeatChange change : changes) {
            if (change.version() <= editor.version()) {
                continue;
            }
            if (change.reload() || change.version() != editor.version() + 1) {
                step = Step.GAP;
                break;
            }
            apply(editor, change);
            applied.change(change);
        }
        if (editor.version() != base.version()) {
            state = editor.done();
        }
        return step;
    }

    private static void apply(SeatStateEditor editor, SeatChange change) {
        editor.advance(change.version(), change.atMillis());
        for (int ordinal : change.ordinals()) {
            editor.seat(ordinal, change.code());
        }
        change.areas().forEach(editor::area);
    }
}
