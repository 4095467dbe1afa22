package dev.onsale.query.catalog;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event in the index `events`. Times are milliseconds since 1970, money is minor units.
 *
 * @param eventId the event
 * @param name its name
 * @param description plain text
 * @param nameWords the name, folded
 * @param placeWords name of the venue, town and address, folded
 * @param allWords name, place and description, folded
 * @param cityKey the town, folded
 * @param venue where
 * @param eventDate when it begins; {@link #SOME_DAY} while that is to be told
 * @param saleStart when the sale begins
 * @param saleEnd when the sale ends
 * @param status draft, on_sale, sold_out, closed, cancelled
 * @param tiers what tickets cost
 * @param currency ISO 4217, of all tiers
 * @param priceFrom the cheapest all-in price
 * @param priceTo the dearest all-in price
 * @param capacity seats and area capacity together
 * @param ticketLimit tickets a fan may have
 * @param layoutHash names its layout
 * @param transfersForbidden tickets can't change hands
 * @param timesPostponed how often it was postponed
 * @param optOutUntil until when everything is given back, at least
 * @param version the row's version
 */
public record EventDocument(
        String eventId,
        String name,
        String description,
        String nameWords,
        String placeWords,
        String allWords,
        String cityKey,
        VenueDocument venue,
        long eventDate,
        long saleStart,
        long saleEnd,
        String status,
        List<TierDocument> tiers,
        @Nullable String currency,
        @Nullable Long priceFrom,
        @Nullable Long priceTo,
        int capacity,
        int ticketLimit,
        String layoutHash,
        boolean transfersForbidden,
        int timesPostponed,
        @Nullable Long optOutUntil,
        long version) {
    /** What an event is called while nobody but its operator may see it. */
    public static final String DRAFT = "draft";

    /** Behind every date: 31 December 9999. */
    public static final long SOME_DAY = 253_402_214_400_000L;

    /**
     * A venue.
     *
     * @param venueId the venue
     * @param name its name
     * @param address street, town
     * @param city town
     * @param country ISO 3166-1 alpha-2
     * @param timeZone IANA name
     * @param latitude degrees north
     * @param longitude degrees east
     */
    public record VenueDocument(
            String venueId,
            String name,
            String address,
            String city,
            String country,
            String timeZone,
            double latitude,
            double longitude) {}

    /**
     * A price.
     *
     * @param code code of the tier
     * @param name for people
     * @param currency ISO 4217
     * @param face face value
     * @param fee fees
     * @param tax tax
     */
    public record TierDocument(String code, String name, String currency, long face, long fee, long tax) {
        /**
         * What a fan pays.
         *
         * @return face value, fees and tax together
         */
        public long allIn() {
            return face + fee + tax;
        }
    }

    /**
     * Tells whether fans may see it.
     *
     * @return false for a draft
     */
    public boolean published() {
        return !status.equals(DRAFT);
    }
}
