package dev.onsale.command.catalog.seatmap;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Every seat of a seat map with its ordinal, in a few arrays: about one byte a seat and 20 a run. Ordinals walk sections, rows
 * and runs in order; after each run one ordinal is a separator that nobody has. Immutable.
 */
public final class SeatPlan {
    private final List<String> sections;
    private final OrdinalRange[] sectionRanges;
    private final String[] rows;
    private final int[] runStarts;
    private final int[] runCounts;
    private final int[] runFirstNumbers;
    private final int[] runSections;
    private final byte[] kinds;
    private final Map<String, OrdinalRange> runsByRow;
    private final List<SeatMap.Area> areas;
    private final int seatCount;

    SeatPlan(SeatPlanBuilder from) {
        sections = List.copyOf(from.sections);
        sectionRanges = from.sectionRanges.toArray(OrdinalRange[]::new);
        rows = from.rows.toArray(String[]::new);
        runStarts = from.runStarts.stream().mapToInt(Integer::intValue).toArray();
        runCounts = from.runCounts.stream().mapToInt(Integer::intValue).toArray();
        runFirstNumbers =
                from.runFirstNumbers.stream().mapToInt(Integer::intValue).toArray();
        runSections = from.runSections.stream().mapToInt(Integer::intValue).toArray();
        kinds = Arrays.copyOf(from.kinds, from.ordinals);
        runsByRow = Map.copyOf(from.runsByRow);
        areas = from.areas;
        seatCount = from.seatCount;
    }

    /** Numbers the seats of a map. */
    public static SeatPlan of(SeatMap map) {
        return new SeatPlanBuilder().add(map).build();
    }

    /** How many ordinals there are: seats and separators, the length of the packed statuses. */
    public int ordinals() {
        return kinds.length;
    }

    /** How many seats there are. */
    public int seatCount() {
        return seatCount;
    }

    /** Codes of the sections, best first. */
    public List<String> sections() {
        return sections;
    }

    /** The general admission areas, by index. */
    public List<SeatMap.Area> areas() {
        return areas;
    }

    /** All ordinals of the section with this index. */
    public OrdinalRange sectionRange(int section) {
        return sectionRanges[section];
    }

    /** How many runs there are. */
    public int runs() {
        return runStarts.length;
    }

    /** The run with this index: seats side by side. */
    public SeatRun run(int index) {
        return new SeatRun(
                sections.get(runSections[index]),
                rows[index],
                runFirstNumbers[index],
                runStarts[index],
                runCounts[index]);
    }

    /** One byte an ordinal: kind in bits 0 and 1, restricted view in bit 2; -1 for a separator. A copy. */
    public byte[] kinds() {
        return kinds.clone();
    }

    /** Whether a seat has this ordinal: not a separator, not out of range. */
    public boolean isSeat(int ordinal) {
        return ordinal >= 0 && ordinal < kinds.length && kinds[ordinal] >= 0;
    }

    /** The seat with this ordinal. @throws IndexOutOfBoundsException if nobody has it */
    public SeatPlace place(int ordinal) {
        if (!isSeat(ordinal)) {
            throw new IndexOutOfBoundsException("no seat has ordinal " + ordinal);
        }
        int found = Arrays.binarySearch(runStarts, ordinal);
        int run = found >= 0 ? found : -found - 2;
        return new SeatPlace(
                ordinal,
                runSections[run],
                sections.get(runSections[run]),
                rows[run],
                runFirstNumbers[run] + ordinal - runStarts[run],
                kinds[ordinal] & SeatPlanBuilder.KIND,
                (kinds[ordinal] & SeatPlanBuilder.RESTRICTED) != 0);
    }

    /** The ordinal of {@code <section>-<row>-<number>}; empty if there is no such seat, or it is written in another way. */
    public OptionalInt ordinal(String seatId) {
        int dash = seatId.lastIndexOf('-');
        OrdinalRange runs = dash < 0 ? null : runsByRow.get(seatId.substring(0, dash));
        if (runs == null) {
            return OptionalInt.empty();
        }
        return ordinal(runs, number(seatId, dash + 1));
    }

    private OptionalInt ordinal(OrdinalRange runs, int number) {
        for (int run = runs.first(); run < runs.end(); run++) {
            int offset = number - runFirstNumbers[run];
            if (offset >= 0 && offset < runCounts[run]) {
                return OptionalInt.of(runStarts[run] + offset);
            }
        }
        return OptionalInt.empty();
    }

    private static int number(String text, int from) {
        if (from == text.length() || text.length() - from > 5 || text.charAt(from) == '0') {
            return -1;
        }
        int number = 0;
        for (int i = from; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
