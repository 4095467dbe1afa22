package dev.onsale.command.saga;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.onsale.command.saga.SagaProbe.Interference;
import dev.onsale.command.saga.SagaProbe.Moment;
import dev.onsale.embedded.Login;
import dev.onsale.embedded.StoreKind;
import dev.onsale.runtime.config.Config;
import dev.onsale.runtime.sql.Database;
import dev.onsale.runtime.sql.Migrations;
import dev.onsale.runtime.sql.SqlConfig;
import dev.onsale.testkit.TestStores;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

@ExtendWith(VertxExtension.class)
final class SagaRunnerIT {
    @RegisterExtension
    static final TestStores STORES = TestStores.with(StoreKind.POSTGRES)
            .migrated(
                    "command",
                    (url, owner) ->
                            Migrations.of(url, owner.user(), owner.password()).run());

    private static final Duration LEASE = Duration.ofMillis(800);
    private static final SagaConfig CONFIG =
            new SagaConfig(true, 100, 4, 8, LEASE, Duration.ofMillis(50), Duration.ofMillis(10), Duration.ofMillis(50));

    private static Vertx vertx;
    private static Database database;

    private final Journey journey = new Journey();
    private final UUID subject = UUID.randomUUID();
    private final List<SagaRunner> runners = new ArrayList<>();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @BeforeAll
    static void connect(Vertx own) {
        vertx = own;
        Login app = STORES.postgres().app();
        Config config = Config.of(Map.of(
                "sql.url", STORES.postgresUri().toString(), "sql.user", app.user(), "sql.password", app.password()));
        database = Database.connect(vertx, SqlConfig.from(config)).await();
    }

    @AfterAll
    static void close() {
        database.close().await();
    }

    @AfterEach
    void stop() {
        runners.forEach(runner -> runner.stop().await());
    }

    @Test
    void takesTheStepsInOrderAndKeepsTheirData() {
        begin();
        node("a", SagaProbe.NONE);

        JsonObject row = ended();

        assertThat(journey.log).containsExactly("pack", "ride", "fly", "arrive", "write-home");
        assertThat(row.getString("state")).isEqualTo("done");
        assertThat(row.getJsonObject("data").getInteger("count")).isEqualTo(5);
    }

    @Test
    void undoesInReverseOrderBeginningWithTheStepThatRefused() {
        journey.scripted.put("fly", (data, attempt) -> Outcome.refused(data, "FOG", "all day"));
        begin();
        node("a", SagaProbe.NONE);

        JsonObject row = ended();

        assertThat(journey.log).containsExactly("pack", "ride", "fly", "return", "unpack");
        assertThat(row.getString("state")).isEqualTo("undone");
        assertThat(row.getString("failure")).isEqualTo("FOG");
        assertThat(row.getString("failure_detail")).isEqualTo("all day");
    }

    @Test
    void triesAgainWhatThrowsAndNeverGoesBackBehindThePivot() {
        AtomicInteger tries = new AtomicInteger();
        journey.scripted.put("ride", (data, attempt) -> {
            if (attempt.number() < 3) {
                throw new IllegalStateException("puncture");
            }
            return Journey.counted(data);
        });
        journey.scripted.put(
                "arrive",
                (data, attempt) ->
                        tries.incrementAndGet() < 3 ? Outcome.refused(data, "LATE", "") : Journey.counted(data));
        begin();
        node("a", SagaProbe.NONE);

        assertThat(ended().getString("state")).isEqualTo("done");
        assertThat(journey.log)
                .containsExactly("pack", "ride", "ride", "ride", "fly", "arrive", "arrive", "arrive", "write-home");
    }

    @Test
    void aRunThatWaitsForHoursGoesOnWhenItIsWoken() {
        journey.scripted.put(
                "ride",
                (data, attempt) -> data.getBoolean("knows", false)
                        ? Journey.counted(data)
                        : Outcome.later(data.copy().put("knows", true), Duration.ofHours(3)));
        begin();
        node("a", SagaProbe.NONE);
        await().atMost(Duration.ofSeconds(20))
                .until(() ->
                        Sagas.wake(database, Set.of("journey"), Set.of(subject)).await() == 1);
        runners.getFirst().nudge();

        assertThat(ended().getString("state")).isEqualTo("done");
        assertThat(Sagas.wake(database, Set.of("journey"), Set.of(subject)).await())
                .isZero();
    }

