package dev.onsale.waitingroom.time;

import com.google.protobuf.Timestamp;
import java.time.Duration;
import java.time.Instant;

/** Times as they travel and as Java has them. */
public final class Times {

    private Times() {}

    /** As Java has it. */
    public static Instant instant(Timestamp time) {
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
    }

    /** As it travels. */
    public static Timestamp timestamp(Instant time) {
        return Timestamp.newBuilder()
                .setSeconds(time.getEpochSecond())
                .setNanos(time.getNano())
                .build();
    }

    /** As Java has it. */
    public static Duration duration(com.google.protobuf.Duration length) {
        return Duration.ofSeconds(length.getSeconds(), length.getNanos());
    }

    /** As it travels. */
    public static com.google.protobuf.Duration duration(Duration length) {
        return com.google.protobuf.Duration.newBuilder()
                .setSeconds(length.toSeconds())
                .setNanos(length.toNanosPart())
                .build();
    }
}
