package dev.onsale.command.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onsale.command.BoxOffice;
import dev.onsale.command.inventory.BookedPlaces;
import dev.onsale.command.inventory.Choice;
import dev.onsale.command.inventory.ClockedHouse;
import dev.onsale.command.inventory.HoldId;
import dev.onsale.command.inventory.HoldOutcome;
import dev.onsale.command.inventory.HoldRecord;
import dev.onsale.command.inventory.HoldRequest;
import dev.onsale.command.inventory.RedisServers;
import dev.onsale.runtime.config.Config;
import dev.onsale.runtime.redis.Redis;
import dev.onsale.runtime.redis.RedisConfig;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Long random sequences of calls, over the ledger's own holds, on every Redis there is, against a plain-Java model. A failure prints
 * its seed; {@code -Dmodel.seed=...} repeats it.
 */
final class RiskMeterModelIT {
    private static final int STEPS = Integer.getInteger("model.steps", 1_500);
    private static final int SEATS = 30;
    private static final long TTL = 100_000;

    private static final RedisServers SERVERS = new RedisServers();
    private static final List<Redis> REDIS = new ArrayList<>();
    private static final Vertx VERTX = Vertx.vertx();

    @BeforeAll
    static void start() throws Exception {
        for (URI uri : SERVERS.start()) {
            Config config = Config.of(Map.of("redis.url", uri.toString(), "redis.reply-timeout", "20s"));
            REDIS.add(BoxOffice.await(Redis.connect(VERTX, RedisConfig.from(config))));
        }
    }

    @AfterAll
    static void stop() throws Exception {
        REDIS.forEach(redis -> BoxOffice.await(redis.close()));
        BoxOffice.await(VERTX.close());
        SERVERS.close();
    }

    /** Here a hold that had ended an hour before was taken for one that ran out at that moment. */
    @Test
    void aHoldThatEndedAnHourAgoIsNotCaught() {
        new Run(REDIS.getFirst(), 6722012029071L, UnaryOperator.identity()).go(STEPS);
    }

    @Test
    void everyCallIsMeasuredAsTheModelDoes() {
        long seed = Long.getLong("model.seed", System.nanoTime());
        for (Redis redis : REDIS) {
            for (int i = 0; i < 3; i++) {
                new Run(redis, seed + i, UnaryOperator.identity()).go(STEPS);
            }
        }
    }

    /** The test is worth something: each of these mistakes is found. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            expires <= now and 'X' | expires < now and 'X'
            now - tonumber(began) < GRACE | false
            expires - tonumber(began)) | now - tonumber(began))
            tonumber(forgotten) - HOUR - tonumber(began) | tonumber(forgotten) - tonumber(began)
            budget / 2 ^ level | budget
            math.min(level, DOUBLED) | 0
            whose ~= account then | whose then
            fresh, seen = what_for == hold_id, true | fresh, seen = false, true
            tonumber(at) > now - window | tonumber(at) >= now - window
            kind == 'hold' and not noted | kind == 'hold'
            """)
    void findsPlantedMistakes(String right, String wrong) {
        UnaryOperator<String> bug = text -> {
            assertThat(text).contains(right);
            return text.replace(right, wrong);
        };
        assertThatThrownBy(() -> {
                    for (long seed = 1; seed <= 5; seed++) {
                        new Run(REDIS.getFirst(), seed, bug).go(STEPS);
                    }
                })
                .isInstanceOf(AssertionError.class);
    }

    /** One event, in Redis and in the model. */
    private static final class Run {
        private static final List<String> ACCOUNTS = List.of("ann", "bob|x", "c@d.e", "dan");

        private final long seed;
        private final Random random;
        private final ClockedHouse house;
        private final MeterModel model;
        private final RiskMeter meter;
        private final Fingerprints fingerprints = new Fingerprints("key");
        private final List<HoldRequest> asked = new ArrayList<>();
        private final List<HoldRecord> held = new ArrayList<>();
        private int ids;

        Run(Redis redis, long seed, UnaryOperator<String> bug) {
            this.seed = seed;
            this.random = new Random(seed);
            this.house = new ClockedHouse(redis, SEATS, TTL, 8);
            RiskConfig.Limits limits = RiskConfig.from(Config.of(Map.of(
                            "risk.hoarding.budget", "4m",
                            "risk.hoarding.cool-down", "30s",
                            "risk.drop-catching.within", "2s")))
                    .limits();
            this.model = new MeterModel(limits);
            this.meter =
                    new RiskMeter(redis, ClockedHouse.SHARDS, limits, fingerprints, ClockedHouse.clockByHolds(bug));
        }

        void go(int steps) {
            int done = 0;
            try {
                for (; done < steps; done++) {
                    step();
                }
            } catch (AssertionError | RuntimeException failure) {
                throw new AssertionError(
                        "-Dmodel.seed=" + seed + ", step " + done + ": " + failure.getMessage(), failure);
            }
            assertThat(done).isEqualTo(steps);
        }

