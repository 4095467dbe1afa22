package dev.onsale.waitingroom.line;

import dev.onsale.runtime.redis.Redis;
import dev.onsale.runtime.redis.Scripts;
import dev.onsale.waitingroom.line.LineScripts.Operation;
import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * The lines of all rooms: one atomic script in Redis an operation. Every operation may be repeated. Safe for any thread.
 *
 * <p>All fail with DEPENDENCY_UNAVAILABLE while Redis is away, and all but {@link #open} with {@link LineLost} if Redis has
 * no such room. A ledger remembers how many entries it has seen given, and tells Redis, which may have lost the last of
 * them.
 */
public final class LineLedger {

    private static final int MOST_AT_ONCE = 1_000;

    private final Redis redis;
    private final int shards;
    private final Scripts<Operation> scripts;
    private final ConcurrentHashMap<UUID, Long> seenJoined = new ConcurrentHashMap<>();

    /**
     * A ledger.
     *
     * @param shards number of shards, the same in every service
     */
    public LineLedger(Redis redis, int shards) {
        this(redis, shards, LineScripts.load());
    }

    LineLedger(Redis redis, int shards, Scripts<Operation> scripts) {
        this.redis = redis;
        this.shards = shards;
        this.scripts = scripts;
    }

    /**
     * Makes the line of a room or changes its terms. If Redis has lost it, or a part, the line goes on from the highest of
     * what PostgreSQL, Redis and this ledger have seen. The state only goes forward, but for pausing and resuming.
     */
    public Future<LineTick> open(LineTerms terms) {
        return tick(
                Operation.OPEN_LINE,
                terms.event(),
                terms.state().code(),
                terms.opens().toEpochMilli(),
                terms.rate(),
                terms.maxActive(),
                terms.claimWindow().toMillis(),
                terms.session().toMillis(),
                terms.capacity(),
                Math.max(terms.joined(), seen(terms.event())),
                terms.served(),
                terms.lobbySize(),
                HexFormat.of().formatHex(terms.digest().digest()),
                terms.digest().entries());
    }

    /**
     * Gives each account its one entry, at most 1,000 at once: use {@link JoinBatches}.
     *
     * @return an outcome for each, in their order
     */
    public Future<List<JoinOutcome>> join(UUID event, int capacity, List<Arrival> arrivals) {
        var keys = keys(event).with(capacity, arrivals.stream().mapToLong(Arrival::fingerprint));
        var arguments = new ArrayList<String>(2 * arrivals.size() + 1);
        arguments.add(Long.toString(seen(event)));
        for (var arrival : arrivals) {
            arguments.add(hex(arrival.fingerprint()));
            arguments.add(Long.toString(arrival.knownEntry()));
        }
        return send(Operation.JOIN, event, keys, arguments).map(reply -> {
            var outcomes = LineReplies.joins(reply, arrivals.size());
            outcomes.forEach(outcome -> sawJoined(event, outcome instanceof JoinOutcome.Joined j ? j.entry() : 0));
            return outcomes;
        });
    }

    /** Ends the lobby now. */
    public Future<LineTick> freeze(UUID event) {
        return tick(Operation.FREEZE, event);
    }

    /** Starts the line; the draw must be on record. */
    public Future<LineTick> start(UUID event) {
        return tick(Operation.START, event);
    }

    /**
     * Moves the line as far as time allows, ends what is over.
     *
     * @param seenServed the highest {@link LineTick#served} the caller ever saw
     * @param seenJoined the highest {@link LineTick#joined} the caller ever saw
     */
    public Future<LineTick> tick(UUID event, long seenServed, long seenJoined) {
        return tick(Operation.TICK, event, seenServed, Math.max(seenJoined, seen(event)));
    }

    /** Stops waiting for those of the newly called who had left. Both lists have the same order. */
    public Future<Void> settle(UUID event, List<Long> entriesNewlyCalled, List<Long> positions) {
        var pairs = new ArrayList<Long>(2 * positions.size());
        for (int i = 0; i < positions.size(); i++) {
            pairs.add(entriesNewlyCalled.get(i));
            pairs.add(positions.get(i));
        }
        return inPieces(Operation.SETTLE, event, pairs);
    }

    /** Takes a turn. */
    public Future<ClaimOutcome> claim(UUID event, int capacity, Turn turn) {
        return visit(Operation.CLAIM, event, capacity, turn).map(LineReplies::claim);
    }

    /** Goes to the end of the line after the turn has passed; once. */
    public Future<ReenterOutcome> reenter(UUID event, int capacity, Turn turn) {
        return visit(Operation.REENTER, event, capacity, turn)
                .map(LineReplies::reenter)
                .onSuccess(outcome -> sawJoined(event, outcome instanceof ReenterOutcome.Reentered r ? r.entry() : 0));
    }

    /** Gives up a place, or ends a session. */
    public Future<LeaveOutcome> leave(UUID event, int capacity, Turn turn) {
        return visit(Operation.LEAVE, event, capacity, turn).map(LineReplies::leave);
    }

    /** Ends sessions that led to a booking. */
    public Future<Void> finish(UUID event, List<Long> entries) {
        return inPieces(Operation.FINISH, event, entries);
    }

    /** Ends a session by an operator's word; it counts as abandoned. Whoever has not been admitted loses its place. */
    public Future<Void> end(UUID event, long entry, long position) {
        return send(Operation.END_SESSION, event, keys(event).common(), texts(List.of(entry, position)))
                .mapEmpty();
    }

    /** The entry of an account; empty if it has none, or Redis has lost it. */
    public Future<OptionalLong> entry(UUID event, int capacity, long fingerprint) {
        var keys = keys(event).with(capacity, LongStream.of(fingerprint));
        return send(Operation.FIND_ENTRY, event, keys, List.of(hex(fingerprint)))
                .map(LineReplies::entry);
    }

    /** Lets an open line stand still. */
    public Future<LineTick> pause(UUID event) {
        return tick(Operation.PAUSE, event);
    }

    /** Lets a paused line move. */
    public Future<LineTick> resume(UUID event) {
        return tick(Operation.RESUME, event);
    }

    /** Closes the room for good. */
    public Future<LineTick> close(UUID event) {
        return tick(Operation.CLOSE, event);
    }

    /** Changes how fast the line moves. */
    public Future<LineTick> setDrain(UUID event, double allowedRate, int maxActive) {
        return tick(Operation.SET_DRAIN, event, String.format(Locale.ROOT, "%.6f", allowedRate), maxActive);
    }

    private Future<LineTick> tick(Operation operation, UUID event, Object... arguments) {
        var texts = Stream.of(arguments).map(String::valueOf).toList();
        return send(operation, event, keys(event).common(), texts)
                .map(LineReplies::tick)
                .onSuccess(tick -> sawJoined(event, tick.joined()));
    }

    private Future<Response> visit(Operation operation, UUID event, int capacity, Turn turn) {
        var arguments = new ArrayList<>(
                List.of(Long.toString(turn.entry()), Long.toString(turn.position()), hex(turn.fingerprint())));
        if (operation == Operation.REENTER) {
            arguments.add(Long.toString(seen(event)));
        }
        return send(operation, event, keys(event).with(capacity, LongStream.of(turn.fingerprint())), arguments);
    }

    private Future<Void> inPieces(Operation operation, UUID event, List<Long> numbers) {
        if (numbers.isEmpty()) {
            return Future.succeededFuture();
        }
        var piece = numbers.subList(0, Math.min(numbers.size(), 2 * MOST_AT_ONCE));
        return send(operation, event, keys(event).common(), texts(piece))
                .compose(done -> inPieces(operation, event, numbers.subList(piece.size(), numbers.size())));
    }

    private Future<Response> send(Operation operation, UUID event, List<String> keys, List<String> arguments) {
        return scripts.get(operation)
                .run(redis, keys, arguments)
                .compose(reply -> LineReplies.word(reply).equals("LOST")
                        ? Future.failedFuture(new LineLost(event))
                        : Future.succeededFuture(reply));
    }

    private LineKeys keys(UUID event) {
        return LineKeys.of(event, shards);
    }

    private long seen(UUID event) {
        return seenJoined.getOrDefault(event, 0L);
    }

    private void sawJoined(UUID event, long joined) {
        if (joined > 0) {
            seenJoined.merge(event, joined, Math::max);
        }
    }

    private static List<String> texts(Collection<Long> numbers) {
        return numbers.stream().map(String::valueOf).toList();
    }

    private static String hex(long fingerprint) {
        return HexFormat.of().toHexDigits(fingerprint);
    }
}
