package dev.onsale.command.booking;

import dev.onsale.command.booking.SoldItems.SoldItem;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * The terms of a fan whose event was postponed: all that was paid, whatever the policy.
 *
 * @param until until when; null: until a date is told
 */
record OptOut(@Nullable Instant until) implements RefundTerms {

    static OptOut until(@Nullable OffsetDateTime end) {
        return new OptOut(end == null ? null : end.toInstant());
    }

    @Override
    public long kept(SoldItem item) {
        return 0;
    }
}
