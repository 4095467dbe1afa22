package dev.onsale.command.catalog.seatmap;

import java.util.ArrayList;
import java.util.List;

/** The faults found so far; more than {@link #KEPT} are not kept, so that a bad file can't fill the memory. */
final class Faults {
    static final int KEPT = 1_000;

    private final List<SeatMapFault> faults = new ArrayList<>();

    void add(String path, String description) {
        if (faults.size() < KEPT) {
            faults.add(new SeatMapFault(path, description));
        }
    }

    boolean isEmpty() {
        return faults.isEmpty();
    }

    int count() {
        return faults.size();
    }

    List<SeatMapFault> list() {
        return List.copyOf(faults);
    }
}
