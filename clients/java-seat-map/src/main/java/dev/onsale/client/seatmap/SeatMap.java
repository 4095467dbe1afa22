package dev.onsale.client.seatmap;

import dev.onsale.client.seatmap.Update.SeatChange;
import dev.onsale.proto.query.v1.AreaStatuses;
import dev.onsale.proto.query.v1.AsOf;
import dev.onsale.proto.query.v1.GetSeatStatusesResponse;
import dev.onsale.proto.query.v1.SeatDelta;
import dev.onsale.proto.query.v1.SectionStatuses;
import dev.onsale.proto.query.v1.WatchSeatStatusesResponse;
import dev.onsale.proto.query.v1.WatchSeatStatusesResponse.Delta;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How an event's seats stand, as far as a watcher has been told. It applies what builds on what it knows, passes over what
 * it knows, and never anything else: at every version it shows what the server showed at that version. May be read and
 * written by any thread.
 */
public final class SeatMap {
    private static final byte UNKNOWN = SeatStatus.BLOCKED.code();

    private Places places;
    private byte[] codes;
    private int[][] counts;
    private final Map<String, Counts> areas = new LinkedHashMap<>();
    private long version;
    private long stream;
    private boolean begun;
    private boolean stale = true;

    /**
     * Knows nothing yet.
     *
     * @param places of the event's layout
     */
    public SeatMap(Places places) {
        this.places = places;
        this.codes = blank(places);
        this.counts = new int[places.sections().size()][SeatStatus.NUMBER];
    }

    /**
     * Begins a stream; messages of the streams before it are passed over from now on.
     *
     * @return its number, for {@link #take}
     */
    public synchronized long open() {
        return ++stream;
    }

    /**
     * Says where a new stream may go on. A state that the read side called stale is not built on: what it got wrong, no
     * delta would put right.
     *
     * @return the `resume_version`; 0: begin with a snapshot
     */
    public synchronized long resumeVersion() {
        return begun && !stale ? version : 0;
    }

    /**
     * Takes the next message.
     *
     * @param of number of the stream it came by
     * @param message what came
     * @return what became of it
     */
    public synchronized Step take(long of, WatchSeatStatusesResponse message) {
        if (of != stream) {
            return new Step.Known();
        }
        return switch (message.getUpdateCase()) {
            case SNAPSHOT -> new Step.Applied(snapshot(message.getSnapshot()));
            case DELTA -> delta(message.getDelta());
            case UPDATE_NOT_SET -> new Step.Known();
        };
    }

    /** Changes the layout; the next message must be a snapshot. */
    synchronized void relocate(Places other) {
        places = other;
        codes = blank(other);
        counts = new int[other.sections().size()][SeatStatus.NUMBER];
        areas.clear();
        begun = false;
    }

    /**
     * Gives the places.
     *
     * @return of the layout shown
     */
    public synchronized Places places() {
        return places;
    }

    /**
     * Tells the version shown.
     *
     * @return 0 before the first snapshot
     */
    public synchronized long version() {
        return version;
    }

    /**
     * Tells whether anything is known.
     *
     * @return true from the first snapshot on
     */
    public synchronized boolean begun() {
        return begun;
    }

    /**
     * Tells whether the read side is cut off from its sources: what is shown may be older than usual, or lack something.
     *
     * @return true also before the first snapshot
     */
    public synchronized boolean stale() {
        return stale;
    }

    /**
     * Tells what a seat is.
     *
     * @param ordinal the seat; of a place that is no seat nothing but BLOCKED is known
     * @return its status
     */
    public synchronized SeatStatus status(int ordinal) {
        return SeatStatus.ofCode(ordinal >= 0 && ordinal < codes.length ? codes[ordinal] : UNKNOWN);
    }

    /**
     * Tells what a seat is.
     *
     * @param seatId the seat
     * @return its status
     * @throws IllegalArgumentException if there is no such seat
     */
    public synchronized SeatStatus status(String seatId) {
        return status(places.ordinal(seatId).orElseThrow(() -> new IllegalArgumentException("No seat " + seatId)));
    }

