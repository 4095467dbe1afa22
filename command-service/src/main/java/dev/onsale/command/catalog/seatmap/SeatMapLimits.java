package dev.onsale.command.catalog.seatmap;

/** What a seat map may have at the most. The import refuses more, with the path. */
final class SeatMapLimits {
    static final int SECTIONS = 500;
    static final int ROWS = 200;
    static final int RUNS = 50;
    static final int SEATS_IN_A_RUN = 500;
    static final int SEATS = 200_000;
    static final int SEAT_NUMBER = 99_999;
    static final int AREAS = 50;
    static final int AREA_CAPACITY = 500_000;
    static final int OUTLINE_NUMBERS = 2_000;
    static final int COORDINATE = 1_000_000;
    static final int NAME = 100;

    private SeatMapLimits() {}
}
