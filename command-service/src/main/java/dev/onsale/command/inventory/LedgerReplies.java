package dev.onsale.command.inventory;

import io.vertx.redis.client.Response;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Turns the answers of the scripts into outcomes. */
final class LedgerReplies {

    private LedgerReplies() {}

    static String word(Response reply) {
        return text(reply, 0);
    }

    static HoldOutcome hold(HoldId id, Response reply) {
        return switch (word(reply)) {
            case "HELD" -> new HoldOutcome.Held(record(id, reply));
            case "TAKEN" -> new HoldOutcome.Taken(ordinals(reply));
            case "SOLD_OUT" -> new HoldOutcome.SoldOut();
            case "NOT_ADJACENT" -> new HoldOutcome.NotAdjacent();
            case "LIMIT" -> new HoldOutcome.LimitReached(number(reply, 1), number(reply, 2));
            case "NOT_ON_SALE" -> new HoldOutcome.NotOnSale(Instant.ofEpochMilli(Long.parseLong(text(reply, 1))));
            case "PRESALE" -> new HoldOutcome.PresaleOnly();
            case "NOT_ADMITTED" -> notAdmitted(reply);
            case "NO_SUCH_SEAT" -> new HoldOutcome.NoSuchSeat(number(reply, 1));
            case "NO_SUCH_AREA" -> new HoldOutcome.NoSuchArea(number(reply, 1));
            case "REUSED" -> new HoldOutcome.Reused();
            case "NOT_FOUND" -> new HoldOutcome.NotFound();
            case "EXPIRED" -> new HoldOutcome.Expired();
            case "NOT_ACTIVE" -> new HoldOutcome.NotActive(record(id, reply));
            default -> throw unknown(reply);
        };
    }

    private static HoldOutcome notAdmitted(Response reply) {
        return new HoldOutcome.NotAdmitted(
                HoldOutcome.Why.valueOf(text(reply, 1)),
                PresaleAccess.of(text(reply, 2)),
                Instant.ofEpochMilli(Long.parseLong(text(reply, 3))));
    }

    static ClaimOutcome claim(HoldId id, Response reply) {
        return switch (word(reply)) {
            case "CLAIMED" -> new ClaimOutcome.Claimed(record(id, reply));
            case "BOOKED" -> new ClaimOutcome.Booked(record(id, reply));
            case "STALE" -> new ClaimOutcome.Stale(record(id, reply));
            case "EXPIRED" -> new ClaimOutcome.Expired();
            case "NOT_ACTIVE" -> new ClaimOutcome.NotActive(record(id, reply));
            case "NOT_FOUND" -> new ClaimOutcome.NotFound();
            default -> throw unknown(reply);
        };
    }

    static ReleaseOutcome release(HoldId id, Response reply) {
        return switch (word(reply)) {
            case "RELEASED" -> new ReleaseOutcome.Released(record(id, reply));
            case "NOT_ACTIVE" -> new ReleaseOutcome.NotActive(record(id, reply));
            case "NOT_FOUND" -> new ReleaseOutcome.NotFound();
            default -> throw unknown(reply);
        };
    }

    /** What a repair moved: seats that are taken now, seats that are free now, places in areas. */
    record Repaired(int claimed, int freed, int areaPlaces) {}

    static Repaired repaired(Response reply) {
        return new Repaired(number(reply, 1), number(reply, 2), number(reply, 3));
    }

    static BookOutcome book(HoldId id, Response reply) {
        return switch (word(reply)) {
            case "DONE", "FREED" -> new BookOutcome.Done(record(id, reply));
            case "ALREADY" ->
                new BookOutcome.Already(reply.size() > 1 ? Optional.of(record(id, reply)) : Optional.empty());
            default -> throw unknown(reply);
        };
    }

    static BlockOutcome block(Response reply) {
        return switch (word(reply)) {
            case "BLOCKED" -> new BlockOutcome.Blocked(ordinals(reply));
            case "TAKEN" -> new BlockOutcome.Taken(ordinals(reply));
            case "NO_SUCH_SEAT" -> new BlockOutcome.NoSuchSeat(number(reply, 1));
            default -> throw unknown(reply);
        };
    }

    static HoldRecord record(HoldId id, Response reply) {
        return HoldRecord.parse(id, text(reply, 1), text(reply, 2));
    }

    static List<Integer> ordinals(Response reply) {
        return IntStream.range(1, reply.size()).mapToObj(i -> number(reply, i)).toList();
    }

    static int number(Response reply, int index) {
        return Integer.parseInt(text(reply, index));
    }

    static IllegalStateException unknown(Response reply) {
        return new IllegalStateException("The script answered " + word(reply));
    }

    private static String text(Response reply, int index) {
        return reply.get(index).toString();
    }
}