    @Test
    void waitsWithoutAThreadAndKeepsWhatItLearned() {
        journey.scripted.put(
                "ride",
                (data, attempt) -> data.getBoolean("knows", false)
                        ? Journey.counted(data)
                        : Outcome.later(data.copy().put("knows", true), Duration.ofMillis(100)));
        begin();
        node("a", SagaProbe.NONE);

        assertThat(ended().getString("state")).isEqualTo("done");
        assertThat(journey.log).containsExactly("pack", "ride", "ride", "fly", "arrive", "write-home");
    }

    @Test
    void anotherNodeFinishesWhatADeadOneBegan() {
        AtomicBoolean dead = new AtomicBoolean();
        node("a", (moment, visit) -> {
            if (moment == Moment.ACTED && visit.step().equals("ride")) {
                dead.set(true);
            }
            return dead.get() ? Interference.CRASH : Interference.NONE;
        });
        begin();
        await().until(dead::get);
        runners.getFirst().stop();
        node("b", SagaProbe.NONE);

        assertThat(ended().getString("state")).isEqualTo("done");
        assertThat(journey.log).containsExactly("pack", "ride", "ride", "fly", "arrive", "write-home");
    }

    @Test
    void aZombiesSaveChangesNoRowAndItsTransactionsFail() throws Exception {
        begin();
        SagaStore zombie = new SagaStore(database, "zombie");
        SagaStore heir = new SagaStore(database, "heir");
        SagaRow stale = zombie.claim(Set.of("journey"), false, 10, Duration.ofMillis(1))
                .await()
                .getFirst();
        Thread.sleep(20);
        SagaRow fresh = heir.claim(Set.of("journey"), false, 10, Duration.ofMinutes(1))
                .await()
                .getFirst();

        SagaPosition next = stale.position().advance(5);
        boolean saved = zombie.keep(stale, next, new JsonObject().put("zombie", true), false, LEASE)
                .await();
        Attempt attempt = new Attempt(stale.id(), stale.subject(), stale.epoch(), 1, Duration.ZERO, null);
        Throwable guarded = database.tx(tx -> Sagas.guard(tx, attempt))
                .map(ok -> new Throwable("let through"))
                .otherwise(failure -> failure)
                .await();

        assertThat(fresh.epoch()).isEqualTo(stale.epoch() + 1);
        assertThat(saved).isFalse();
        assertThat(guarded).isInstanceOf(Sagas.OwnerReplaced.class);
        assertThat(row().getJsonObject("data").containsKey("zombie")).isFalse();
        assertThat(heir.keep(fresh, next, new JsonObject(), false, LEASE).await())
                .isTrue();
        assertThat(heir.park(fresh, new SagaPosition(SagaState.DONE, 3, 0, null), new JsonObject(), false, LEASE)
                        .await())
                .isTrue();
    }

    @Test
    void isClaimedByOneNodeOnlyHoweverManyLook() {
        for (int i = 0; i < 4; i++) {
            node("n" + i, SagaProbe.NONE);
        }
        begin();
        runners.forEach(SagaRunner::nudge);

        ended();

        assertThat(journey.log).containsExactly("pack", "ride", "fly", "arrive", "write-home");
    }

    @Test
    void isBegunOncePerSubject() {
        assertThat(begin()).isTrue();
        assertThat(begin()).isFalse();
        node("a", SagaProbe.NONE);
        ended();
        assertThat(begin()).isFalse();
    }

    @Test
    void countsTheRunsInFlightAlsoAfterTheCollectorOfGarbageCame() {
        node("a", SagaProbe.NONE);

        System.gc();

        assertThat(registry.get("onsale.saga.in.flight").gauge().value()).isZero();
    }

