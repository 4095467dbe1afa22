package dev.onsale.query.inventoryaudit;

import static dev.onsale.proto.query.v1.DifferenceClass.DIFFERENCE_CLASS_BOOKING_UNDER_WAY;
import static dev.onsale.proto.query.v1.DifferenceClass.DIFFERENCE_CLASS_CAPACITY;
import static dev.onsale.proto.query.v1.DifferenceClass.DIFFERENCE_CLASS_ES_MISSING;
import static dev.onsale.proto.query.v1.DifferenceClass.DIFFERENCE_CLASS_ES_STALE;
import static dev.onsale.proto.query.v1.DifferenceClass.DIFFERENCE_CLASS_HOLD_ENDING;
import static dev.onsale.proto.query.v1.DifferenceClass.DIFFERENCE_CLASS_HOLD_ONLY_IN_REDIS;
import static dev.onsale.proto.query.v1.DifferenceClass.DIFFERENCE_CLASS_REDIS_EXTRA_CLAIM;
import static dev.onsale.proto.query.v1.DifferenceClass.DIFFERENCE_CLASS_REDIS_LOST_CLAIM;
import static dev.onsale.proto.query.v1.DifferenceClass.DIFFERENCE_CLASS_REDIS_NOT_LOADED;

import dev.onsale.proto.query.v1.DifferenceClass;
import dev.onsale.query.inventoryaudit.Reading.DurableArea;
import dev.onsale.query.inventoryaudit.Reading.Indexed;
import dev.onsale.query.layout.EventLayout;
import dev.onsale.query.seatmap.Packed;
import dev.onsale.query.seatmap.SeatBlocks;
import dev.onsale.query.seatmap.SeatBlocks.SeatBlock;
import dev.onsale.runtime.inventory.AreaCounts;
import dev.onsale.runtime.inventory.Snapshot;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Compares one reading, place by place. A place agrees if the other store says what Redis said before or after it was read.
 */
final class Comparison {
    private static final int AVAILABLE = 0;
    private static final int HELD = 1;
    private static final int RESERVED = 2;
    private static final int SOLD = 3;
    private static final int BLOCKED = 4;

    private final Reading reading;
    private final EventLayout layout;
    private final UUID eventId;
    private final Map<Spot, Suspicion> suspects = new LinkedHashMap<>();
    private final Map<Spot, DifferenceClass> explained = new LinkedHashMap<>();

    private Comparison(Reading reading) {
        this.reading = reading;
        this.layout = reading.event().layout();
        this.eventId = UUID.fromString(reading.event().event().eventId());
    }

    static Comparison of(Reading reading) {
        Comparison comparison = new Comparison(reading);
        comparison.compare();
        return comparison;
    }

    /** What may be drift. */
    Map<Spot, Suspicion> suspects() {
        return suspects;
    }

    /** What is none. */
    Map<Spot, DifferenceClass> explained() {
        return explained;
    }

    private void compare() {
        boolean current = reading.loaded()
                && reading.after().orElseThrow().version().epoch()
                        == reading.event().epoch();
        if (!current) {
            if (reading.event().epoch() > 0) {
                suspect(new Spot(Spot.Kind.EVENT, -1, -1), DIFFERENCE_CLASS_REDIS_NOT_LOADED, "not loaded", 0);
            }
            return;
        }
        Snapshot before = reading.before().orElseThrow();
        Snapshot after = reading.after().orElseThrow();
        for (int i = 0; i < layout.sections().size(); i++) {
            section(i, before, after);
        }
        for (int i = 0; i < layout.areas().size(); i++) {
            area(i, before, after);
        }
        int capacity = reading.event().event().capacity();
        int counted = Counts.redis(layout, after).total();
        if (counted != capacity) {
            suspect(new Spot(Spot.Kind.EVENT, -1, -1), DIFFERENCE_CLASS_CAPACITY, counted + "", capacity - counted);
        }
    }

    private void section(int index, Snapshot before, Snapshot after) {
        EventLayout.Section section = layout.sections().get(index);
        Indexed indexed = reading.indexed().get(SeatBlocks.sectionId(eventId, section.code()));
        byte[] packed = indexed == null ? null : indexed.block().packed();
        Spot whole = new Spot(Spot.Kind.SEATS_INDEXED, index, -1);
        if (indexed == null || packed == null) {
            suspect(whole, DIFFERENCE_CLASS_ES_MISSING, "", section.seats());
        } else if (packed.length != section.packedLength() || !counted(section, indexed.block(), packed)) {
            suspect(whole, DIFFERENCE_CLASS_ES_STALE, Arrays.toString(packed), section.seats());
            packed = null;
        }
        for (int place = 0; place < section.length(); place++) {
            int ordinal = section.firstOrdinal() + place;
            int durable = reading.durable().getOrDefault(ordinal, Reading.NO_SEAT);
            int was = Reading.status(before, ordinal);
            int is = Reading.status(after, ordinal);
            durable(new Spot(Spot.Kind.SEATS_DURABLE, index, ordinal), was, is, durable);
            if (packed != null) {
                indexed(new Spot(Spot.Kind.SEATS_INDEXED, index, ordinal), was, is, Packed.get(packed, place));
            }
        }
    }

