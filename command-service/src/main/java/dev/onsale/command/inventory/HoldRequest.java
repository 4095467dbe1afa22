package dev.onsale.command.inventory;

import org.jspecify.annotations.Nullable;

/**
 * Who asks for a hold, and how.
 *
 * @param holdId the hold to make or change
 * @param account whose it is
 * @param body hash of the request: the same hold id with another is refused. For a swap, {@code <request>:<body>}
 * @param priceVersion the prices its quote is made from
 * @param partial whether a part is enough
 * @param trace the W3C {@code traceparent} of the call
 */
public record HoldRequest(
        HoldId holdId,
        String account,
        String body,
        int priceVersion,
        boolean partial,
        @Nullable String trace) {}
