package dev.onsale.command.booking;

import dev.onsale.command.booking.SoldItems.SoldItem;
import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.money.Money;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * A sum that somebody has said, whatever the event's terms: shared out over the tickets by what was paid for them.
 *
 * @param minor in minor units
 */
record AmountTerms(long minor) implements RefundTerms {

    /** Throws a refusal: PAYMENT_STATE if more is asked for than is left of what was paid, INVALID_FIELD. */
    static RefundTerms of(Money amount, LockedBooking booking, String field) {
        if (!amount.currency().equals(booking.currency())) {
            throw Refusal.invalid(field + ".currency_code", "must be the booking's currency");
        }
        if (amount.minor() > booking.moneyLeft()) {
            throw Refusal.of(ErrorReason.ERROR_REASON_PAYMENT_STATE, "Less is left of what was paid")
                    .with("left_minor", booking.moneyLeft());
        }
        return new AmountTerms(amount.minor());
    }

    @Override
    public long kept(SoldItem item) {
        throw new UnsupportedOperationException("of all tickets together");
    }

    @Override
    public GivenBack giveBack(List<SoldItem> items, long left) {
        long paid = items.stream().mapToLong(SoldItem::price).sum();
        List<GivenBack.Line> lines = new ArrayList<>();
        long before = 0;
        long shared = 0;
        for (SoldItem item : items) {
            before += item.price();
            long until = share(before, paid);
            long refund = until - shared;
            shared = until;
            lines.add(new GivenBack.Line(item, refund, Math.max(0, item.price() - refund)));
        }
        return new GivenBack(lines, minor);
    }

    /** What the tickets up to one get together: rounded once, so that nothing is lost between them. */
    private long share(long before, long paid) {
        return paid == 0
                ? minor
                : BigInteger.valueOf(minor)
                        .multiply(BigInteger.valueOf(before))
                        .divide(BigInteger.valueOf(paid))
                        .longValueExact();
    }
}
