package dev.onsale.command.postponement;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One time that an event was put off.
 *
 * @param id names it
 * @param eventId the event
 * @param current false: the event was put off again since, or is cancelled; nobody needs to hear of this one any more
 * @param eventName its name
 * @param venue name of the venue
 * @param city where that is
 * @param timeZone IANA name of the venue's time zone
 * @param oldDate when it was to begin; null: that was to be told
 * @param newDate when it begins now; null: that is to be told
 * @param optOutUntil until when buyers can have everything back, at least
 * @param reason for the buyers
 */
record Postponement(
        UUID id,
        UUID eventId,
        boolean current,
        String eventName,
        String venue,
        String city,
        String timeZone,
        @Nullable Instant oldDate,
        @Nullable Instant newDate,
        Instant optOutUntil,
        String reason) {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEEE, d MMMM yyyy, HH:mm", Locale.ENGLISH);

    /** For people, in the venue's time zone. */
    String words(Instant time) {
        return DATE.format(time.atZone(ZoneId.of(timeZone))) + " (" + timeZone + ")";
    }
}
