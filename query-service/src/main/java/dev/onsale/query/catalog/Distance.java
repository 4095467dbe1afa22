package dev.onsale.query.catalog;

import dev.onsale.query.catalog.EventDocument.Point;

/** Distances on the earth as a sphere, as Elasticsearch measures them too. */
final class Distance {
    private static final double RADIUS_KM = 6371.0087714;

    private Distance() {}

    /** Along the great circle, in kilometres: right across the date line and the poles. */
    static double km(Point from, Point to) {
        double north = Math.toRadians(to.lat() - from.lat()) / 2;
        double east = Math.toRadians(to.lon() - from.lon()) / 2;
        double chord = Math.pow(Math.sin(north), 2)
                + Math.cos(Math.toRadians(from.lat()))
                        * Math.cos(Math.toRadians(to.lat()))
                        * Math.pow(Math.sin(east), 2);
        return 2 * RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(chord)));
    }
}
