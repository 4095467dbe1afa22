package dev.onsale.command.catalog.seatmap;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Collects the arrays of a {@link SeatPlan}. */
final class SeatPlanBuilder {
    static final int KIND = 3;
    static final int RESTRICTED = 4;
    static final byte SEPARATOR = -1;

    final List<String> sections = new ArrayList<>();
    final List<OrdinalRange> sectionRanges = new ArrayList<>();
    final List<String> rows = new ArrayList<>();
    final List<Integer> runStarts = new ArrayList<>();
    final List<Integer> runCounts = new ArrayList<>();
    final List<Integer> runFirstNumbers = new ArrayList<>();
    final List<Integer> runSections = new ArrayList<>();
    final Map<String, OrdinalRange> runsByRow = new HashMap<>();
    List<SeatMap.Area> areas = List.of();
    byte[] kinds = new byte[1024];
    int ordinals;
    int seatCount;

    SeatPlanBuilder add(SeatMap map) {
        map.sections().forEach(this::add);
        areas = List.copyOf(map.areas());
        return this;
    }

    SeatPlan build() {
        return new SeatPlan(this);
    }

    private void add(SeatMap.Section section) {
        int first = ordinals;
        sections.add(section.code());
        for (SeatMap.Row row : section.rows()) {
            int firstRun = rows.size();
            row.runs().forEach(run -> add(row, run));
            runsByRow.put(section.code() + "-" + row.code(), new OrdinalRange(firstRun, rows.size()));
        }
        sectionRanges.add(new OrdinalRange(first, ordinals));
    }

    private void add(SeatMap.Row row, SeatMap.Run run) {
        rows.add(row.code());
        runStarts.add(ordinals);
        runCounts.add(run.count());
        runFirstNumbers.add(run.firstNumber());
        runSections.add(sections.size() - 1);
        for (int i = 0; i < run.count(); i++) {
            put(kind(row, run.firstNumber() + i));
        }
        put(SEPARATOR);
        seatCount += run.count();
    }

    private void put(byte kind) {
        if (ordinals == kinds.length) {
            kinds = Arrays.copyOf(kinds, kinds.length * 2);
        }
        kinds[ordinals++] = kind;
    }

    private static byte kind(SeatMap.Row row, int number) {
        int kind = row.accessible().contains(number) ? 1 : row.companion().contains(number) ? 2 : 0;
        return (byte) (kind | (row.restrictedView().contains(number) ? RESTRICTED : 0));
    }
}
