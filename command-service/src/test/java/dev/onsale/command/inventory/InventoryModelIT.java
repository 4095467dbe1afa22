package dev.onsale.command.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onsale.runtime.config.Config;
import dev.onsale.runtime.redis.Redis;
import dev.onsale.runtime.redis.RedisConfig;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Long random sequences of every operation of the ledger, on every Redis there is, against a plain-Java model. A failure
 * prints its seed; {@code -Dmodel.seed=...} repeats it.
 */
class InventoryModelIT {
    private static final int STEPS = Integer.getInteger("model.steps", 3_000);

    private static final RedisServers SERVERS = new RedisServers();
    private static final List<Redis> REDIS = new ArrayList<>();
    private static final Vertx VERTX = Vertx.vertx();

    @BeforeAll
    static void start() throws Exception {
        for (URI uri : SERVERS.start()) {
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

    @Test
    void everyOperationAnswersAndLeavesWhatTheModelDoes() {
        long seed = Long.getLong("model.seed", System.nanoTime());
        for (var redis : REDIS) {
            for (int i = 0; i < 3; i++) {
                go(redis, seed + i, STEPS, UnaryOperator.identity());
            }
        }
    }

    /** The test is worth something: each of these mistakes is found. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            room < (partial and 1 or #free + #taken) | room < -1000
            tonumber(h.expires) <= event.now | tonumber(h.expires) < event.now
            return free(s - 1) and not free(s - 2) or | return false and
            hold.count(h, -#ordinals - areas.total(list)) | hold.count(h, -#ordinals)
            event.now >= to | event.now > to
            version = redis.call('HGET', event.meta, 'version') | version = tostring(tonumber(redis.call('HGET', event.meta, 'version')))
            h.fence ~= fence | h.fence < fence
            event.now >= tonumber(p.from) | event.now > tonumber(p.from)
            event.now < tonumber(p.to) | event.now <= tonumber(p.to)
            or 0) >= tonumber(uses) | or 0) > tonumber(uses)
            event.presales, 'u:' .. p.key, 1 | event.presales, 'u:' .. p.key, 0
            add(event.presales, 'q:' .. h.presale:match('^%d+'), change) | add(event.presales, 'q:' .. h.presale:match('^%d+'), 1)
            math.min(room, left) | math.min(room, left + 1)
            if had and redis.call('HEXISTS', event.presales, 'x:' .. had) == 0 then | if had then
            """)
    void findsPlantedMistakes(String right, String wrong) {
        UnaryOperator<String> bug = text -> text.replace(right, wrong);
        assertThatThrownBy(() -> {
                    for (long seed = 1; seed <= 5; seed++) {
                        go(REDIS.getFirst(), seed, STEPS, bug);
                    }
                })
                .isInstanceOf(AssertionError.class);
    }

    private static void go(Redis redis, long seed, int count, UnaryOperator<String> bug) {
        var run = new ModelRun(redis, bug);
        var steps = new ModelSteps(run, new Random(seed));
        int done = 0;
        try {
            run.setClock(run.model.now);
            run.load();
            for (; done < count; done++) {
                steps.step();
                if (done % 50 == 0) {
                    run.checkState();
                }
            }
            run.checkState();
            run.checkStream();
        } catch (AssertionError | RuntimeException failure) {
            throw new AssertionError("-Dmodel.seed=" + seed + ", step " + done + ": " + failure.getMessage(), failure);
        }
        assertThat(done).isEqualTo(count);
    }
}
