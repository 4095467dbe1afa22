package dev.onsale.standalone.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What is sent, and what it may be answered with. Nobody changes the bytes, or compares two inputs. */
@SuppressWarnings("ArrayRecordComponent")
sealed interface Input {

    /** What was done to it, for the report: {@code frames/flag}. */
    String kind();

    /** On 127.0.0.1. */
    int port();

    /** What is no fault for it. */
    Set<Leeway> leeway();

    /** All of it, for whoever looks into a failure. */
    String show();

    /**
     * A header as it goes over the wire.
     *
     * @param name as it is, whatever HTTP says about names
     * @param value each character is one byte
     */
    record Header(String name, String value) {}

    /**
     * One HTTP/2 stream.
     *
     * @param body of it
     * @param piece most bytes in one DATA frame
     * @param ends whether the sender ever says that this was all
     * @param streams whether the answer is a stream: its first message is enough
     */
    record Call(
            String kind,
            int port,
            List<Header> headers,
            byte[] body,
            int piece,
            boolean ends,
            boolean streams,
            Set<Leeway> leeway)
            implements Input {

        @Override
        public String show() {
            return headers.stream()
                            .map(header -> header.name() + ": " + header.value())
                            .collect(Collectors.joining("\n", "", "\n\n"))
                    + hex(body)
                    + (ends ? "" : "\n(never ends)");
        }
    }

    /**
     * Bytes on a connection of their own, which is closed after the first answer.
     *
     * @param whole whether this is all of a request; of what is not, no answer is expected
     */
    record Web(String kind, int port, byte[] bytes, boolean whole, Set<Leeway> leeway) implements Input {

        @Override
        public String show() {
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
    }

    private static String hex(byte[] bytes) {
        int shown = Math.min(bytes.length, 4_096);
        return HexFormat.of().formatHex(bytes, 0, shown) + (shown < bytes.length ? " of " + bytes.length : "");
    }
}
