package dev.onsale.query.venue;

/**
 * A section or area as a polygon, in tenths of a metre.
 *
 * @param code its code
 * @param name for people
 * @param x coordinates of the corners
 * @param y coordinates of the corners
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Shape(String code, String name, int[] x, int[] y) {
    int left() {
        return least(x);
    }

    int right() {
        return most(x);
    }

    int top() {
        return least(y);
    }

    int bottom() {
        return most(y);
    }

    /** Where the label goes: the centre of the area, or of the box if the area is nothing. */
    double[] middle() {
        double twice = 0;
        double sumX = 0;
        double sumY = 0;
        for (int i = 0; i < x.length; i++) {
            int next = (i + 1) % x.length;
            double cross = (double) x[i] * y[next] - (double) x[next] * y[i];
            twice += cross;
            sumX += (x[i] + x[next]) * cross;
            sumY += (y[i] + y[next]) * cross;
        }
        return Math.abs(twice) < 1
                ? new double[] {(left() + right()) / 2.0, (top() + bottom()) / 2.0}
                : new double[] {sumX / (3 * twice), sumY / (3 * twice)};
    }

    /** How large a label may be, so that it stays inside: about the polygon's own size. */
    double room() {
        double twice = 0;
        for (int i = 0; i < x.length; i++) {
            int next = (i + 1) % x.length;
            twice += (double) x[i] * y[next] - (double) x[next] * y[i];
        }
        return Math.sqrt(Math.abs(twice) / 2);
    }

    private static int least(int[] numbers) {
        int least = Integer.MAX_VALUE;
        for (int number : numbers) {
            least = Math.min(least, number);
        }
        return least;
    }

    private static int most(int[] numbers) {
        int most = Integer.MIN_VALUE;
        for (int number : numbers) {
            most = Math.max(most, number);
        }
        return most;
    }
}
