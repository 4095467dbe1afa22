package dev.onsale.query.seatmap;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the next state from one state, copying only the sections that change. For one thread. */
final class SeatStateEditor {
    private final SeatState base;
    private final byte[] @Nullable [] edited;
    private final long[] touched;
    private final List<SeatState.AreaState> areas;
    private long version;
    private long atMillis;

    SeatStateEditor(SeatState base) {
        this.base = base;
        this.edited = new byte[base.sections().size()][];
        this.touched = new long[edited.length];
        this.areas = new ArrayList<>(base.areas());
        this.version = base.version();
        this.atMillis = base.atMillis();
    }

    /** Begins the changes of the next version. */
    void advance(long toVersion, long toMillis) {
        version = toVersion;
        atMillis = toMillis;
    }

    /** Sets a seat; an ordinal that is in no section is passed over. */
    void seat(int ordinal, int code) {
        int index = base.layout().sectionOf(ordinal);
        if (index < 0) {
            return;
        }
        byte[] packed = edited[index];
        if (packed == null) {
            packed = base.sections().get(index).packed().clone();
            edited[index] = packed;
        }
        Packed.set(packed, ordinal - base.layout().sections().get(index).firstOrdinal(), code);
        touched[index] = version;
    }

    /** Sets an area; an index that is no area is passed over. */
    void area(int index, SeatCounts counts) {
        if (index >= 0 && index < areas.size()) {
            areas.set(index, new SeatState.AreaState(counts, version));
        }
    }

    long version() {
        return version;
    }

    SeatState done() {
        List<SeatState.SectionState> sections = new ArrayList<>(base.sections());
        for (int i = 0; i < edited.length; i++) {
            byte[] packed = edited[i];
            if (packed != null) {
                sections.set(
                        i, SeatState.SectionState.of(base.layout().sections().get(i), packed, touched[i]));
            }
        }
        return new SeatState(base.layout(), version, atMillis, List.copyOf(sections), List.copyOf(areas));
    }
}
