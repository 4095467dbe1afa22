package dev.onsale.command.inventory;

import org.jspecify.annotations.Nullable;

/**
 * What a booking has in PostgreSQL.
 *
 * @param holdId the hold it was made from
 * @param account whose it is
 * @param fence the fence it was made with
 * @param priceVersion the prices it was made at
 * @param places all its places
 * @param trace the W3C {@code traceparent} of the call
 */
public record BookedPlaces(
        HoldId holdId,
        String account,
        long fence,
        int priceVersion,
        Places places,
        @Nullable String trace) {}