    private static boolean counted(EventLayout.Section section, SeatBlock block, byte[] packed) {
        int[] counts = Packed.count(packed, section.length());
        return counts[0] == block.available()
                && counts[1] == block.held()
                && counts[2] == block.sold()
                && counts[3] - (section.length() - section.seats()) == block.blocked();
    }

    private void durable(Spot spot, int was, int is, int durable) {
        if (agree(was, durable) || agree(is, durable)) {
            return;
        }
        DifferenceClass fine = explanation(was, durable);
        fine = fine == null ? explanation(is, durable) : fine;
        if (fine != null) {
            explained.put(spot, fine);
            return;
        }
        boolean claimed = durable == RESERVED || durable == SOLD || durable == BLOCKED;
        boolean lost = claimed && is != RESERVED && is != SOLD;
        DifferenceClass kind = lost ? DIFFERENCE_CLASS_REDIS_LOST_CLAIM : DIFFERENCE_CLASS_REDIS_EXTRA_CLAIM;
        suspect(spot, kind, was + " " + is + " " + durable, 1);
    }

    /** Reserved and sold are the same claim: which of the two it is may be told a moment later. */
    private static boolean agree(int redis, int durable) {
        return redis == durable || (claim(redis) && claim(durable));
    }

    private static boolean claim(int status) {
        return status == RESERVED || status == SOLD;
    }

    private static @Nullable DifferenceClass explanation(int redis, int durable) {
        if (redis == HELD && durable == AVAILABLE) {
            return DIFFERENCE_CLASS_HOLD_ONLY_IN_REDIS;
        }
        if (redis == HELD && claim(durable)) {
            return DIFFERENCE_CLASS_BOOKING_UNDER_WAY;
        }
        return redis == AVAILABLE && durable == HELD ? DIFFERENCE_CLASS_HOLD_ENDING : null;
    }

    private void indexed(Spot spot, int was, int is, int code) {
        if (code != code(was) && code != code(is)) {
            suspect(spot, DIFFERENCE_CLASS_ES_STALE, was + " " + is + " " + code, 1);
        }
    }

    private static int code(int status) {
        return status == Reading.NO_SEAT ? Packed.BLOCKED : Packed.ofStatus(status);
    }

    private void area(int index, Snapshot before, Snapshot after) {
        AreaCounts was = before.areas().get(index);
        AreaCounts is = after.areas().get(index);
        DurableArea durable = reading.areas().get(index);
        Spot spot = new Spot(Spot.Kind.AREA_DURABLE, index, -1);
        if (was == null || is == null) {
            suspect(spot, DIFFERENCE_CLASS_REDIS_LOST_CLAIM, "no counters", durable.claimed());
            return;
        }
        if (!same(was, durable) && !same(is, durable)) {
            int missing = missing(is, durable);
            boolean lost = missing != 0 ? missing > 0 : durable.blocked() > is.blocked();
            suspect(
                    spot,
                    lost ? DIFFERENCE_CLASS_REDIS_LOST_CLAIM : DIFFERENCE_CLASS_REDIS_EXTRA_CLAIM,
                    missing(was, durable) + " " + missing + " " + (durable.blocked() - is.blocked()),
                    Math.max(1, Math.abs(missing)));
        }
        indexedArea(index, was, is);
    }

    private void indexedArea(int index, AreaCounts was, AreaCounts is) {
        String code = layout.areas().get(index).code();
        Indexed indexed = reading.indexed().get(SeatBlocks.areaId(eventId, code));
        Spot spot = new Spot(Spot.Kind.AREA_INDEXED, index, -1);
        if (indexed == null) {
            suspect(spot, DIFFERENCE_CLASS_ES_MISSING, "", (int) is.capacity());
        } else if (!same(was, indexed.block()) && !same(is, indexed.block())) {
            SeatBlock block = indexed.block();
            String seen = "%d %d %d %d of %s"
                    .formatted(block.available(), block.held(), block.sold(), block.blocked(), is.join(" "));
            suspect(spot, DIFFERENCE_CLASS_ES_STALE, seen, 1);
        }
    }

    private static boolean same(AreaCounts redis, DurableArea durable) {
        return missing(redis, durable) == 0 && redis.blocked() == durable.blocked();
    }

    private static int missing(AreaCounts redis, DurableArea durable) {
        return (int) (durable.claimed() - redis.reserved() - redis.sold());
    }

    private static boolean same(AreaCounts redis, SeatBlock block) {
        return redis.free() == block.available()
                && redis.held() == block.held()
                && redis.reserved() + redis.sold() == block.sold()
                && redis.blocked() == block.blocked();
    }

    private void suspect(Spot spot, DifferenceClass kind, String seen, int places) {
        suspects.put(spot, new Suspicion(kind, seen, places));
    }
}
