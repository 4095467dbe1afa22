package dev.onsale.demo;

/**
 * A piece of an ellipse around the middle of the pitch, measured along its length. Lengths in tenths of a metre. Uses
 * {@link StrictMath}, so that every machine draws the same stadium.
 */
final class Arc {
    private static final int STEPS = 64;

    private final double halfLength;
    private final double halfWidth;
    private final double from;
    private final double to;
    private final double[] lengths = new double[STEPS + 1];

    /** @param from and {@code to} in radians, counter-clockwise from the positive x axis */
    Arc(double halfLength, double halfWidth, double from, double to) {
        this.halfLength = halfLength;
        this.halfWidth = halfWidth;
        this.from = from;
        this.to = to;
        for (int i = 1; i <= STEPS; i++) {
            lengths[i] =
                    lengths[i - 1] + StrictMath.hypot(x(angle(i)) - x(angle(i - 1)), y(angle(i)) - y(angle(i - 1)));
        }
    }

    double length() {
        return lengths[STEPS];
    }

    /** The point that far along the arc: x and y. */
    int[] at(double distance) {
        int step = 1;
        while (step < STEPS && lengths[step] < distance) {
            step++;
        }
        double within = (distance - lengths[step - 1]) / (lengths[step] - lengths[step - 1]);
        double angle = angle(step - 1) + within * (angle(step) - angle(step - 1));
        return new int[] {(int) StrictMath.rint(x(angle)), (int) StrictMath.rint(y(angle))};
    }

    private double angle(int step) {
        return from + (to - from) * step / STEPS;
    }

    private double x(double angle) {
        return halfLength * StrictMath.cos(angle);
    }

    private double y(double angle) {
        return halfWidth * StrictMath.sin(angle);
    }
}
