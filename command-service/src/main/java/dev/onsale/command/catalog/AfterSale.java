package dev.onsale.command.catalog;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What can be done with an event's tickets once they are sold, and what became of its date.
 *
 * @param transfersAllowed tickets may change hands
 * @param dateKnown false: the event is postponed, to a date to be told
 * @param postponed how often it was
 * @param optOutUntil until when, at least, all is given back to whoever wants that; null: never postponed
 */
public record AfterSale(
        boolean transfersAllowed,
        boolean dateKnown,
        int postponed,
        @Nullable Instant optOutUntil) {}
