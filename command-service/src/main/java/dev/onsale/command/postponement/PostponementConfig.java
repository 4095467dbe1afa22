package dev.onsale.command.postponement;

import dev.onsale.runtime.config.Config;

/**
 * How fast buyers are told that an event was put off.
 *
 * @param bookingsASecond bookings whose buyers are told in a second; too high: the mail server throttles us, and confirmations
 *     wait; too low: the last buyer hears of it days later
 */
public record PostponementConfig(int bookingsASecond) {
    /** Reads {@code postponement.*}. */
    public static PostponementConfig from(Config config) {
        return new PostponementConfig(config.integer("postponement.bookings-a-second", 20, 1, 1_000));
    }
}
