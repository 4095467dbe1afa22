package dev.onsale.command.risk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onsale.command.BoxOffice;
import dev.onsale.command.inventory.RedisServers;
import dev.onsale.runtime.config.Config;
import dev.onsale.runtime.redis.Redis;
import dev.onsale.runtime.redis.RedisConfig;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A ring of scalpers against honest fans, with the guard off and on: who gets the seats? Seeded, under a clock of its own. {@code
 * -Dscalpers=1000 -Dfans=20000 -Dseats=8000} for another scale, {@code -Dsim.seed=...} for another sale.
 */
final class ScalperSim {
    private static final int FANS = Integer.getInteger("fans", 2_000);
    private static final int SCALPERS = Integer.getInteger("scalpers", 100);
    private static final int SEATS = Integer.getInteger("seats", 800);
    private static final Duration LENGTH = Duration.ofMinutes(Integer.getInteger("sim.minutes", 40));
    private static final long SEED = Long.getLong("sim.seed", 20260701L);

    private static final RedisServers SERVERS = new RedisServers();
    private static final Vertx VERTX = Vertx.vertx();

    private static URI uri = URI.create("redis://none");

    @BeforeAll
    static void start() throws Exception {
        uri = SERVERS.start().getFirst();
    }

    @AfterAll
    static void stop() throws Exception {
        BoxOffice.await(VERTX.close());
        SERVERS.close();
    }

    @Test
    void theGuardGivesFansMostOfWhatScalpersWouldTake() {
        Redis redis = connect();
        SimTally off = sell(redis, false, 30);
        SimTally on = sell(redis, true, 30);

        String report = report("Three in ten scalpers share nothing with others.", off, on);
        assertThat(on.scalpersShare()).as(report).isLessThan(off.scalpersShare() / 2);
        assertThat(on.fansWithSeats()).as(report).isGreaterThan(off.fansWithSeats());
        assertThat(on.fansDenied()).as(report).isLessThan(Math.max(1, FANS / 100));
        assertThat(on.sold()).as("the house is not emptier for it: %s", report).isGreaterThan(off.sold() * 9 / 10);
        BoxOffice.await(redis.close());
    }

    /** The worst case: nothing gives them away but that they keep seats from others, and hand them on. */
    @Test
    void evenScalpersWhoShareNothingGetLess() {
        Redis redis = connect();
        SimTally off = sell(redis, false, 100);
        SimTally on = sell(redis, true, 100);

        String report = report("No scalper shares anything with others.", off, on);
        assertThat(on.scalpersShare()).as(report).isLessThan(off.scalpersShare());
        assertThat(on.fansDenied()).as(report).isLessThan(Math.max(1, FANS / 100));
        BoxOffice.await(redis.close());
    }

    private static Redis connect() {
        Config config = Config.of(Map.of("redis.url", uri.toString(), "redis.reply-timeout", "20s"));
        return BoxOffice.await(Redis.connect(VERTX, RedisConfig.from(config)));
    }

    private static String report(String who, SimTally off, SimTally on) {
        String report = String.format(
                "%d scalper accounts, %d fans, %d seats, %d minutes, seed %d. %s%n%s%n%s",
                SCALPERS, FANS, SEATS, LENGTH.toMinutes(), SEED, who, off.line("guard off"), on.line("guard on"));
        System.out.println(report);
        return report;
    }

    private static SimTally sell(Redis redis, boolean guarded, int carefulPercent) {
        SimSale sale = new SimSale(redis, SEED, guarded, SEATS, LENGTH);
        SimRing.arrive(sale, SCALPERS, SEATS, carefulPercent);
        for (int i = 0; i < FANS; i++) {
            SimFan.arrive(sale, i, SEATS, LENGTH.toMillis());
        }
        sale.run();
        return sale.tally;
    }
}
