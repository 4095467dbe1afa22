package dev.onsale.command.booking;

import java.security.SecureRandom;
import java.util.UUID;

/** Makes booking ids: UUIDs of version 7, so that the index grows at its end; 74 random bits. */
final class BookingIds {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final long VERSION_7 = 0x7000L;
    private static final long VARIANT = 0x8000000000000000L;

    private BookingIds() {}

    static UUID next() {
        long high = System.currentTimeMillis() << 16 | VERSION_7 | RANDOM.nextInt(1 << 12);
        long low = VARIANT | RANDOM.nextLong() >>> 2;
        return new UUID(high, low);
    }
}
