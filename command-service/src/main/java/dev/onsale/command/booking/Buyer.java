package dev.onsale.command.booking;

import java.util.Optional;

/**
 * Who makes a booking.
 *
 * @param account the account
 * @param session the session of its admission; empty: the event has no gate
 */
record Buyer(String account, Optional<String> session) {}
