package dev.onsale.runtime.rpc;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads {@code grpc-timeout}: absent, unreadable, zero or too long means the most the server allows. */
final class Deadlines {

    private Deadlines() {}

    static Duration clamp(@Nullable String header, Duration most) {
        var asked = parse(header);
        return asked == null || asked.isZero() || asked.compareTo(most) > 0 ? most : asked;
    }

    private static @Nullable Duration parse(@Nullable String header) {
        if (header == null || header.length() < 2 || header.length() > 9) {
            return null;
        }
        long amount = 0;
        for (int i = 0; i < header.length() - 1; i++) {
            char digit = header.charAt(i);
            if (digit < '0' || digit > '9') {
                return null;
            }
            amount = amount * 10 + (digit - '0');
        }
        return switch (header.charAt(header.length() - 1)) {
            case 'H' -> Duration.ofHours(amount);
            case 'M' -> Duration.ofMinutes(amount);
            case 'S' -> Duration.ofSeconds(amount);
            case 'm' -> Duration.ofMillis(amount);
            case 'u' -> Duration.ofNanos(amount * 1_000);
            case 'n' -> Duration.ofNanos(amount);
            default -> null;
        };
    }
}
