package dev.onsale.waitingroom.live;

import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Names of sessions: an entry has at most one, so its number is in the name, and claiming again after a loss finds it. */
public final class Sessions {

    private static final Pattern NAME = Pattern.compile("e([1-9]\\d{0,17})");

    private Sessions() {}

    /** The session of an entry. */
    public static String of(long entry) {
        return "e" + entry;
    }

    /** The entry of a session; empty if it is no session of ours. */
    public static OptionalLong entry(String session) {
        var match = NAME.matcher(session);
        return match.matches() ? OptionalLong.of(Long.parseLong(match.group(1))) : OptionalLong.empty();
    }
}
