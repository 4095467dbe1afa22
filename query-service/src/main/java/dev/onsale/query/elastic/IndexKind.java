package dev.onsale.query.elastic;

import java.io.InputStream;

/** The read side's indexes. Each is an alias over one versioned index, whose mapping is a file beside this class. */
public enum IndexKind {
    /** Events, for browsing and searching. Id: the event. Version: the row's. */
    EVENTS("events"),
    /** A document per event and section or area. Id: `event:section`. Version: the event's inventory version. */
    SEAT_BLOCKS("seat-blocks"),
    /** Layouts by their content hash; they never change. */
    LAYOUTS("layouts"),
    /** Bookings, for support. Id: the booking. Version: the row's. */
    BOOKINGS("bookings");

    private final String label;

    IndexKind(String label) {
        this.label = label;
    }

    /**
     * Tells the name.
     *
     * @return the alias without a prefix
     */
    public String label() {
        return label;
    }

    /**
     * Reads settings and mapping.
     *
     * @return the body of an index creation
     */
    public InputStream definition() {
        InputStream file = IndexKind.class.getResourceAsStream(label + ".json");
        if (file == null) {
            throw new IllegalStateException("No mapping of " + label);
        }
        return file;
    }
}
