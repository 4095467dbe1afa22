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
 * @param rights what the fan may do before the general sale; {@link PresaleRights#UNKNOWN}: ask if it matters
 */
public record HoldRequest(
        HoldId holdId,
        String account,
        String body,
        int priceVersion,
        boolean partial,
        @Nullable String trace,
        PresaleRights rights) {

    /** A request of a fan whose rights are not known. */
    public HoldRequest(
            HoldId holdId, String account, String body, int priceVersion, boolean partial, @Nullable String trace) {
        this(holdId, account, body, priceVersion, partial, trace, PresaleRights.UNKNOWN);
    }

    /** The same request with rights. */
    public HoldRequest with(PresaleRights known) {
        return new HoldRequest(holdId, account, body, priceVersion, partial, trace, known);
    }
}
