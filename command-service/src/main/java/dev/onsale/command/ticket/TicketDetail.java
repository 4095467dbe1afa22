package dev.onsale.command.ticket;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A ticket and all that is printed on it.
 *
 * @param ticketId the ticket
 * @param reference for people
 * @param bookingId the booking
 * @param bookingReference for people
 * @param account whose it is
 * @param status {@code valid}, {@code checked_in}, {@code void}, or {@code transferred}: void because another took its place
 * @param checkedInAt when it was used; null: not yet
 * @param gate where it was used; null: not yet
 * @param event the show
 * @param place where in it
 * @param version goes up by one with every change
 */
public record TicketDetail(
        UUID ticketId,
        String reference,
        UUID bookingId,
        String bookingReference,
        String account,
        String status,
        @Nullable Instant checkedInAt,
        @Nullable String gate,
        Show event,
        Place place,
        long version) {

    /**
     * The event, as printed.
     *
     * @param eventId the event
     * @param name its name
     * @param time when it begins
     * @param dateKnown false: that is to be told, and {@code time} is over
     * @param venue name of the venue
     * @param city where that is
     * @param timeZone IANA name of the venue's time zone
     */
    public record Show(
            UUID eventId, String name, Instant time, boolean dateKnown, String venue, String city, String timeZone) {
        private static final DateTimeFormatter DATE =
                DateTimeFormatter.ofPattern("EEEE, d MMMM yyyy, HH:mm", Locale.ENGLISH);

        /** When it begins, for people: in the venue's time zone. */
        public String when() {
            if (!dateKnown) {
                return "Date to be announced";
            }
            ZoneId zone = ZoneId.of(timeZone);
            return DATE.format(time.atZone(zone)) + " (" + zone.getId() + ")";
        }
    }

    /**
     * A seat or a place in an area.
     *
     * @param section code of the section; null: general admission
     * @param row code of the row; null: general admission
     * @param number in the row
     * @param ordinal index into the packed statuses
     * @param kind 0 standard, 1 accessible, 2 companion
     * @param restrictedView whether the view is restricted
     * @param area code of the area; null: a seat
     * @param areaName for people; null: a seat
     * @param tier code of the price tier
     */
    public record Place(
            @Nullable String section,
            @Nullable String row,
            int number,
            int ordinal,
            int kind,
            boolean restrictedView,
            @Nullable String area,
            @Nullable String areaName,
            String tier) {

        /** {@code 112-F-7}, or the code of the area. */
        public String code() {
            return area != null ? area : section + "-" + row + "-" + number;
        }

        /** For people. */
        public String words() {
            return area != null
                    ? String.valueOf(areaName) + ", general admission"
                    : "Section " + section + ", row " + row + ", seat " + number;
        }
    }

    /** Whether it will never open a gate again. */
    public boolean dead() {
        return status.equals("void") || status.equals("transferred");
    }

    /** What its code says. */
    public TicketCode code() {
        return new TicketCode(ticketId, event.eventId(), place.code(), reference);
    }
}
