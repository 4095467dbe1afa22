package dev.onsale.standalone.fuzz;

import java.util.Arrays;

/** Types and flags of HTTP/2 frames (RFC 9113). */
final class FrameType {

    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PING = 6;
    static final int GOAWAY = 7;
    static final int WINDOW_UPDATE = 8;
    static final int CONTINUATION = 9;
    static final int END_STREAM = 1;
    static final int END_HEADERS = 4;
    private static final int PADDED = 8;
    private static final int PRIORITY = 32;
    private static final int PRIORITY_BYTES = 5;

    private FrameType() {}

    /** Four bytes as a number. */
    static long number(byte[] bytes, int at) {
        return ((bytes[at] & 0xFFL) << 24)
                | ((bytes[at + 1] & 0xFF) << 16)
                | ((bytes[at + 2] & 0xFF) << 8)
                | (bytes[at + 3] & 0xFF);
    }

    /** What is in a HEADERS frame besides padding and priority. */
    static byte[] unpadded(byte[] payload, int flags) {
        int padding = (flags & PADDED) != 0 ? payload[0] & 0xFF : 0;
        int from = ((flags & PADDED) != 0 ? 1 : 0) + ((flags & PRIORITY) != 0 ? PRIORITY_BYTES : 0);
        return Arrays.copyOfRange(payload, from, payload.length - padding);
    }
}
