package dev.onsale.command.catalog;

import dev.onsale.proto.catalog.v1.LockingMode;
import java.time.Duration;
import java.time.Instant;

/**
 * On what terms an event is sold.
 *
 * @param start when the sale begins
 * @param end when it ends
 * @param holdTtl how long a hold lives
 * @param holdHardMax how long a hold in a checkout can live at the most
 * @param ticketLimit tickets a fan may hold and own together
 * @param lockingMode how seats are guarded
 */
public record SaleTerms(
        Instant start, Instant end, Duration holdTtl, Duration holdHardMax, int ticketLimit, LockingMode lockingMode) {}
