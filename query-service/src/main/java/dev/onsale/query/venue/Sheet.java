package dev.onsale.query.venue;

import java.util.ArrayList;
import java.util.List;

/** Where everything of a picture goes, in pixels: the same for every format. */
record Sheet(int width, int height, double scale, double dx, double dy, int titleHeight) {
    static final int MARGIN = 20;
    static final int TITLE = 44;
    static final int LEGEND = 40;
    static final int SWATCH = 16;
    static final int LEGEND_STEP = 150;
    private static final int LONGEST_SIDE = 1000;
    private static final double LARGEST_LABEL = 22;
    private static final double SMALLEST_LABEL = 7;

    static Sheet of(VenuePicture picture) {
        VenuePlan plan = picture.plan();
        double wide = Math.max(1, plan.right() - plan.left());
        double high = Math.max(1, plan.bottom() - plan.top());
        double scale = LONGEST_SIDE / Math.max(wide, high);
        int title = picture.title().isEmpty() ? 0 : TITLE;
        int legend = picture.isLive() ? LEGEND : 0;
        int least = picture.isLive() ? legendLevels().size() * LEGEND_STEP : 200;
        int width = (int) Math.max(least, Math.ceil(wide * scale)) + 2 * MARGIN;
        int height = (int) Math.ceil(high * scale) + 2 * MARGIN + title + legend;
        double dx = (width - wide * scale) / 2 - plan.left() * scale;
        double dy = MARGIN + title - plan.top() * scale;
        return new Sheet(width, height, scale, dx, dy, title);
    }

    static List<Level> legendLevels() {
        List<Level> levels = new ArrayList<>(List.of(Level.values()));
        levels.remove(Level.PLAIN);
        return levels;
    }

    double x(double x) {
        return x * scale + dx;
    }

    double y(double y) {
        return y * scale + dy;
    }

    /** Size of a shape's label; 0: there is no room for one. */
    double labelSize(Shape shape) {
        double room = shape.room() * scale / Math.max(2, shape.code().length());
        return room < SMALLEST_LABEL ? 0 : Math.min(LARGEST_LABEL, room);
    }

    int legendTop() {
        return height - LEGEND;
    }
}