        private void step() {
            model.now += advance();
            house.setClock(model.now);
            if (random.nextInt(4) == 0) {
                sweep();
            }
            switch (random.nextInt(10)) {
                case 0, 1, 2, 3 -> hold();
                case 4 -> again();
                case 5 -> release();
                case 6 -> sell();
                case 7 -> book();
                case 8 -> swap();
                default -> hold();
            }
        }

        /** Mostly little; sometimes to the end of a hold or the edge of a window, or one beside it; rarely more than an hour. */
        private long advance() {
            int dice = random.nextInt(400);
            if (dice == 0) {
                return 3_600_000L + random.nextInt(2);
            }
            if (dice < 40) {
                return 60_000;
            }
            if (dice < 120) {
                return model.holds.values().stream()
                        .filter(hold -> hold.state.equals("A") && hold.expires > model.now)
                        .mapToLong(hold -> hold.expires - model.now + dice % 3 - 1)
                        .filter(wait -> wait >= 0)
                        .min()
                        .orElse(1_000);
            }
            return random.nextInt(dice % 5 == 0 ? 30_000 : 1_500);
        }

        private void sweep() {
            house.sweep();
            model.sweep();
        }

        private String account() {
            return ACCOUNTS.get(random.nextInt(ACCOUNTS.size()));
        }

        private void hold() {
            HoldId id = HoldId.of(house.eventId, "seed", "r" + ids++);
            ask(new HoldRequest(id, account(), "body", 1, false, null));
        }

        /** The same request once more: a moment later it changes nothing, whenever it comes. */
        private void again() {
            if (!asked.isEmpty()) {
                ask(asked.get(asked.size() - 1 - random.nextInt(Math.min(6, asked.size()))));
            }
        }

        /** Sometimes the hold itself comes too late to be seen by the next call, or never. */
        private void ask(HoldRequest request) {
            asked.add(request);
            List<Integer> wanted = seats();
            Measures measures = measure(Asking.Want.HOLD, request.account(), request.holdId(), wanted);
            if (measures.repeated() || random.nextInt(4) == 0) {
                return;
            }
            sweep(); // Whatever has ended is told to the model, before the ledger finds it by itself.
            if (BoxOffice.await(house.ledger.hold(request, new Choice.Seats(wanted))) instanceof HoldOutcome.Held now
                    && now.hold().active()
                    && !model.holds.containsKey(request.holdId().value())) {
                held.add(now.hold());
                model.holds.put(
                        request.holdId().value(),
                        new MeterModel.ModelHold(
                                request.account(),
                                now.hold().places().ordinals(),
                                now.hold().expires().toEpochMilli()));
            }
        }

        private List<Integer> seats() {
            List<Integer> all = house.ordinals(SEATS);
            int first = random.nextInt(all.size() - 1);
            return random.nextBoolean() ? List.of(all.get(first)) : List.of(all.get(first), all.get(first + 1));
        }

        private Measures measure(Asking.Want want, String account, HoldId id, List<Integer> wanted) {
            List<Trait> traits =
                    random.nextBoolean() ? List.of() : List.of(new Trait(Trait.Kind.DEVICE, "d" + random.nextInt(3)));
            String solution = random.nextInt(3) == 0 ? "s" + random.nextInt(20) : "";
            Asking asking =
                    new Asking(account, house.eventId, want, id.value(), List.of(), traits, "127.0.0.1", solution);
            Measures measures = BoxOffice.await(meter.measure(asking, solution, wanted));
            assertThat(measures)
                    .as("%s of %s at %s", want, account, model.now)
                    .isEqualTo(model.measure(asking, solution, wanted));
            return measures;
        }

        private void release() {
            live().ifPresent(hold -> {
                sweep();
                BoxOffice.await(house.ledger.release(hold.id(), hold.account(), null));
                MeterModel.ModelHold known = model.holds.get(hold.id().value());
                if (known != null && known.state.equals("A")) {
                    known.state = "L";
                    known.ended = model.now;
                }
            });
        }

        private void sell() {
            live().ifPresent(hold -> {
                sweep();
                MeterModel.ModelHold known = model.holds.get(hold.id().value());
                if (known != null && known.state.equals("A")) {
                    BoxOffice.await(house.ledger.claim(hold.id(), hold.account(), hold.fence(), null));
                    BoxOffice.await(house.ledger.sell(
                            new BookedPlaces(hold.id(), hold.account(), hold.fence(), 1, hold.places(), null)));
                    known.state = "S";
                    if (random.nextInt(3) > 0) { // The house must not be sold out for good.
                        BoxOffice.await(house.ledger.free(hold.id(), hold.account(), null));
                        known.state = "F";
                        known.ordinals = List.of(); // What a booking gave back its hold has no more.
                        known.ended = model.now;
                    }
                }
            });
        }

        private void book() {
            live().ifPresent(hold -> measure(Asking.Want.BOOKING, hold.account(), hold.id(), List.of()));
        }

        private void swap() {
            live().ifPresent(hold -> measure(Asking.Want.SWAP, hold.account(), hold.id(), seats()));
        }

        private Optional<HoldRecord> live() {
            return held.isEmpty()
                    ? Optional.empty()
                    : Optional.of(held.get(held.size() - 1 - random.nextInt(Math.min(8, held.size()))));
        }
    }
}
