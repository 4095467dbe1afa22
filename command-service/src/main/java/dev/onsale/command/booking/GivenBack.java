package dev.onsale.command.booking;

import dev.onsale.command.booking.SoldItems.SoldItem;
import java.util.List;

/**
 * What a cancellation takes back of a booking, and what the buyer gets for it. Amounts in minor units.
 *
 * @param lines one a ticket; none: money alone
 * @param refund what the buyer gets
 */
record GivenBack(List<Line> lines, long refund) {

    /** Copies the lines. */
    GivenBack {
        lines = List.copyOf(lines);
    }

    /**
     * One ticket.
     *
     * @param sold what was bought
     * @param refund what of its price the buyer gets
     * @param feeKept what of its price is kept by the terms
     */
    record Line(SoldItem sold, long refund, long feeKept) {}

    long feeKept() {
        return lines.stream().mapToLong(Line::feeKept).sum();
    }

    Short[] items() {
        return lines.stream().map(line -> line.sold().item()).toArray(Short[]::new);
    }

    Long[] refunds() {
        return lines.stream().map(Line::refund).toArray(Long[]::new);
    }

    Long[] feesKept() {
        return lines.stream().map(Line::feeKept).toArray(Long[]::new);
    }
}
