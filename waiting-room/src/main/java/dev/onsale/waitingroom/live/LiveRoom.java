package dev.onsale.waitingroom.live;

import dev.onsale.proto.waitingroom.v1.RoomState;
import dev.onsale.waitingroom.draw.LinePermutation;
import dev.onsale.waitingroom.line.Fingerprints;
import dev.onsale.waitingroom.line.LineState;
import dev.onsale.waitingroom.line.LineTerms;
import dev.onsale.waitingroom.line.LineTick;
import dev.onsale.waitingroom.line.LobbyDigest;
import dev.onsale.waitingroom.place.PlaceTickets;
import dev.onsale.waitingroom.room.Progress;
import dev.onsale.waitingroom.room.Room;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One room as this node knows it: its row, and what its line answered last. Positions are computed from it alone. Safe for
 * any thread.
 */
public final class LiveRoom {

    private final Fingerprints fingerprints;
    private final PlaceTickets tickets;
    private final Pace pace = new Pace();
    private final CallTimes calls = new CallTimes();
    private volatile Room room;
    private volatile @Nullable LineTick tick;
    private volatile @Nullable LinePermutation permutation;
    private volatile Progress reached;
    private volatile LobbyDigest digest;
    private volatile long seatsFree = -1;

    LiveRoom(Room room) {
        this.room = room;
        this.reached = room.reached();
        this.digest = room.digest();
        this.fingerprints = Fingerprints.of(room.secret());
        this.tickets = PlaceTickets.of(room.event(), room.secret());
        renew(room);
    }

    /** The row has been read again. */
    void renew(Room fresh) {
        room = fresh;
        reached = reached.max(fresh.reached());
        digest = digest.max(fresh.digest());
        if (permutation == null && fresh.draw().isPresent()) {
            permutation = fresh.draw().get().permutation();
        }
    }

    /** The line has answered. */
    void observe(LineTick answer) {
        tick = answer;
        reached = reached.max(new Progress(answer.joined(), answer.served()));
        if (answer.state() == LineState.LOBBY) {
            digest = digest.max(new LobbyDigest(answer.joined(), answer.lobbyDigest()));
        }
        pace.observe(answer.now(), reached.served());
        if (answer.firstCalled() > 0) {
            calls.called(answer.served(), answer.now());
        }
    }

    void seatsFree(long free) {
        seatsFree = free;
    }

    /** Its event. */
    public UUID event() {
        return room.event();
    }

    /** Its row. */
    public Room room() {
        return room;
    }

    /** What the line answered last; empty before the first time. */
    public Optional<LineTick> tick() {
        return Optional.ofNullable(tick);
    }

    /** How far its line has come, as far as this node has ever seen. Never goes back. */
    public Progress reached() {
        return reached;
    }

    /** The digest of its lobby, as far as this node has ever seen. */
    LobbyDigest digest() {
        return digest;
    }

    /** How fast it moves. */
    public Pace pace() {
        return pace;
    }

    /** Makes fingerprints of its accounts. */
    public Fingerprints fingerprints() {
        return fingerprints;
    }

    /** Makes and reads its place tickets. */
    public PlaceTickets tickets() {
        return tickets;
    }

    /** Seats and places free in the sale; -1: not known. */
    public long seatsFree() {
        return seatsFree;
    }

    /** The place in the line of an entry; 0 before the draw. */
    public long position(long entry) {
        var drawn = permutation;
        return drawn == null ? 0 : drawn.position(entry);
    }

    /** Whose entry is at a place in the line; after the draw only. */
    long entry(long position) {
        var drawn = permutation;
        return drawn == null ? position : drawn.entry(position);
    }

    /** When a called position's turn ends; empty if this node did not see the call. */
    public Optional<Instant> claimDeadline(long position) {
        return calls.of(position).map(when -> when.plus(room.rules().claimWindow()));
    }

    /** Whether the window of a called position is over. */
    public boolean turnPassed(long position) {
        var last = tick;
        return last != null && position <= last.absentUpTo();
    }

    /** What its line in Redis is made from, or made again from. */
    public LineTerms terms() {
        var rules = room.rules();
        var draw = room.draw();
        return new LineTerms(
                room.event(),
                lineState(),
                rules.opens(),
                rules.drainRate(),
                rules.maxActive(),
                rules.claimWindow(),
                rules.session(),
                rules.capacity(),
                reached.joined(),
                reached.served(),
                draw.map(done -> done.lobbySize()).orElse(0L),
                draw.map(done -> new LobbyDigest(done.lobbySize(), done.lobbyDigest()))
                        .orElse(digest));
    }

    private LineState lineState() {
        return switch (room.state()) {
            case ROOM_STATE_OPEN -> LineState.OPEN;
            case ROOM_STATE_PAUSED -> LineState.PAUSED;
            case ROOM_STATE_CLOSED -> LineState.CLOSED;
            case ROOM_STATE_LOBBY, ROOM_STATE_UNSPECIFIED, UNRECOGNIZED -> LineState.LOBBY;
        };
    }

    /** Whether anything is left to do for it. */
    boolean isOver() {
        return room.is(RoomState.ROOM_STATE_CLOSED) && tick != null && tick.active() == 0;
    }
}
