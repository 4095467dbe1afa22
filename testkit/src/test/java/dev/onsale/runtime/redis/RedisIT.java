package dev.onsale.runtime.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onsale.embedded.StoreKind;
import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.runtime.config.Config;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.testkit.TestStores;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The one connection to Redis while Redis is well, killed, paused, full and wrongly configured. */
@ExtendWith(VertxExtension.class)
class RedisIT {

    @RegisterExtension
    static final TestStores stores = TestStores.exclusive(StoreKind.REDIS);

    private static final Script GROW = Script.load(RedisIT.class, "grow.lua");
    private static final Script GROW_POLITELY = Script.load(RedisIT.class, "grow_politely.lua");

    private Vertx vertx;
    private Redis redis;

    private static RedisConfig config(Map<String, String> settings) {
        var values = new HashMap<>(stores.settings());
        values.putAll(settings);
        return RedisConfig.from(Config.of(values));
    }

    @BeforeEach
    void connect(Vertx own) {
        vertx = own;
        redis = await(Redis.connect(vertx, config(Map.of())));
        stores.redis().flush();
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.await(20, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    private static Throwable failure(Future<?> future) {
        return await(future.transform(done -> Future.succeededFuture(done.cause())));
    }

    private static ErrorReason reason(Future<?> future) {
        return ((Refusal) failure(future)).reason();
    }

    private static String text(Response response) {
        return response.toString();
    }

    @Test
    void answersThousandsOfCommandsInOrderOverOneConnection() {
        var answers = new ArrayList<Future<Response>>();
        for (int i = 0; i < 5_000; i++) {
            answers.add(redis.send(Command.INCR, "n"));
        }
        await(Future.all(answers));

        assertThat(answers)
                .extracting(answer -> text(answer.result()))
                .startsWith("1", "2")
                .endsWith("5000");
        assertThat(text(await(redis.send(Command.GET, "n")))).isEqualTo("5000");
    }

    @Test
    void refusesAtOnceWhatWouldWaitTooLong() {
        var narrow = await(Redis.connect(vertx, config(Map.of("redis.max-waiting", "16"))));
        stores.redis().pause();
        try {
            var answers = new ArrayList<Future<Response>>();
            for (int i = 0; i < 100; i++) {
                answers.add(narrow.send(Command.INCR, "n"));
            }
            Awaitility.await()
                    .atMost(Duration.ofSeconds(1))
                    .until(() -> answers.stream().filter(Future::failed).count() >= 84);
        } finally {
            stores.redis().resume();
        }
    }

    @Test
    void failsFastWhileRedisIsAwayAndComesBackByItself() {
        var reconnects = new AtomicInteger();
        redis.onReconnect(reconnects::incrementAndGet);
        await(GROW.run(redis, List.of("{a}list"), List.of("x")));

        stores.redis().kill();
        Awaitility.await().until(() -> !redis.connected());
        assertThat(reason(redis.send(Command.GET, "n"))).isEqualTo(ErrorReason.ERROR_REASON_DEPENDENCY_UNAVAILABLE);
        assertThat(reason(GROW.run(redis, List.of("{a}list"), List.of("x"))))
                .isEqualTo(ErrorReason.ERROR_REASON_DEPENDENCY_UNAVAILABLE);
        stores.redis().start();

        Awaitility.await().atMost(Duration.ofSeconds(5)).until(redis::connected);
        // The server has forgotten the script; it is sent again.
        assertThat(text(await(GROW.run(redis, List.of("{a}other"), List.of("x")))
                        .get(0)))
                .isEqualTo("GROWN");
        assertThat(reconnects).hasValue(1);
    }

    @Test
    void givesUpOnARedisThatDoesNotAnswer() {
        var impatient = await(Redis.connect(vertx, config(Map.of("redis.reply-timeout", "300ms"))));
        stores.redis().pause();
        try {
            assertThat(reason(impatient.send(Command.GET, "n")))
                    .isEqualTo(ErrorReason.ERROR_REASON_DEPENDENCY_UNAVAILABLE);
            assertThat(impatient.connected()).isFalse();
        } finally {
            stores.redis().resume();
        }
        Awaitility.await().atMost(Duration.ofSeconds(5)).until(impatient::connected);
        assertThat(failure(impatient.send(Command.SET, "n", "1"))).isNull();
    }

    @Test
    void refusesToStartOnARedisThatEvicts() {
        stores.redis().command("CONFIG SET maxmemory-policy allkeys-lru");
        try {
            assertThat(failure(Redis.connect(vertx, config(Map.of())))).hasMessageContaining("expected: noeviction");
        } finally {
            stores.redis().command("CONFIG SET maxmemory-policy noeviction");
        }
    }

    @Test
    void runsOnlyScriptsThatMayWhenMemoryIsFull() {
        stores.redis().command("CONFIG SET maxmemory 1");
        try {
            assertThat(reason(GROW_POLITELY.run(redis, List.of("{a}list"), List.of("x"))))
                    .isEqualTo(ErrorReason.ERROR_REASON_DEPENDENCY_UNAVAILABLE);
            assertThat(text(await(GROW.run(redis, List.of("{a}list"), List.of("x")))
                            .get(1)))
                    .isEqualTo("1");
        } finally {
            stores.redis().command("CONFIG SET maxmemory 0");
        }
    }

    @Test
    void showsOtherErrorsOfRedisAsTheyAre() {
        await(redis.send(Command.SET, "{a}list", "text"));

        var fault = (RedisFault) failure(GROW.run(redis, List.of("{a}list"), List.of("x")));

        assertThat(fault.getMessage()).contains("WRONGTYPE");
    }

    @Test
    void readsNilAsNull() {
        assertThat(await(redis.send(Command.GET, "nothing"))).isNull();
    }
}
