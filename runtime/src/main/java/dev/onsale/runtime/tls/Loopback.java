package dev.onsale.runtime.tls;

import java.util.regex.Pattern;

/** Which addresses only this machine can reach. By their text alone: a name that is looked up may be anything tomorrow. */
public final class Loopback {

    private static final Pattern ADDRESS = Pattern.compile("localhost|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[?::1]?");

    private Loopback() {}

    /** Whether the host is loopback. */
    public static boolean is(String host) {
        return ADDRESS.matcher(host).matches();
    }
}
