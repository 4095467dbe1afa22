package dev.onsale.standalone.fuzz;

import static dev.onsale.standalone.fuzz.Outcome.End;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** What has come for one stream so far. */
final class Reply {

    private static final int MOST_KEPT = 1 << 24;
    private static final int WEB_TRAILERS = 0x80;

    private final int stream;
    private final boolean firstIsEnough;
    private final Map<String, String> fields = new HashMap<>();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private boolean messages;
    private boolean ended;
    private boolean reset;

    Reply(int stream, boolean firstIsEnough) {
        this.stream = stream;
        this.firstIsEnough = firstIsEnough;
    }

    void headers(int id, Map<String, String> more, boolean ends) {
        if (id == stream) {
            fields.putAll(more);
            ended |= ends;
        }
    }

    void data(int id, byte[] bytes, boolean ends) {
        if (id == stream) {
            if (web() && body.size() < MOST_KEPT) { // Only there it ends with something of interest.
                body.writeBytes(bytes);
            }
            messages |= bytes.length > 0 && !web();
            ended |= ends;
        }
    }

    void reset(int id) {
        reset |= id == stream;
    }

    boolean over() {
        return ended || reset || streaming();
    }

    /** Whether a stream of answers has begun that need not be read to its end. */
    boolean streaming() {
        return firstIsEnough && messages && !ended;
    }

    private boolean web() {
        return fields.getOrDefault("content-type", "").startsWith("application/grpc-web");
    }

    Outcome outcome() {
        if (streaming()) {
            return Outcome.of(End.STREAMED);
        }
        if (!ended) {
            return Outcome.of(End.RESET);
        }
        if (web()) {
            fields.putAll(webTrailers(body.toByteArray()));
        }
        return Outcome.of(Integer.parseInt(fields.getOrDefault(":status", "0")), fields);
    }

    /** gRPC-Web puts the trailers into the last frame of the body. */
    static Map<String, String> webTrailers(byte[] body) {
        Map<String, String> trailers = new HashMap<>();
        int at = 0;
        while (at + 5 <= body.length) {
            int length = (int) FrameType.number(body, at + 1);
            if ((body[at] & WEB_TRAILERS) != 0) {
                int end = Math.min(body.length, at + 5 + length);
                String text = new String(body, at + 5, end - at - 5, StandardCharsets.US_ASCII);
                text.lines().forEach(line -> {
                    int colon = line.indexOf(':');
                    if (colon > 0) {
                        trailers.put(
                                line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                                line.substring(colon + 1).strip());
                    }
                });
            }
            at += 5 + length;
        }
        return trailers;
    }
}
