package dev.onsale.command.catalog;

import dev.onsale.proto.catalog.v1.EventState;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The row of an event.
 *
 * @param eventId the event
 * @param name its name
 * @param description plain text
 * @param venueId the venue
 * @param seatMapId the seat map, one version of it
 * @param eventTime when it begins; while that is to be told, the last date there was
 * @param timeZone IANA name of the venue's time zone
 * @param state draft, on sale, ...
 * @param terms on what terms it is sold
 * @param afterSale what can be done with its tickets
 * @param priceVersion which version of the prices is current
 * @param capacity reserved seats and area capacity together
 * @param seriesId the series it is part of; null: none
 * @param version goes up by one with every change
 * @param epoch which load of the inventory into Redis is current; 0: never loaded
 */
public record EventHead(
        UUID eventId,
        String name,
        String description,
        UUID venueId,
        UUID seatMapId,
        Instant eventTime,
        String timeZone,
        EventState state,
        SaleTerms terms,
        AfterSale afterSale,
        int priceVersion,
        int capacity,
        @Nullable UUID seriesId,
        long version,
        int epoch) {}
