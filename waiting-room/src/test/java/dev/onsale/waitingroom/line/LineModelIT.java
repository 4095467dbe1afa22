package dev.onsale.waitingroom.line;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Long random sequences of every operation of the line, on every Redis there is, against a plain-Java model. A failure
 * prints its seed; {@code -Dmodel.seed=...} repeats it.
 */
class LineModelIT {

    private static final int STEPS = Integer.getInteger("model.steps", 3_000);

    private static List<RedisNode> nodes = List.of();

    @BeforeAll
    static void start() {
        nodes = RedisNode.all();
    }

    @AfterAll
    static void stop() {
        nodes.forEach(RedisNode::close);
    }

    @Test
    void everyOperationAnswersWhatTheModelDoes() {
        long seed = Long.getLong("model.seed", System.nanoTime());
        for (var node : nodes) {
            for (int i = 0; i < 3; i++) {
                go(node.uri(), seed + i, UnaryOperator.identity());
            }
        }
    }

    /** The test is worth something: each of these mistakes is found. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            call.at + line.meta.window_ms <= line.now | call.at + line.meta.window_ms < line.now
            if steps < worth then | if false then
            line.put({ next = new, again = meta.again + 1 }) | line.put({ next = new })
            line.mark(entry) == line.LEFT | line.mark(entry) ~= line.WAITING
            if expires > line.now then | if expires > 0 then
            call.first <= position and | position > 0 and
            line.add('abandoned', 1) | line.add('left', 1)
            known + 1, seen) | known, seen)
            """)
    void findsPlantedMistakes(String right, String wrong) {
        assertThatThrownBy(() -> {
                    for (long seed = 1; seed <= 12; seed++) {
                        go(nodes.getFirst().uri(), seed, text -> text.replace(right, wrong));
                    }
                })
                .isInstanceOf(AssertionError.class);
    }

    private static void go(URI uri, long seed, UnaryOperator<String> bug) {
        int done = 0;
        try (var run = new LineModelRun(uri, new Random(seed), bug)) {
            for (; done < STEPS; done++) {
                run.step();
            }
        } catch (AssertionError | RuntimeException failure) {
            throw new AssertionError("-Dmodel.seed=" + seed + ", step " + done + ": " + failure.getMessage(), failure);
        }
    }
}
