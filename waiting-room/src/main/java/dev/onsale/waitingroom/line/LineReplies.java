package dev.onsale.waitingroom.line;

import io.vertx.redis.client.Response;
import java.time.Instant;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/** Turns the answers of the scripts into outcomes. */
final class LineReplies {

    private LineReplies() {}

    static String word(Response reply) {
        return text(reply, 0);
    }

    static LineTick tick(Response reply) {
        return new LineTick(
                LineState.of(text(reply, 1)),
                Instant.ofEpochMilli(number(reply, 2)),
                number(reply, 3),
                number(reply, 4),
                number(reply, 5),
                number(reply, 6),
                HexFormat.of().parseHex(text(reply, 17)),
                number(reply, 7),
                number(reply, 8),
                number(reply, 9),
                number(reply, 10),
                number(reply, 11),
                number(reply, 12),
                number(reply, 13),
                number(reply, 14),
                Double.parseDouble(text(reply, 15)),
                number(reply, 16));
    }

    static List<JoinOutcome> joins(Response reply, int count) {
        return switch (word(reply)) {
            case "JOINED" ->
                IntStream.range(0, count)
                        .mapToObj(i -> join(number(reply, 2 * i + 1), number(reply, 2 * i + 2)))
                        .toList();
            case "CLOSED" -> Collections.nCopies(count, new JoinOutcome.Closed());
            default -> throw unknown(reply);
        };
    }

    private static JoinOutcome join(long entry, long fresh) {
        return entry == 0 ? new JoinOutcome.Full() : new JoinOutcome.Joined(entry, fresh == 0);
    }

    static ClaimOutcome claim(Response reply) {
        return switch (word(reply)) {
            case "ADMITTED" -> new ClaimOutcome.Admitted(Instant.ofEpochMilli(number(reply, 1)));
            case "NOT_YET" -> new ClaimOutcome.NotYet(number(reply, 1));
            case "PASSED" -> new ClaimOutcome.Passed();
            case "USED" -> new ClaimOutcome.Used();
            case "CLOSED" -> new ClaimOutcome.Closed();
            default -> throw unknown(reply);
        };
    }

    static ReenterOutcome reenter(Response reply) {
        return switch (word(reply)) {
            case "REENTERED" -> new ReenterOutcome.Reentered(number(reply, 1));
            case "NOT_YET" -> new ReenterOutcome.NotYet(number(reply, 1));
            case "USED" -> new ReenterOutcome.Used();
            case "CLOSED" -> new ReenterOutcome.Closed();
            default -> throw unknown(reply);
        };
    }

    static LeaveOutcome leave(Response reply) {
        return switch (word(reply)) {
            case "LEFT" -> new LeaveOutcome.Left();
            case "ENDED" -> new LeaveOutcome.Ended();
            case "ALREADY_GONE" -> new LeaveOutcome.AlreadyGone();
            default -> throw unknown(reply);
        };
    }

    static OptionalLong entry(Response reply) {
        long entry = number(reply, 1);
        return entry == 0 ? OptionalLong.empty() : OptionalLong.of(entry);
    }

    private static IllegalStateException unknown(Response reply) {
        return new IllegalStateException("The script answered " + word(reply));
    }

    private static String text(Response reply, int index) {
        return reply.get(index).toString();
    }

    private static long number(Response reply, int index) {
        return Long.parseLong(text(reply, index));
    }
}
