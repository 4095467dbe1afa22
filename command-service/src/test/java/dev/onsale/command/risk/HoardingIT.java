package dev.onsale.command.risk;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What keeping seats without booking them costs, with the usual settings: a budget of 10 minutes, holds of 8. */
final class HoardingIT {
    private static final long TTL = Duration.ofMinutes(8).toMillis();
    private static final RedisServers SERVERS = new RedisServers();
    private static final Vertx VERTX = Vertx.vertx();

    private static URI uri = URI.create("redis://none");

    private final Redis redis = BoxOffice.await(Redis.connect(
            VERTX, RedisConfig.from(Config.of(Map.of("redis.url", uri.toString(), "redis.reply-timeout", "20s")))));
    private final ClockedHouse house = new ClockedHouse(redis, 200, TTL, 40);
    private final RiskMeter meter = new RiskMeter(
            redis,
            ClockedHouse.SHARDS,
            RiskConfig.from(Config.of(Map.of())).limits(),
            new Fingerprints("key"),
            ClockedHouse.clockByHolds(UnaryOperator.identity()));
    private final List<HoldRecord> held = new ArrayList<>();
    private long now = 1_000_000;
    private int requests;

    @BeforeAll
    static void start() throws Exception {
        uri = SERVERS.start().getFirst();
    }

    @AfterAll
    static void stop() throws Exception {
        BoxOffice.await(VERTX.close());
        SERVERS.close();
    }

    @BeforeEach
    void begin() {
        after(Duration.ofSeconds(1));
    }

    @Test
    void aFanWhoLetsAHoldRunOutHasNothingToFearAndOneWhoLetsTwoWaitsAMinute() {
        hold("ann");
        after(Duration.ofMillis(TTL));
        Measures second = hold("ann");
        assertThat(second.coolDown()).isZero();
        assertThat(second.spent()).isEqualTo(TTL);
        after(Duration.ofMillis(TTL));
        assertThat(hold("ann").coolDown()).isEqualTo(60_000);
    }

    @Test
    void theBudgetHalvesAndTheCoolDownDoublesEachTimeItIsUsedUp() {
        List<Long> coolDowns = new ArrayList<>();
        List<Integer> holdsUntilThen = new ArrayList<>();
        int holds = 0;
        while (coolDowns.size() < 5) {
            Measures measures = hold("ann");
            if (measures.coolDown() > 0) {
                coolDowns.add(measures.coolDown());
                holdsUntilThen.add(holds);
                holds = 0;
                after(Duration.ofMillis(measures.coolDown()));
            } else {
                holds++;
            }
            after(Duration.ofMillis(TTL));
        }
        assertThat(coolDowns).containsExactly(60_000L, 120_000L, 240_000L, 480_000L, 960_000L);
        assertThat(holdsUntilThen).isSortedAccordingTo((one, other) -> other - one);
    }

    @Test
    void seatsThatAreBookedCostNothingNorDoThoseOfOthers() {
        for (int i = 0; i < 6; i++) {
            hold("bob");
            hold("ann");
            HoldRecord hers = held.getLast();
            after(Duration.ofMinutes(7));
            BoxOffice.await(house.ledger.claim(hers.id(), "ann", hers.fence(), null));
            BoxOffice.await(
                    house.ledger.sell(new BookedPlaces(hers.id(), "ann", hers.fence(), 1, hers.places(), null)));
            after(Duration.ofMinutes(2));
        }
        assertThat(hold("ann").spent()).isZero();
        assertThat(hold("bob").level()).isPositive();
    }

    @Test
    void givingSeatsBackEarlyCostsOnlyAsLongAsTheyWereKept() {
        hold("ann");
        after(Duration.ofSeconds(30));
        BoxOffice.await(house.ledger.release(held.getLast().id(), "ann", null));
        after(Duration.ofMinutes(10));
        assertThat(hold("ann").spent()).isEqualTo(30_000);
    }

    @Test
    void callsSideBySideHideNoHoldFromEachOther() {
        List<HoldRequest> side = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            side.add(request("ann"));
            measure(side.getLast());
        }
        side.forEach(this::take);
        after(Duration.ofMillis(TTL));
        Measures next = hold("ann");
        assertThat(next.level()).as("four holds of eight minutes").isEqualTo(1);
        assertThat(next.coolDown()).isEqualTo(60_000);
    }

    private void after(Duration time) {
        now += time.toMillis();
        house.setClock(now);
    }

    private HoldRequest request(String account) {
        return new HoldRequest(HoldId.of(house.eventId, account, "r" + requests++), account, "body", 1, false, null);
    }

    private Measures measure(HoldRequest request) {
        return BoxOffice.await(meter.measure(
                new Asking(
                        request.account(),
                        house.eventId,
                        Asking.Want.HOLD,
                        request.holdId().value(),
                        List.of(),
                        List.of(),
                        "127.0.0.1",
                        ""),
                "",
                List.of()));
    }

    /** Measured and, unless it has to wait, held. */
    private Measures hold(String account) {
        HoldRequest request = request(account);
        Measures measures = measure(request);
        if (measures.coolDown() == 0) {
            take(request);
        }
        return measures;
    }

    private void take(HoldRequest request) {
        Choice choice = SimSale.best(1, 200);
        if (BoxOffice.await(house.ledger.hold(request, choice)) instanceof HoldOutcome.Held taken) {
            held.add(taken.hold());
        } else {
            throw new AssertionError("not held");
        }
    }
}
