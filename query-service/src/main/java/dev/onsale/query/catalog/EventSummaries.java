package dev.onsale.query.catalog;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import com.google.type.Money;
import dev.onsale.proto.catalog.v1.EventState;
import dev.onsale.proto.catalog.v1.PriceTier;
import dev.onsale.proto.catalog.v1.Venue;
import dev.onsale.proto.query.v1.EventSummary;
import dev.onsale.query.catalog.EventDocument.LocalDay;
import dev.onsale.query.catalog.EventDocument.TierDocument;
import dev.onsale.query.catalog.EventDocument.VenueDocument;
import java.util.Currency;
import java.util.Locale;

/** Says an event's document in the words of the contract. */
public final class EventSummaries {
    private EventSummaries() {}

    /**
     * Translates.
     *
     * @param event the document
     * @return the message
     */
    public static EventSummary of(EventDocument event) {
        EventSummary.Builder summary = EventSummary.newBuilder()
                .setEventId(event.eventId())
                .setName(event.name())
                .setDescription(event.description())
                .setVenue(venue(event.venue()))
                .setSaleStart(time(event.saleStart()))
                .setSaleEnd(time(event.saleEnd()))
                .setState(state(event.status()))
                .setCapacity(event.capacity())
                .setTicketLimit(event.ticketLimit())
                .setLayoutHash(event.layoutHash())
                .setTransfersForbidden(event.transfersForbidden())
                .setTimesPostponed(event.timesPostponed())
                .setRefundPolicy(RefundTerms.of(event));
        dates(summary, event);
        event.tiers().forEach(tier -> summary.addPriceTiers(tier(tier)));
        String currency = event.currency();
        if (currency != null && event.priceFrom() != null && event.priceTo() != null) {
            summary.setPriceFrom(money(event.priceFrom(), currency)).setPriceTo(money(event.priceTo(), currency));
        }
        if (event.series() != null) {
            summary.setSeriesId(event.series().seriesId())
                    .setSeriesName(event.series().name());
        }
        return summary.build();
    }

    private static void dates(EventSummary.Builder summary, EventDocument event) {
        if (event.eventDate() == EventDocument.SOME_DAY) {
            summary.setDateToBeTold(true);
        } else {
            summary.setEventTime(time(event.eventDate()))
                    .setLocalDate(LocalDay.of(event.eventDate(), event.venue().timeZone())
                            .date());
        }
        if (event.optOutUntil() != null) {
            summary.setOptOutUntil(time(event.optOutUntil()));
        }
    }

    /**
     * Translates a status.
     *
     * @param status as in PostgreSQL
     * @return the state
     */
    public static EventState state(String status) {
        return EventState.valueOf("EVENT_STATE_" + status.toUpperCase(Locale.ROOT));
    }

    /**
     * Translates an amount.
     *
     * @param minor minor units of the currency
     * @param currency ISO 4217
     * @return the same as units and nanos
     */
    public static Money money(long minor, String currency) {
        int digits = Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
        long scale = Math.round(Math.pow(10, digits));
        return Money.newBuilder()
                .setCurrencyCode(currency)
                .setUnits(minor / scale)
                .setNanos((int) (minor % scale * (1_000_000_000L / scale)))
                .build();
    }

    /**
     * Translates a time.
     *
     * @param millis since 1970
     * @return the timestamp
     */
    public static Timestamp time(long millis) {
        return Timestamps.fromMillis(millis);
    }

    private static Venue venue(VenueDocument venue) {
        return Venue.newBuilder()
                .setVenueId(venue.venueId())
                .setName(venue.name())
                .setAddress(venue.address())
                .setCity(venue.city())
                .setCountry(venue.country())
                .setTimeZone(venue.timeZone())
                .setLatitude(venue.latitude())
                .setLongitude(venue.longitude())
                .build();
    }

    private static PriceTier tier(TierDocument tier) {
        return PriceTier.newBuilder()
                .setCode(tier.code())
                .setName(tier.name())
                .setFace(money(tier.face(), tier.currency()))
                .setFee(money(tier.fee(), tier.currency()))
                .setTax(money(tier.tax(), tier.currency()))
                .setAllIn(money(tier.allIn(), tier.currency()))
                .build();
    }
}
