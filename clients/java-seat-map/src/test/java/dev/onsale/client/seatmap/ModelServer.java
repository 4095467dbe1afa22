package dev.onsale.client.seatmap;

import com.google.protobuf.ByteString;
import dev.onsale.proto.inventory.v1.SeatStatus;
import dev.onsale.proto.query.v1.AreaStatuses;
import dev.onsale.proto.query.v1.AsOf;
import dev.onsale.proto.query.v1.GetSeatStatusesResponse;
import dev.onsale.proto.query.v1.Layout;
import dev.onsale.proto.query.v1.PlaceBlock;
import dev.onsale.proto.query.v1.SeatDelta;
import dev.onsale.proto.query.v1.SeatRun;
import dev.onsale.proto.query.v1.SectionLayout;
import dev.onsale.proto.query.v1.SectionStatuses;
import dev.onsale.proto.query.v1.WatchSeatStatusesResponse;
import dev.onsale.proto.query.v1.WatchSeatStatusesResponse.Delta;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * A server as the contract describes it, small enough to be seen through: it keeps what everything was at every version,
 * and makes snapshots and deltas as any correct server may.
 */
final class ModelServer {
    static final int PLACES = 23; // Runs of five, each but the last followed by a place that is no seat.
    private static final int RUN = 5;
    private static final List<SeatStatus> STATUSES = List.of(
            SeatStatus.SEAT_STATUS_AVAILABLE,
            SeatStatus.SEAT_STATUS_HELD,
            SeatStatus.SEAT_STATUS_SOLD,
            SeatStatus.SEAT_STATUS_BLOCKED);

    private final Random random;
    private final Map<Long, State> history = new HashMap<>();
    private State now;

    /** Everything at one version; codes of places that are no seats are 3. */
    @SuppressWarnings("ArrayRecordComponent") // Compared as text.
    record State(long version, int[] codes, int sold) {
        String text() {
            StringBuilder text = new StringBuilder();
            for (int code : codes) {
                text.append(code);
            }
            return text + " " + sold;
        }
    }

    ModelServer(Random random) {
        this.random = random;
        int[] codes = new int[PLACES];
        for (int i = RUN; i < PLACES; i += RUN + 1) {
            codes[i] = 3;
        }
        publish(new State(1L << 32, codes, 0));
    }

    static Layout layout() {
        return Layout.newBuilder()
                .setLayoutHash("0123456789abcdef0123456789abcdef")
                .addSections(section("A", 0))
                .addSections(section("B", 2 * (RUN + 1)))
                .build();
    }

    State now() {
        return now;
    }

    State at(long version) {
        State state = history.get(version);
        if (state == null) {
            throw new AssertionError("There was no version " + version);
        }
        return state;
    }

    /** One change of one or a few seats, or of the area. */
    void change() {
        int[] codes = now.codes.clone();
        int sold = now.sold;
        if (random.nextInt(5) == 0) {
            sold++;
        } else {
            int code = random.nextInt(4);
            for (int i = 0; i < 1 + random.nextInt(3); i++) {
                int place = random.nextInt(PLACES);
                if (place % (RUN + 1) != RUN) {
                    codes[place] = code;
                }
            }
        }
        publish(new State(now.version + 1, codes, sold));
    }

    /** The inventory is loaded anew: versions begin again in the next epoch. */
    void reload() {
        publish(new State(((now.version >>> 32) + 1) << 32, now.codes.clone(), now.sold));
    }

    WatchSeatStatusesResponse snapshot(boolean oneBlock) {
        GetSeatStatusesResponse.Builder snapshot =
                GetSeatStatusesResponse.newBuilder().setAsOf(asOf(now.version)).addAreas(area());
        if (oneBlock) {
            snapshot.setBlock(PlaceBlock.newBuilder().setLength(PLACES).setPacked(packed(0, PLACES)));
        } else {
            snapshot.addSections(statuses("A", 0));
            snapshot.addSections(statuses("B", 2 * (RUN + 1)));
        }
        return WatchSeatStatusesResponse.newBuilder().setSnapshot(snapshot).build();
    }

