package dev.onsale.command.booking;

import dev.onsale.command.booking.SoldItems.SoldItem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a buyer gets for a ticket. Pure, and a ticket's refund depends on nothing but the ticket and the terms: so it is the
 * same whichever tickets are given back together, and in whatever order.
 */
@FunctionalInterface
interface RefundTerms {
    /** All that was paid. */
    RefundTerms ALL = item -> 0;

    /** What is kept of the price of a ticket, from nothing to all of it, in minor units. */
    long kept(SoldItem item);

    /** Until when these are the terms; null: they don't end by themselves. */
    default @Nullable Instant until() {
        return null;
    }

    /**
     * What the buyer gets for tickets.
     *
     * @param left what is left of what was paid for the booking: never more, whatever was given back without tickets
     */
    default GivenBack giveBack(List<SoldItem> items, long left) {
        List<GivenBack.Line> lines = new ArrayList<>();
        long rest = left;
        for (SoldItem item : items) {
            long kept = kept(item);
            long refund = Math.min(item.price() - kept, rest);
            rest -= refund;
            lines.add(new GivenBack.Line(item, refund, kept));
        }
        return new GivenBack(lines, left - rest);
    }
}
