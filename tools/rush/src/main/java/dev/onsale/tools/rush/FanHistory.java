package dev.onsale.tools.rush;

import dev.onsale.proto.booking.v1.Booking;
import org.jspecify.annotations.Nullable;

/**
 * What one fan was told.
 *
 * @param account the fan
 * @param booking the booking as last told; null: there was none
 * @param cancelled whether the fan cancelled it afterwards
 */
record FanHistory(String account, @Nullable Booking booking, boolean cancelled) {}
