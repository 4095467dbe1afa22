package dev.onsale.command.risk;

import dev.onsale.command.BoxOffice;
import dev.onsale.command.catalog.seatmap.OrdinalRange;
import dev.onsale.command.inventory.BookedPlaces;
import dev.onsale.command.inventory.Choice;
import dev.onsale.command.inventory.ClockedHouse;
import dev.onsale.command.inventory.HoldId;
import dev.onsale.command.inventory.HoldOutcome;
import dev.onsale.command.inventory.HoldRecord;
import dev.onsale.command.inventory.HoldRequest;
import dev.onsale.runtime.challenge.WorkProof;
import dev.onsale.runtime.config.Config;
import dev.onsale.runtime.redis.Redis;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.UnaryOperator;

/** A sale under a clock of its own: the real ledger and the real guard in a real Redis, one call after the other. */
final class SimSale {
    static final String DATA_CENTRE = "203.0.113.9";
    static final String AT_HOME = "198.51.100.9";
    static final long TTL = Duration.ofMinutes(8).toMillis();
    static final int LIMIT = 4;
    private static final long START = 1_000_000;

    final Random random;
    final SimTally tally = new SimTally();
    private final boolean guarded;
    private final ClockedHouse house;
    private final RiskDesk desk;
    private final RiskConfig config =
            RiskConfig.from(Config.of(Map.of("risk.mode", "enforce", "risk.challenge.max-number", "1")));
    private final Fingerprints fingerprints = new Fingerprints("key");
    private final PriorityQueue<Due> queue = new PriorityQueue<>();
    private final long end;
    private long now = START;
    private long order;
    private int requests;

    private record Due(long at, long order, Runnable what) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            return at == other.at ? Long.compare(order, other.order) : Long.compare(at, other.at);
        }
    }

    /** What became of a call. */
    sealed interface Answer {
        /** It has the seats. */
        record Held(HoldRecord hold) implements Answer {}

        /** Not what it wants, now. */
        record None() implements Answer {}

        /** Booked. */
        record Booked() implements Answer {}

        /** Come again in so many milliseconds. */
        record Wait(long millis) implements Answer {}

        /** Never come again. */
        record Denied() implements Answer {}

        /** Solve this first. */
        record Challenge(String challenge) implements Answer {}
    }

    /**
     * Who calls.
     *
     * @param account its account
     * @param device what it shows as its device
     * @param contact what it gives as its address
     * @param peer where it calls from
     * @param scalper whose it is
     */
    record Caller(String account, String device, String contact, String peer, boolean scalper) {}

    SimSale(Redis redis, long seed, boolean guarded, int seats, Duration length) {
        this.random = new Random(seed);
        this.guarded = guarded;
        this.house = new ClockedHouse(redis, seats, TTL, LIMIT);
        this.end = START + length.toMillis();
        this.desk = new RiskDesk(
                config,
                asking -> Future.succeededFuture(
                        asking.seatIds().stream().map(Integer::valueOf).toList()),
                new RiskMeter(
                        redis,
                        ClockedHouse.SHARDS,
                        config.limits(),
                        fingerprints,
                        ClockedHouse.clockByHolds(UnaryOperator.identity())),
                new Signals(config, Networks.of(List.of("203.0.113.0/24"))),
                fingerprints,
                new WorkProof(new byte[] {1}, 1, Duration.ofHours(1), Clock.systemUTC()));
    }

    long now() {
        return now - START;
    }

    boolean over() {
        return now >= end;
    }

    void in(long millis, Runnable what) {
        queue.add(new Due(now + Math.max(1, millis), order++, what));
    }

    /** Until everybody has left or the sale ends. */
    void run() {
        for (Due due = queue.poll(); due != null && due.at < end; due = queue.poll()) {
            if (due.at != now) {
                now = due.at;
                house.setClock(now);
            }
            due.what.run();
        }
    }

    String newRequest() {
        return "r" + requests++;
    }

    HoldId id(Caller caller, String request) {
        return HoldId.of(house.eventId, caller.account(), request);
    }

    /** Asks for seats. */
    Answer hold(Caller caller, String request, Choice choice, String solution) {
        HoldId id = id(caller, request);
        List<String> named = choice instanceof Choice.Seats seats
                ? seats.ordinals().stream().map(String::valueOf).toList()
                : List.of();
        return guard(caller, Asking.Want.HOLD, id, named, solution).orElseGet(() -> {
            HoldOutcome outcome = BoxOffice.await(
                    house.ledger.hold(new HoldRequest(id, caller.account(), "body", 1, false, null), choice));
            return outcome instanceof HoldOutcome.Held held && held.hold().active()
                    ? new Answer.Held(held.hold())
                    : new Answer.None();
        });
    }

    /** Books what is held; a payment always succeeds here. */
    Answer book(Caller caller, HoldRecord hold, String solution) {
        return guard(caller, Asking.Want.BOOKING, hold.id(), List.of(), solution)
                .orElseGet(() -> {
                    Optional<HoldRecord> live =
                            BoxOffice.await(house.ledger.get(hold.id())).filter(HoldRecord::active);
                    if (live.isEmpty()) {
                        return new Answer.None();
                    }
                    BoxOffice.await(house.ledger.claim(hold.id(), caller.account(), hold.fence(), null));
                    BoxOffice.await(house.ledger.sell(
                            new BookedPlaces(hold.id(), caller.account(), hold.fence(), 1, hold.places(), null)));
                    tally.sold(caller, hold.places().count());
                    return new Answer.Booked();
                });
    }

    void release(Caller caller, HoldRecord hold) {
        BoxOffice.await(house.ledger.release(hold.id(), caller.account(), null));
    }

    private Optional<Answer> guard(Caller caller, Asking.Want want, HoldId id, List<String> named, String solution) {
        tally.called(caller);
        if (!guarded) {
            return Optional.empty();
        }
        List<Trait> traits = new ArrayList<>();
        fingerprints.device(house.eventId, caller.device()).ifPresent(traits::add);
        if (want == Asking.Want.BOOKING) {
            fingerprints.email(house.eventId, caller.contact()).ifPresent(traits::add);
        }
        Asking asking =
                new Asking(caller.account(), house.eventId, want, id.value(), named, traits, caller.peer(), solution);
        Judgement judgement = BoxOffice.await(desk.judge(asking));
        tally.judged(caller, judgement);
        return switch (judgement.verdict()) {
            case ALLOW -> Optional.empty();
            case CHALLENGE -> Optional.of(new Answer.Challenge(desk.challenge(asking)));
            case SLOW -> Optional.of(new Answer.Wait(config.slowPause().toMillis()));
            case DENY -> {
                long wait = judgement.measures().coolDown();
                yield Optional.of(wait > 0 ? new Answer.Wait(wait) : new Answer.Denied());
            }
        };
    }

    /** Anybody can: it costs time, which callers let pass by themselves. */
    static String solve(String challenge) {
        JsonObject json = new JsonObject(challenge);
        for (long number = 0; number <= json.getLong("maxnumber"); number++) {
            if (sha256(json.getString("salt") + number).equals(json.getString("challenge"))) {
                return Base64.getEncoder()
                        .encodeToString(json.put("number", number).encode().getBytes(StandardCharsets.UTF_8));
            }
        }
        throw new AssertionError("no solution");
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    /** The best seats side by side, anywhere. */
    static Choice best(int quantity, int seats) {
        return new Choice.Best(quantity, 0, false, List.of(new OrdinalRange(0, seats + seats / 10)));
    }
}
