package dev.onsale.waitingroom.line;

import static dev.onsale.waitingroom.line.LineTable.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.redis.client.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An account in line costs Redis less than 24 bytes: 14 million fit in 340 MB. */
class LineMemoryIT {

    private static final Logger LOG = LoggerFactory.getLogger(LineMemoryIT.class);
    private static final int ACCOUNTS = Integer.getInteger("line.accounts", 200_000);
    private static final Pattern USED = Pattern.compile("used_memory:(\\d+)");

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
    void anAccountCostsLessThanTwentyFourBytes() {
        for (var node : nodes) {
            try (var table = LineTable.realTime(node.uri())) {
                await(table.redis.send(Command.CONFIG, "SET", "appendonly", "no"));
                table.capacity = ACCOUNTS;
                await(table.ledger.open(table.terms(LineState.LOBBY, 1_000)));
                table.join(0);
                long before = used(table);
                fill(table);
                double each = (used(table) - before) / (double) ACCOUNTS;
                LOG.atInfo()
                        .addKeyValue("redis", table.redis.server())
                        .addKeyValue("bytes", each)
                        .log("An account costs");
                assertThat(each).isLessThan(24);
            }
        }
    }

    private static void fill(LineTable table) {
        var fingerprints = Fingerprints.of(new byte[32]);
        for (int first = 1; first < ACCOUNTS; first += 1_000) {
            var batch = new ArrayList<Arrival>();
            for (int i = first; i < Math.min(first + 1_000, ACCOUNTS); i++) {
                batch.add(new Arrival(fingerprints.of("account-" + i), 0));
            }
            await(table.ledger.join(table.event, table.capacity, batch));
        }
        assertThat(await(table.ledger.freeze(table.event)).lobbySize()).isEqualTo(ACCOUNTS);
    }

    private static long used(LineTable table) {
        await(table.redis.send(Command.SCRIPT, "FLUSH"));
        var info = USED.matcher(String.valueOf(await(table.redis.send(Command.INFO, "memory"))));
        assertThat(info.find()).isTrue();
        return Long.parseLong(info.group(1));
    }
}
