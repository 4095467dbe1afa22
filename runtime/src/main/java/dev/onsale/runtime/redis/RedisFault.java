package dev.onsale.runtime.redis;

import dev.onsale.runtime.error.Refusal;
import io.vertx.core.Future;
import java.util.Set;
import java.util.regex.Pattern;

/** Redis answered a command with an error; its first word says which, e.g. {@code WRONGTYPE}. */
public final class RedisFault extends RuntimeException {

    /** Errors that pass: the server is starting, full, busy, failing over, or a copy. */
    private static final Set<String> PASSING = Set.of(
            "LOADING", "OOM", "BUSY", "MASTERDOWN", "READONLY", "CLUSTERDOWN", "TRYAGAIN", "NOREPLICAS", "MISCONF");

    private static final Pattern IN_SCRIPT = Pattern.compile("^ERR Error running script .*: -([A-Z]+) ");

    private final String code;

    private RedisFault(String code, String message) {
        super(message, null, false, true);
        this.code = code;
    }

    static <T> Future<T> of(String message) {
        var code = codeOf(message);
        return PASSING.contains(code)
                ? Refusal.unavailable("redis").future()
                : Future.failedFuture(new RedisFault(code, message));
    }

    /** Redis 6 wraps what a command inside a script answered; Redis 7 passes it on as it is. */
    static String codeOf(String message) {
        var inScript = IN_SCRIPT.matcher(message);
        if (inScript.find()) {
            return inScript.group(1);
        }
        int space = message.indexOf(' ');
        return space < 0 ? message : message.substring(0, space);
    }

    /** The word that says which error. */
    public String code() {
        return code;
    }
}