    /**
     * Counts the seats by section.
     *
     * @return section code to counts, best first; sections that are not watched count nothing
     */
    public synchronized Map<String, Counts> sections() {
        Map<String, Counts> sections = new LinkedHashMap<>();
        for (int i = 0; i < counts.length; i++) {
            int[] of = counts[i];
            sections.put(places.sections().get(i), new Counts(of[0], of[1], of[2], of[3]));
        }
        return sections;
    }

    /**
     * Counts the areas.
     *
     * @return area id to counts
     */
    public synchronized Map<String, Counts> areas() {
        return new LinkedHashMap<>(areas);
    }

    private Update snapshot(GetSeatStatusesResponse snapshot) {
        byte[] before = codes;
        codes = blank(places);
        counts = new int[counts.length][SeatStatus.NUMBER];
        if (snapshot.hasBlock()) {
            unpack(
                    0,
                    snapshot.getBlock().getLength(),
                    snapshot.getBlock().getPacked().toByteArray());
        }
        for (SectionStatuses section : snapshot.getSectionsList()) {
            unpack(
                    section.getFirstOrdinal(),
                    section.getLength(),
                    section.getPacked().toByteArray());
        }
        List<SeatChange> changes = new ArrayList<>();
        for (int ordinal = 0; ordinal < codes.length; ordinal++) {
            if (before[ordinal] != codes[ordinal]) {
                changes.add(change(ordinal, before[ordinal]));
            }
        }
        Map<String, Counts> areasBefore = new LinkedHashMap<>(areas);
        areas.clear();
        Map<String, Counts> changedAreas = areas(snapshot.getAreasList(), areasBefore);
        return done(true, snapshot.getAsOf(), snapshot.getAsOf().getVersion(), changes, changedAreas);
    }

    private Step delta(Delta delta) {
        if (!begun || delta.getFromVersion() != version) {
            boolean known = begun && delta.getToVersion() <= version;
            return known ? new Step.Known() : new Step.Gap(version, delta.getFromVersion());
        }
        List<SeatChange> changes = new ArrayList<>();
        for (SeatDelta seats : delta.getSeatsList()) {
            byte code = SeatStatus.of(seats.getStatus()).code();
            for (int ordinal : seats.getOrdinalsList()) {
                set(ordinal, code, changes);
            }
        }
        Map<String, Counts> changedAreas = areas(delta.getAreasList(), areas);
        return new Step.Applied(done(false, delta.getAsOf(), delta.getToVersion(), changes, changedAreas));
    }

    private Update done(
            boolean snapshot, AsOf asOf, long to, List<SeatChange> changes, Map<String, Counts> changedAreas) {
        long from = version;
        version = to;
        begun = true;
        stale = asOf.getStale();
        return new Update(snapshot, from, to, stale, List.copyOf(changes), changedAreas);
    }

    private void unpack(int first, int length, byte[] packed) {
        for (int place = 0; place < length; place++) {
            int ordinal = first + place;
            if (places.isSeat(ordinal)) {
                codes[ordinal] = (byte) ((packed[place >> 2] >> ((place & 3) << 1)) & 3);
                counts[places.sectionIndex(ordinal)][codes[ordinal]]++;
            }
        }
    }

    private void set(int ordinal, byte code, List<SeatChange> changes) {
        if (!places.isSeat(ordinal) || codes[ordinal] == code) {
            return;
        }
        byte before = codes[ordinal];
        codes[ordinal] = code;
        int[] section = counts[places.sectionIndex(ordinal)];
        section[before]--;
        section[code]++;
        changes.add(change(ordinal, before));
    }

    private SeatChange change(int ordinal, byte before) {
        return new SeatChange(ordinal, SeatStatus.ofCode(before), SeatStatus.ofCode(codes[ordinal]));
    }

    private Map<String, Counts> areas(List<AreaStatuses> told, Map<String, Counts> before) {
        Map<String, Counts> changed = new LinkedHashMap<>();
        for (AreaStatuses area : told) {
            Counts now = Counts.of(area);
            if (!now.equals(before.get(area.getAreaId()))) {
                changed.put(area.getAreaId(), now);
            }
            areas.put(area.getAreaId(), now);
        }
        return changed;
    }

    private static byte[] blank(Places places) {
        byte[] blank = new byte[places.size()];
        Arrays.fill(blank, UNKNOWN);
        return blank;
    }
}
