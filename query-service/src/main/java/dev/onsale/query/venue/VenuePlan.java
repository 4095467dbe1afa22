package dev.onsale.query.venue;

import dev.onsale.proto.query.v1.AreaLayout;
import dev.onsale.proto.query.v1.SeatRun;
import dev.onsale.proto.query.v1.SectionLayout;
import dev.onsale.query.layout.EventLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * The shapes of a layout, sections first, then areas, each in the layout's order. What has no outline gets one: sections
 * around their seats, areas in a row below everything.
 *
 * @param hash of the layout
 * @param shapes what is drawn
 */
record VenuePlan(String hash, List<Shape> shapes) {
    private static final int GAP = 20;
    private static final int BOX_WIDTH = 200;
    private static final int BOX_HEIGHT = 80;
    private static final int STRAIGHT = 4;

    static VenuePlan of(EventLayout layout) {
        List<Shape> shapes = new ArrayList<>();
        layout.message().getSectionsList().forEach(section -> shapes.add(section(section)));
        List<AreaLayout> areas = layout.message().getAreasList();
        areas.stream()
                .filter(area -> Outline.isDrawn(area.getOutlineList()))
                .forEach(area -> shapes.add(Outline.drawn(area.getAreaId(), area.getName(), area.getOutlineList())));
        int left = shapes.stream().mapToInt(Shape::left).min().orElse(0);
        int below = shapes.stream().mapToInt(Shape::bottom).max().orElse(0) + GAP;
        List<Shape> ordered =
                new ArrayList<>(shapes.subList(0, layout.sections().size()));
        for (AreaLayout area : areas) {
            if (Outline.isDrawn(area.getOutlineList())) {
                ordered.add(Outline.drawn(area.getAreaId(), area.getName(), area.getOutlineList()));
            } else {
                ordered.add(Outline.box(
                        area.getAreaId(), area.getName(), left, below, left + BOX_WIDTH, below + BOX_HEIGHT));
                left += BOX_WIDTH + GAP;
            }
        }
        return new VenuePlan(layout.hash(), List.copyOf(ordered));
    }

    int left() {
        return shapes.stream().mapToInt(Shape::left).min().orElse(0);
    }

    int right() {
        return shapes.stream().mapToInt(Shape::right).max().orElse(1);
    }

    int top() {
        return shapes.stream().mapToInt(Shape::top).min().orElse(0);
    }

    int bottom() {
        return shapes.stream().mapToInt(Shape::bottom).max().orElse(1);
    }

    private static Shape section(SectionLayout section) {
        if (Outline.isDrawn(section.getOutlineList())) {
            return Outline.drawn(section.getSection(), section.getName(), section.getOutlineList());
        }
        List<int[]> seats = new ArrayList<>();
        section.getRunsList().forEach(run -> seats(run, seats));
        if (seats.isEmpty()) {
            seats.add(new int[] {0, 0});
        }
        return Outline.around(section.getSection(), section.getName(), seats);
    }

    private static void seats(SeatRun run, List<int[]> seats) {
        List<Integer> numbers = run.getCoordinatesList();
        if (numbers.size() < 2) {
            return;
        }
        int x = numbers.get(0);
        int y = numbers.get(1);
        for (int seat = 0; seat < run.getLength(); seat++) {
            seats.add(new int[] {x, y});
            int step = numbers.size() == STRAIGHT ? 2 : 2 * (seat + 1);
            if (step + 1 < numbers.size()) {
                x += numbers.get(step);
                y += numbers.get(step + 1);
            }
        }
    }
}
