package dev.onsale.client.seatmap;

import dev.onsale.proto.query.v1.Layout;
import dev.onsale.proto.query.v1.SeatRun;
import dev.onsale.proto.query.v1.SectionLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Where the places of a layout are: seat ids, ordinals, sections. Immutable. */
public final class Places {
    private static final int NO_SECTION = -1;

    private final String hash;
    private final List<String> sections = new ArrayList<>();
    private final List<Run> runs = new ArrayList<>();
    private final Map<String, List<Run>> runsByRow = new HashMap<>();
    private final BitSet seats = new BitSet();
    private final int[] sectionOf;

    private record Run(String prefix, int firstNumber, int firstOrdinal, int length) {}

    private Places(Layout layout) {
        this.hash = layout.getLayoutHash();
        this.sectionOf = new int[size(layout)];
        Arrays.fill(sectionOf, NO_SECTION);
        for (SectionLayout section : layout.getSectionsList()) {
            section.getRunsList().forEach(run -> add(section, run));
            sections.add(section.getSection());
        }
        runs.sort((a, b) -> Integer.compare(a.firstOrdinal, b.firstOrdinal));
    }

    /**
     * Reads a layout.
     *
     * @param layout from `GetLayout`
     * @return its places
     */
    public static Places of(Layout layout) {
        return new Places(layout);
    }

    /**
     * Names the layout.
     *
     * @return its content hash
     */
    public String hash() {
        return hash;
    }

    /**
     * Lists the sections.
     *
     * @return codes, best first
     */
    public List<String> sections() {
        return List.copyOf(sections);
    }

    /**
     * Tells how many ordinals there are.
     *
     * @return one more than the last seat's
     */
    public int size() {
        return sectionOf.length;
    }

    /**
     * Tells whether an ordinal is a seat.
     *
     * @param ordinal any number
     * @return false for the places between the runs
     */
    public boolean isSeat(int ordinal) {
        return ordinal >= 0 && seats.get(ordinal);
    }

    /**
     * Names a seat.
     *
     * @param ordinal its ordinal
     * @return `section-row-number`, or empty if the ordinal is no seat
     */
    public Optional<String> seatId(int ordinal) {
        if (!isSeat(ordinal)) {
            return Optional.empty();
        }
        int low = 0;
        int high = runs.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (runs.get(middle).firstOrdinal <= ordinal) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        Run run = runs.get(low);
        return Optional.of(run.prefix + (run.firstNumber + ordinal - run.firstOrdinal));
    }

    /**
     * Finds a seat.
     *
     * @param seatId `section-row-number`
     * @return its ordinal, or empty if there is no such seat
     */
    public OptionalInt ordinal(String seatId) {
        int cut = seatId.lastIndexOf('-') + 1;
        int number;
        try {
            number = Integer.parseInt(seatId.substring(cut));
        } catch (NumberFormatException e) {
            return OptionalInt.empty();
        }
        return runsByRow.getOrDefault(seatId.substring(0, cut), List.of()).stream()
                .filter(run -> number >= run.firstNumber && number < run.firstNumber + run.length)
                .mapToInt(run -> run.firstOrdinal + number - run.firstNumber)
                .findFirst();
    }

    /** Index into {@link #sections}, or -1. */
    int sectionIndex(int ordinal) {
        return ordinal >= 0 && ordinal < sectionOf.length ? sectionOf[ordinal] : NO_SECTION;
    }

    private void add(SectionLayout section, SeatRun run) {
        Run known = new Run(
                section.getSection() + "-" + run.getRow() + "-",
                run.getFirstNumber(),
                run.getFirstOrdinal(),
                run.getLength());
        runs.add(known);
        runsByRow.computeIfAbsent(known.prefix, row -> new ArrayList<>()).add(known);
        int end = known.firstOrdinal + known.length;
        seats.set(known.firstOrdinal, end);
        Arrays.fill(sectionOf, known.firstOrdinal, end, sections.size());
    }

    private static int size(Layout layout) {
        return layout.getSectionsList().stream()
                .flatMap(section -> section.getRunsList().stream())
                .mapToInt(run -> run.getFirstOrdinal() + run.getLength())
                .max()
                .orElse(0);
    }
}
