package dev.onsale.query.inventoryaudit;

/**
 * Where something may differ.
 *
 * @param kind which comparison
 * @param section index of the section or area in the layout; -1: the event as a whole
 * @param ordinal ordinal of the seat; -1: the section or area as a whole
 */
record Spot(Kind kind, int section, int ordinal) {
    /** Which comparison. */
    enum Kind {
        /** A section, Redis with PostgreSQL. */
        SEATS_DURABLE,
        /** A section, Redis with Elasticsearch. */
        SEATS_INDEXED,
        /** An area, Redis with PostgreSQL. */
        AREA_DURABLE,
        /** An area, Redis with Elasticsearch. */
        AREA_INDEXED,
        /** The event. */
        EVENT
    }

    boolean area() {
        return kind == Kind.AREA_DURABLE || kind == Kind.AREA_INDEXED;
    }

    boolean indexed() {
        return kind == Kind.SEATS_INDEXED || kind == Kind.AREA_INDEXED;
    }
}
