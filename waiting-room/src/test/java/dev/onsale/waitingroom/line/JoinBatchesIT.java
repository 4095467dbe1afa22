package dev.onsale.waitingroom.line;

import static dev.onsale.waitingroom.line.LineTable.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onsale.embedded.StoreKind;
import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.testkit.TestStores;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Many join at once. */
class JoinBatchesIT {

    @RegisterExtension
    static final TestStores STORES = TestStores.with(StoreKind.REDIS);

    private LineTable table;
    private JoinBatches batches;

    @BeforeEach
    void open() {
        table = LineTable.realTime(STORES.redisUri());
        table.capacity = 100_000;
        batches = new JoinBatches(table.vertx, table.ledger, new SimpleMeterRegistry());
        await(table.ledger.open(table.terms(LineState.LOBBY, 1_000)));
    }

    @AfterEach
    void close() {
        table.close();
    }

    @Test
    void anAccountThatJoinsFromAHundredPlacesHasOneEntry() throws Exception {
        var answers = new ArrayList<java.util.concurrent.Future<JoinOutcome>>();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 100; i++) {
                answers.add(callers.submit(() -> await(join(7))));
            }
        }
        var outcomes = new ArrayList<JoinOutcome>();
        for (var answer : answers) {
            outcomes.add(answer.get());
        }
        assertThat(outcomes).containsOnly(new JoinOutcome.Joined(1, false), new JoinOutcome.Joined(1, true));
        assertThat(outcomes)
                .filteredOn(new JoinOutcome.Joined(1, false)::equals)
                .hasSize(1);
    }

    @Test
    void entriesHaveNoGapsAndNobodySharesOne() {
        var answers = new ArrayList<Future<JoinOutcome>>();
        LongStream.rangeClosed(1, 5_000).forEach(i -> answers.add(join(i)));
        var entries = new ArrayList<Long>();
        for (var answer : answers) {
            entries.add(((JoinOutcome.Joined) await(answer)).entry());
        }
        assertThat(entries)
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, 5_000).boxed().toList());
    }

    @Test
    void aFullRoomTakesNobodyNew() {
        table.close();
        table = LineTable.realTime(STORES.redisUri());
        table.capacity = 2;
        await(table.ledger.open(table.terms(LineState.LOBBY, 1_000)));
        assertThat(table.join(1, 2, 3, 1))
                .containsExactly(
                        new JoinOutcome.Joined(1, false),
                        new JoinOutcome.Joined(2, false),
                        new JoinOutcome.Full(),
                        new JoinOutcome.Joined(1, true));
    }

    @Test
    void refusesWhatWouldWaitTooLongAndGoesOnAfterwards() {
        var answers = new ArrayList<Future<JoinOutcome>>();
        var node = table.vertx.getOrCreateContext(); // As on an event loop: nothing is answered meanwhile.
        var asked = io.vertx.core.Promise.<List<Future<JoinOutcome>>>promise();
        node.runOnContext(nothing -> {
            LongStream.rangeClosed(1, 30_000).forEach(i -> answers.add(join(i)));
            asked.complete(answers);
        });
        await(asked.future());
        for (var answer : answers) {
            await(answer.otherwiseEmpty());
        }
        assertThat(answers).filteredOn(Future::failed).isNotEmpty().allSatisfy(refused -> {
            assertThat(refused.cause()).isInstanceOf(Refusal.class);
            assertThat(((Refusal) refused.cause()).reason()).isEqualTo(ErrorReason.ERROR_REASON_OVERLOADED);
            assertThat(((Refusal) refused.cause()).retryAfter()).isNotNull();
        });
        assertThat(answers).filteredOn(Future::succeeded).hasSizeGreaterThanOrEqualTo(20_000);
        assertThat(await(join(99_999))).isInstanceOf(JoinOutcome.Joined.class);
    }

    private Future<JoinOutcome> join(long fingerprint) {
        return batches.join(table.event, table.capacity, new Arrival(fingerprint, 0));
    }
}
