package dev.onsale.query.catalog;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event in the index `events`. Times are milliseconds since 1970, money is minor units.
 *
 * @param eventId the event
 * @param name its name
 * @param description plain text
 * @param nameWords the name, folded; this and the other words are there to be searched, and null where that is not meant
 * @param placeWords name of the venue, town and address, folded
 * @param descriptionWords the description, folded
 * @param allWords name, place and description, folded
 * @param cityKey the town, folded
 * @param venue where
 * @param place where, as it is searched; null in documents of an earlier release
 * @param eventDate when it begins; {@link #SOME_DAY} while that is to be told
 * @param day its day in the venue's time zone; null while that is to be told
 * @param saleStart when the sale begins
 * @param saleEnd when the sale ends
 * @param status draft, on_sale, sold_out, closed, cancelled
 * @param left how much is left, in a word of {@link Left}; null in documents of an earlier release
 * @param tiers what tickets cost
 * @param priceVersion which version of the prices they are; 0 in documents of an earlier release
 * @param currency ISO 4217, of all tiers
 * @param priceFrom the cheapest all-in price
 * @param priceTo the dearest all-in price
 * @param capacity seats and area capacity together
 * @param ticketLimit tickets a fan may have
 * @param layoutHash names its layout
 * @param transfersForbidden tickets can't change hands
 * @param timesPostponed how often it was postponed
 * @param optOutUntil until when everything is given back, at least
 * @param refund on what terms tickets are given back; null: nobody has set any
 * @param series what it is part of; null: nothing
 * @param version the row's version
 */
public record EventDocument(
        String eventId,
        String name,
        String description,
        @Nullable String nameWords,
        @Nullable String placeWords,
        @Nullable String descriptionWords,
        @Nullable String allWords,
        String cityKey,
        VenueDocument venue,
        @Nullable Place place,
        long eventDate,
        @Nullable LocalDay day,
        long saleStart,
        long saleEnd,
        String status,
        @Nullable String left,
        List<TierDocument> tiers,
        int priceVersion,
        @Nullable String currency,
        @Nullable Long priceFrom,
        @Nullable Long priceTo,
        int capacity,
        int ticketLimit,
        String layoutHash,
        boolean transfersForbidden,
        int timesPostponed,
        @Nullable Long optOutUntil,
        @Nullable RefundDocument refund,
        @Nullable SeriesDocument series,
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
     * Where an event is, as it is searched and counted.
     *
     * @param city town, as it is written
     * @param country ISO 3166-1 alpha-2
     * @param point the venue
     */
    public record Place(String city, String country, Point point) {}

    /**
     * A point on the earth.
     *
     * @param lat degrees north
     * @param lon degrees east
     */
    public record Point(double lat, double lon) {}

    /**
     * A day by the calendar of a venue.
     *
     * @param date `2030-05-31`
     * @param month `2030-05`
     * @param weekday `FRIDAY`
     */
    public record LocalDay(String date, String month, String weekday) {
        /**
         * Finds the day of an instant.
         *
         * @param millis since 1970
         * @param timeZone IANA name
         * @return the day there
         */
        public static LocalDay of(long millis, String timeZone) {
            LocalDate date =
                    Instant.ofEpochMilli(millis).atZone(ZoneId.of(timeZone)).toLocalDate();
            return new LocalDay(
                    date.toString(),
                    date.toString().substring(0, "2030-05".length()),
                    date.getDayOfWeek().name());
        }
    }

    /**
     * A refund policy.
     *
     * @param version 1 and up
     * @param windows in the order in which they close
     */
    public record RefundDocument(int version, List<RefundWindowDocument> windows) {}

    /**
     * Until when tickets may be given back, and what is kept.
     *
     * @param closesMs so long before the event begins it closes
     * @param feeMinor kept of each ticket
     * @param feeBp kept of each ticket, in hundredths of a percent
     * @param keepsFee the fee in the price is kept
     */
    public record RefundWindowDocument(long closesMs, long feeMinor, int feeBp, boolean keepsFee) {}

    /**
     * A series or tour.
     *
     * @param seriesId the series
     * @param name its name
     * @param nameKey the name, folded, for the order
     * @param description plain text
     */
    public record SeriesDocument(String seriesId, String name, String nameKey, String description) {}

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

    /**
     * The same with other prices.
     *
     * @param others its tiers
     * @return a copy
     */
    public EventDocument withTiers(List<TierDocument> others) {
        return copy(left, others, true);
    }

    /**
     * What there is to show but the prices: a tenth of the whole.
     *
     * @return a copy without prices and folded words
     */
    EventDocument bare() {
        return copy(left, List.of(), false);
    }

    /**
     * The same with another word on how much is left.
     *
     * @param word of {@link Left}
     * @return a copy
     */
    public EventDocument withLeft(String word) {
        return copy(word, tiers, true);
    }

    private EventDocument copy(@Nullable String itsLeft, List<TierDocument> itsTiers, boolean words) {
        return new EventDocument(
                eventId,
                name,
                description,
                words ? nameWords : null,
                words ? placeWords : null,
                words ? descriptionWords : null,
                words ? allWords : null,
                cityKey,
                venue,
                place,
                eventDate,
                day,
                saleStart,
                saleEnd,
                status,
                itsLeft,
                itsTiers,
                priceVersion,
                currency,
                priceFrom,
                priceTo,
                capacity,
                ticketLimit,
                layoutHash,
                transfersForbidden,
                timesPostponed,
                optOutUntil,
                refund,
                series,
                version);
    }
}
