package dev.onsale.runtime.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InventoryTest {

    private static final UUID EVENT = UUID.fromString("0192f0c1-2345-7000-8000-00000000abcd");

    @Test
    void writesASeatAsOnePrintableByte() {
        for (var status : SeatStatus.values()) {
            for (var kind : SeatKind.values()) {
                byte code = SeatCode.of(status, kind);

                assertThat(code).isEqualTo((byte) (48 + status.digit() * 4 + kind.digit()));
                assertThat(SeatCode.parse(code)).isEqualTo(new SeatCode(status, kind));
                assertThat(code).isNotEqualTo(SeatCode.SEPARATOR).isBetween((byte) 33, (byte) 126);
            }
        }
        assertThat(SeatCode.withStatus((byte) '1', SeatStatus.SOLD)).isEqualTo((byte) '=');
    }

    @Test
    void ordersVersionsByEpochThenCounter() {
        var first = new Version(1, 4_294_967_295L);
        var next = new Version(2, 0);

        assertThat(first).isLessThan(next);
        assertThat(Version.of(next.number())).isEqualTo(next);
        assertThat(Version.of(first.number())).isEqualTo(first);
        assertThat(new Version(2, 1).follows(next)).isTrue();
        assertThat(next.follows(first)).isFalse();
        assertThatThrownBy(() -> new Version(1, 1L << 32)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void keepsAllKeysOfAShardUnderOneTag() {
        var keys = InventoryKeys.of(EVENT, 64);
        var tag = "{s%02d}:".formatted(keys.shard());

        assertThat(keys.seats()).isEqualTo(tag + EVENT + ":seats");
        assertThat(keys.changes()).isEqualTo(tag + "changes").isEqualTo(InventoryKeys.changes(keys.shard()));
        assertThat(InventoryKeys.of(EVENT, 64)).isEqualTo(keys);
    }

    @Test
    void spreadsEventsOverAllShards() {
        var shards = IntStream.range(0, 5_000)
                .map(i -> InventoryKeys.shardOf(UUID.randomUUID(), 64))
                .distinct()
                .count();

        assertThat(shards).isEqualTo(64);
    }

    @Test
    void countsTheCapacityOfAnArea() {
        var counts = AreaCounts.parse("5/4/3/2/1", "/");

        assertThat(counts.capacity()).isEqualTo(15);
        assertThat(counts.join(",")).isEqualTo("5,4,3,2,1");
        assertThatThrownBy(() -> AreaCounts.parse("1/2", "/")).isInstanceOf(IllegalArgumentException.class);
    }
}
