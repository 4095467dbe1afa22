package dev.onsale.runtime.redis;

import dev.onsale.runtime.error.Refusal;
import io.vertx.core.Future;
import java.util.Set;

/** Redis answered a command with an error; its first word says which, e.g. {@code WRONGTYPE}. */
public final class RedisFault extends RuntimeException {

    /** Errors that pass: the server is starting, full, busy, failing over, or a copy. */
    private static final Set<String> PASSING = Set.of(
            "LOADING", "OOM", "BUSY", "MASTERDOWN", "READONLY", "CLUSTERDOWN", "TRYAGAIN", "NOREPLICAS", "MISCONF");

    private final String code;

    private RedisFault(String code, String message) {
        super(message, null, false, true);
        this.code = code;
    }

    static <T> Future<T> of(String message) {
        int space = message.indexOf(' ');
        var code = space < 0 ? message : message.substring(0, space);
        boolean full = message.contains(" -OOM "); // Redis 6 wraps the error of a command in that of its script.
        return full || PASSING.contains(code)
                ? Refusal.unavailable("redis").future()
                : Future.failedFuture(new RedisFault(code, message));
    }

    /** The first word of the error. */
    public String code() {
        return code;
    }
}
