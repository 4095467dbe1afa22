package dev.onsale.query.venue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Corners of a polygon: as they were drawn, or around points. */
final class Outline {
    private static final int NUMBERS_OF_A_TRIANGLE = 6;
    private static final int MARGIN = 5;

    private Outline() {}

    /** Whether numbers x, y, x, y, ... are a polygon. */
    static boolean isDrawn(List<Integer> numbers) {
        return numbers.size() >= NUMBERS_OF_A_TRIANGLE && numbers.size() % 2 == 0;
    }

    static Shape drawn(String code, String name, List<Integer> numbers) {
        int corners = numbers.size() / 2;
        int[] x = new int[corners];
        int[] y = new int[corners];
        for (int i = 0; i < corners; i++) {
            x[i] = numbers.get(2 * i);
            y[i] = numbers.get(2 * i + 1);
        }
        return new Shape(code, name, x, y);
    }

    static Shape box(String code, String name, int left, int top, int right, int bottom) {
        return new Shape(code, name, new int[] {left, right, right, left}, new int[] {top, top, bottom, bottom});
    }

    /** The convex hull of the points, with a margin: each point counts as a small square, so one point will do. */
    static Shape around(String code, String name, List<int[]> points) {
        List<int[]> squares = new ArrayList<>();
        for (int[] point : points) {
            for (int dx = -MARGIN; dx <= MARGIN; dx += 2 * MARGIN) {
                for (int dy = -MARGIN; dy <= MARGIN; dy += 2 * MARGIN) {
                    squares.add(new int[] {point[0] + dx, point[1] + dy});
                }
            }
        }
        squares.sort(Comparator.<int[]>comparingInt(point -> point[0]).thenComparingInt(point -> point[1]));
        List<int[]> hull = new ArrayList<>(half(squares));
        hull.addAll(half(squares.reversed()));
        return new Shape(
                code,
                name,
                hull.stream().mapToInt(point -> point[0]).toArray(),
                hull.stream().mapToInt(point -> point[1]).toArray());
    }

    /** One side of the hull (Andrew's monotone chain), without its last point. */
    private static List<int[]> half(List<int[]> sorted) {
        List<int[]> side = new ArrayList<>();
        for (int[] point : sorted) {
            while (side.size() >= 2 && cross(side.get(side.size() - 2), side.getLast(), point) <= 0) {
                side.removeLast();
            }
            side.add(point);
        }
        side.removeLast();
        return side;
    }

    private static long cross(int[] from, int[] over, int[] to) {
        return (long) (over[0] - from[0]) * (to[1] - from[1]) - (long) (over[1] - from[1]) * (to[0] - from[0]);
    }
}
