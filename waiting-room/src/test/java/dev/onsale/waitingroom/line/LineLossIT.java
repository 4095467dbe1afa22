package dev.onsale.waitingroom.line;

import static dev.onsale.waitingroom.line.LineTable.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.redis.client.Command;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Redis dies, forgets everything, or forgets the last of it. */
class LineLossIT {

    private RedisNode node;
    private LineTable table;

    @BeforeEach
    void start() {
        node = RedisNode.start();
        table = LineTable.realTime(node.uri());
    }

    @AfterEach
    void stop() {
        table.close();
        node.close();
    }

    @Test
    void aKilledRedisComesBackWithEverySessionAndCall() {
        table.joined = 100_000; // Each comes with a ticket.
        table.open(1_000);
        Map<Long, ClaimOutcome> admitted = new HashMap<>();
        long served = 0;
        for (long crash = 0; crash < 3; crash++) {
            table.tickUntilServed(served + 100);
            served = await(table.ledger.tick(table.event, 0, 0)).served();
            for (long entry = crash * 100 + 1; entry <= crash * 100 + 50; entry++) {
                admitted.put(entry, table.claim(entry, entry, entry));
            }
            node.crash();
            LineTable.eventually(table.redis::connected);
            var back = await(table.ledger.tick(table.event, 0, 0));
            assertThat(back.served()).isGreaterThanOrEqualTo(served);
            assertThat(back.admitted()).isEqualTo(admitted.size());
            assertThat(back.active()).isEqualTo(admitted.size());
            served = back.served();
        }
        assertThat(admitted).hasSize(150);
        admitted.forEach((entry, outcome) -> {
            assertThat(outcome).isInstanceOf(ClaimOutcome.Admitted.class);
            assertThat(table.claim(entry, entry, entry)).isEqualTo(outcome);
        });
    }

    @Test
    void anEmptiedRedisIsFilledFromTheCheckpointAndTheTickets() {
        table.open(2_000);
        table.join(LongStream.rangeClosed(1, 600).toArray());
        table.tickUntilServed(200);
        await(table.ledger.pause(table.event));
        await(table.redis.send(Command.FLUSHALL));
        assertThatThrownBy(() -> table.join(1)).isInstanceOf(LineLost.class);

        try (var fresh = LineTable.another(table, node.uri())) { // A node that has seen nothing itself.
            fresh.joined = 500; // The checkpoint is a little old.
            fresh.served = 150;
            var restored = fresh.open(1);
            assertThat(restored.joined()).isEqualTo(500);
            assertThat(restored.served()).isEqualTo(150);
            assertThat(fresh.join(1_001)).containsExactly(new JoinOutcome.Joined(501, false));
            var seen = await(table.ledger.tick(table.event, 200, 0)); // The node that knows more.
            assertThat(seen.joined()).isEqualTo(600);
            assertThat(seen.served()).isGreaterThanOrEqualTo(200);

            var entries = new HashSet<>(List.of(501L));
            for (long account = 1; account <= 600; account++) {
                long entry = fresh.rejoin(account, account);
                assertThat(entries.add(entry)).as("entry %d", entry).isTrue();
                assertThat(entry).isEqualTo(account == 501 ? 601 : account);
            }
            assertThat(fresh.claim(120, 120, 120)).isInstanceOf(ClaimOutcome.Admitted.class);
            assertThat(fresh.claim(120, 120, 1_001)).isEqualTo(new ClaimOutcome.Used());
        }
    }

    @Test
    void theLineGoesOnOnACopyThatLacksTheLastOfIt() {
        try (var copy = RedisNode.start();
                var behind = LineTable.another(table, copy.uri())) {
            table.open(1_000);
            table.join(LongStream.rangeClosed(1, 500).toArray());
            await(behind.redis.send(Command.REPLICAOF, "127.0.0.1", "" + node.port()));
            LineTable.eventually(() -> await(behind.redis.send(Command.HGET, table.room(), "next")) != null);
            await(behind.redis.send(Command.REPLICAOF, "NO", "ONE"));
            table.join(LongStream.rangeClosed(501, 700).toArray());
            table.tickUntilServed(300);
            var last = await(table.ledger.pause(table.event));
            assertThat(table.claim(300, 300, 300)).isInstanceOf(ClaimOutcome.Admitted.class);

            var on = await(behind.ledger.tick(table.event, last.served(), last.joined()));

            assertThat(on.served()).isGreaterThanOrEqualTo(last.served());
            assertThat(on.joined()).isEqualTo(700);
            assertThat(behind.join(9_001)).containsExactly(new JoinOutcome.Joined(701, false));
            assertThat(behind.rejoin(600, 600)).isEqualTo(600);
            assertThat(behind.claim(299, 299, 299)).isInstanceOf(ClaimOutcome.Admitted.class);
        }
    }

    /** Of five in the lobby three had been noted with their digest, and a node had seen five. */
    @Test
    void anEmptiedLobbyGoesOnWithTheDigestThatWasNoted() {
        await(table.ledger.open(table.terms(LineState.LOBBY, 1_000)));
        table.join(11, 12, 13);
        var noted = await(table.ledger.tick(table.event, 0, 0));
        table.join(14, 15);
        await(table.redis.send(Command.FLUSHALL));
        try (var fresh = LineTable.another(table, node.uri())) {
            fresh.joined = 5;
            fresh.digest = new LobbyDigest(noted.joined(), noted.lobbyDigest());
            await(fresh.ledger.open(fresh.terms(LineState.LOBBY, 1_000)));
            assertThat(fresh.join(16)).containsExactly(new JoinOutcome.Joined(6, false));
            assertThat(fresh.rejoin(14, 4)).isEqualTo(4);

            byte[] three = ModelDraw.roll(ModelDraw.roll(ModelDraw.roll(new byte[20], 11), 12), 13);
            byte[] six = ModelDraw.roll(ModelDraw.rollGap(three, 4, 5), 16);
            assertThat(noted.lobbyDigest()).isEqualTo(three);
            var frozen = await(fresh.ledger.freeze(table.event));
            assertThat(frozen.lobbySize()).isEqualTo(6);
            assertThat(frozen.lobbyDigest()).isEqualTo(six);
        }
    }
}