    @Test
    void keepsNoMoreInFlightThanItMay() {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        journey.scripted.put("ride", (data, attempt) -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            Thread.sleep(20);
            now.decrementAndGet();
            return Journey.counted(data);
        });
        for (int i = 0; i < 20; i++) {
            UUID each = UUID.randomUUID();
            database.tx(tx -> Sagas.start(tx, journey, each, new JsonObject())).await();
        }
        begin();
        SagaConfig few = new SagaConfig(
                true, 3, 4, 8, LEASE, Duration.ofMillis(20), Duration.ofMillis(10), Duration.ofMillis(50));
        runners.add(SagaRunner.start(database, registry, few, List.of(journey), "a", SagaProbe.NONE));

        await().until(() -> journey.log.stream().filter("arrive"::equals).count() == 21);

        assertThat(most.get()).isBetween(1, 3);
        ended();
    }

    @Test
    void nobodyWaitsForWhatRunsInTheBackground() throws Exception {
        CountDownLatch office = new CountDownLatch(1);
        journey.scripted.put("write-home", (data, attempt) -> {
            if (!office.await(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the post office stayed shut");
            }
            return Journey.counted(data);
        });
        SagaConfig few = new SagaConfig(
                true,
                2,
                1,
                8,
                Duration.ofSeconds(30),
                Duration.ofMillis(20),
                Duration.ofMillis(10),
                Duration.ofMillis(50));
        runners.add(SagaRunner.start(database, registry, few, List.of(journey), "a", SagaProbe.NONE));
        for (int i = 0; i < 20; i++) {
            UUID each = UUID.randomUUID();
            database.tx(tx -> Sagas.start(tx, journey, each, new JsonObject())).await();
        }
        begin();

        await().until(() -> journey.log.stream().filter("arrive"::equals).count() == 21);
        assertThat(journey.log.stream().filter("write-home"::equals)).hasSizeLessThanOrEqualTo(1);
        office.countDown();

        assertThat(ended().getString("state")).isEqualTo("done");
    }

    @Test
    void aSaveThatFailsIsMadeAgainWhileTheLeaseLasts() throws Exception {
        AtomicBoolean shut = new AtomicBoolean();
        journey.scripted.put("ride", (data, attempt) -> {
            shut.set(true);
            lockSaga(Duration.ofMillis(1_200)); // Longer than the lock timeout: the save fails, at least once.
            return Journey.counted(data);
        });
        SagaConfig patient = new SagaConfig(
                true,
                2,
                1,
                8,
                Duration.ofSeconds(30),
                Duration.ofMillis(20),
                Duration.ofMillis(10),
                Duration.ofMillis(50));
        runners.add(SagaRunner.start(database, registry, patient, List.of(journey), "a", SagaProbe.NONE));
        begin();

        assertThat(ended().getString("state")).isEqualTo("done");
        assertThat(shut).isTrue();
        assertThat(journey.log).containsExactly("pack", "ride", "fly", "arrive", "write-home");
    }

    /** Another session holds the saga's row for so long, from now. */
    private void lockSaga(Duration how) {
        database.pool()
                .getConnection()
                .compose(connection -> connection
                        .query("BEGIN")
                        .execute()
                        .compose(begun -> connection
                                .preparedQuery("SELECT 1 FROM sagas WHERE subject_id = $1 FOR UPDATE")
                                .execute(Tuple.of(subject)))
                        .onComplete(locked -> vertx.setTimer(
                                how.toMillis(),
                                id -> connection.query("ROLLBACK").execute().onComplete(done -> connection.close()))))
                .await();
    }

    private boolean begin() {
        return database.tx(tx -> Sagas.start(tx, journey, subject, new JsonObject()))
                .await();
    }

    private void node(String name, SagaProbe probe) {
        runners.add(SagaRunner.start(database, registry, CONFIG, List.of(journey), name, probe));
    }

    private JsonObject ended() {
        return await().until(this::row, row -> List.of("done", "undone").contains(row.getString("state")));
    }

    private JsonObject row() {
        Row row = database.pool()
                .preparedQuery(
                        "SELECT state::text AS state, data, failure, failure_detail FROM sagas WHERE subject_id = $1")
                .execute(Tuple.of(subject))
                .await()
                .iterator()
                .next();
        return row.toJson();
    }
}
