package dev.onsale.command.catalog.seatmap;

import java.util.List;

/** What came of reading a seat map. */
public sealed interface SeatMapParse {
    /**
     * It is good.
     *
     * @param map the seat map
     */
    record Good(SeatMap map) implements SeatMapParse {}

    /**
     * It has faults.
     *
     * @param faults every fault, in the order of the document; of more than 1,000 the first
     */
    record Bad(List<SeatMapFault> faults) implements SeatMapParse {}
}