    /** A stored state by the name of the newest version that lacks a few changes, and says that it may. */
    WatchSeatStatusesResponse torn(boolean oneBlock) {
        State right = now;
        int[] codes = now.codes.clone();
        codes[random.nextInt(RUN)] = random.nextInt(4);
        now = new State(right.version, codes, right.sold);
        WatchSeatStatusesResponse.Builder torn = snapshot(oneBlock).toBuilder();
        torn.getSnapshotBuilder().getAsOfBuilder().setStale(true);
        now = right;
        return torn.build();
    }

    /** All places, whatever a watcher that was shown a torn state has of them. */
    WatchSeatStatusesResponse mended(long from) {
        Delta.Builder delta = delta(from, true).getDelta().toBuilder().clearSeats();
        for (int place = 0; place < PLACES; place++) {
            delta.addSeats(SeatDelta.newBuilder()
                    .setStatus(STATUSES.get(now.codes[place]))
                    .addOrdinals(place));
        }
        return WatchSeatStatusesResponse.newBuilder().setDelta(delta).build();
    }

    /** What differs from a version that was sent to the newest. */
    WatchSeatStatusesResponse delta(long from) {
        return delta(from, false);
    }

    /** All places that were touched since a version, also those that are again what they were. */
    WatchSeatStatusesResponse resumed(long from) {
        return delta(from, true);
    }

    private WatchSeatStatusesResponse delta(long from, boolean touched) {
        State before = at(from);
        Map<Integer, SeatDelta.Builder> seats = new HashMap<>();
        for (int place : touched ? touchedSince(from) : differing(before)) {
            int code = now.codes[place];
            seats.computeIfAbsent(code, key -> SeatDelta.newBuilder().setStatus(STATUSES.get(key)))
                    .addOrdinals(place);
        }
        Delta.Builder delta = Delta.newBuilder()
                .setFromVersion(from)
                .setToVersion(now.version)
                .setAsOf(asOf(now.version));
        seats.values().forEach(delta::addSeats);
        if (touched || before.sold != now.sold) {
            delta.addAreas(area());
        }
        return WatchSeatStatusesResponse.newBuilder().setDelta(delta).build();
    }

    private Set<Integer> touchedSince(long from) {
        Set<Integer> touched = new TreeSet<>();
        for (long version = from; version < now.version; version++) {
            int[] before = at(version).codes;
            int[] after = at(version + 1).codes;
            for (int place = 0; place < PLACES; place++) {
                if (before[place] != after[place]) {
                    touched.add(place);
                }
            }
        }
        return touched;
    }

    private Set<Integer> differing(State before) {
        Set<Integer> differing = new TreeSet<>();
        for (int place = 0; place < PLACES; place++) {
            if (before.codes[place] != now.codes[place]) {
                differing.add(place);
            }
        }
        return differing;
    }

    private void publish(State state) {
        history.put(state.version, state);
        now = state;
    }

    private static AsOf asOf(long version) {
        return AsOf.newBuilder().setVersion(version).build();
    }

    private AreaStatuses area() {
        return AreaStatuses.newBuilder()
                .setAreaId("FLOOR")
                .setAvailable(1000 - now.sold)
                .setSold(now.sold)
                .build();
    }

    private SectionStatuses statuses(String code, int first) {
        int length = 2 * RUN + 1;
        return SectionStatuses.newBuilder()
                .setSection(code)
                .setFirstOrdinal(first)
                .setLength(length)
                .setPacked(packed(first, length))
                .build();
    }

    private ByteString packed(int first, int length) {
        byte[] packed = new byte[(length + 3) / 4];
        for (int place = 0; place < length; place++) {
            packed[place / 4] |= (byte) (now.codes[first + place] << (place % 4 * 2));
        }
        return ByteString.copyFrom(packed);
    }

    private static SectionLayout section(String code, int first) {
        return SectionLayout.newBuilder()
                .setSection(code)
                .setSeatCount(2 * RUN)
                .addRuns(run("1", first))
                .addRuns(run("2", first + RUN + 1))
                .build();
    }

    private static SeatRun run(String row, int first) {
        return SeatRun.newBuilder()
                .setRow(row)
                .setFirstNumber(11)
                .setFirstOrdinal(first)
                .setLength(RUN)
                .build();
    }
}
