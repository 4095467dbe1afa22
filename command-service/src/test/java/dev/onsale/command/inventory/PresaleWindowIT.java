package dev.onsale.command.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onsale.command.catalog.seatmap.OrdinalRange;
import dev.onsale.runtime.config.Config;
import dev.onsale.runtime.redis.Redis;
import dev.onsale.runtime.redis.RedisConfig;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A presale begins and ends, and gives way to the general sale, at the very millisecond; for every way to hold. */
class PresaleWindowIT {
    private static final long START = 1_795_000_100_000L;
    private static final long END = START + 1_000;
    private static final long SALE = START + 5_000;
    private static final PresaleRights LISTED = PresaleRights.of("h-ann").listed(1);
    private static final PresaleRights STRANGER = PresaleRights.of("h-bob");

    private static final RedisServers SERVERS = new RedisServers();
    private static final List<Redis> REDIS = new ArrayList<>();
    private static final Vertx VERTX = Vertx.vertx();

    private int requests;

    @BeforeAll
    static void start() throws Exception {
        for (var uri : SERVERS.start()) {
            var config = RedisConfig.from(Config.of(Map.of("redis.url", uri.toString(), "redis.reply-timeout", "20s")));
            REDIS.add(ModelRun.await(Redis.connect(VERTX, config)));
        }
    }

    @AfterAll
    static void stop() throws Exception {
        REDIS.forEach(redis -> ModelRun.await(redis.close()));
        ModelRun.await(VERTX.close());
        SERVERS.close();
    }

    private static ModelRun run(Redis redis) {
        var run = new ModelRun(redis, UnaryOperator.identity());
        run.model.start = SALE;
        run.model.ttl = 600_000;
        run.model.hard = 900_000;
        run.model.limit = 100;
        run.model.presales.all = List.of(new PresaleTerms(
                1,
                Instant.ofEpochMilli(START),
                Instant.ofEpochMilli(END),
                PresaleAccess.LIST,
                OptionalInt.empty(),
                OptionalInt.empty(),
                "",
                ""));
        run.setClock(START - 1_000);
        run.load();
        return run;
    }

    private Class<?> hold(ModelRun run, PresaleRights rights, String way) {
        var account = rights.equals(LISTED) ? "ann" : "bob";
        Choice choice = switch (way) {
            case "area" -> new Choice.Area(1, 1);
            case "best" -> new Choice.Best(1, 0, false, List.of(new OrdinalRange(0, ModelRun.LAYOUT.length())));
            default -> new Choice.Seats(List.of(requests % 8));
        };
        var id = HoldId.of(run.eventId, account, way + requests++);
        var request = new HoldRequest(id, account, "body", 1, false, null);
        return ModelRun.await(run.seats.hold(request.with(rights), choice)).getClass();
    }

    @ParameterizedTest
    @ValueSource(strings = {"seats", "best", "area"})
    void opensAndClosesToTheMillisecond(String way) {
        for (var redis : REDIS) {
            var run = run(redis);
            run.setClock(START - 1);
            assertThat(hold(run, LISTED, way)).isEqualTo(HoldOutcome.NotOnSale.class);
            run.setClock(START);
            assertThat(hold(run, PresaleRights.UNKNOWN, way)).isEqualTo(HoldOutcome.PresaleOnly.class);
            assertThat(hold(run, STRANGER, way)).isEqualTo(HoldOutcome.NotAdmitted.class);
            assertThat(hold(run, LISTED, way)).isEqualTo(HoldOutcome.Held.class);
            run.setClock(END - 1);
            assertThat(hold(run, STRANGER, way)).isEqualTo(HoldOutcome.NotAdmitted.class);
            assertThat(hold(run, LISTED, way)).isEqualTo(HoldOutcome.Held.class);
            run.setClock(END);
            assertThat(hold(run, LISTED, way)).isEqualTo(HoldOutcome.NotOnSale.class);
            run.setClock(SALE - 1);
            assertThat(hold(run, LISTED, way)).isEqualTo(HoldOutcome.NotOnSale.class);
            run.setClock(SALE);
            assertThat(hold(run, PresaleRights.UNKNOWN, way)).isEqualTo(HoldOutcome.Held.class);
            assertThat(hold(run, STRANGER, way)).isEqualTo(HoldOutcome.Held.class);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {START - 1, END})
    void swapsAHoldOfAPresaleOnlyWhileItIsOpen(long closed) {
        for (var redis : REDIS) {
            var run = run(redis);
            run.setClock(START);
            var id = HoldId.of(run.eventId, "ann", "first");
            var request = new HoldRequest(id, "ann", "body", 1, false, null).with(LISTED);
            ModelRun.await(run.seats.hold(request, new Choice.Seats(List.of(1))));

            run.setClock(closed);
            assertThat(swap(run, id, "early")).isEqualTo(HoldOutcome.NotOnSale.class);
            run.setClock(END - 1);
            assertThat(swap(run, id, "in time")).isEqualTo(HoldOutcome.Held.class);
            assertThat(ModelRun.await(run.seats.takenInPresales(run.eventId, List.of(1))))
                    .containsEntry(1, 2);
        }
    }

    private static Class<?> swap(ModelRun run, HoldId id, String request) {
        var rights = PresaleRights.of("h-ann"); // What let it in is remembered.
        var asked = new HoldRequest(id, "ann", request.replace(" ", "") + ":b", 1, false, null).with(rights);
        return ModelRun.await(run.seats.swap(asked, new Choice.Seats(List.of(2, 3))))
                .getClass();
    }
}
