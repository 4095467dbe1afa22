package dev.onsale.runtime.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onsale.runtime.change.InventoryChange.Operation;
import dev.onsale.runtime.inventory.AreaCounts;
import dev.onsale.runtime.inventory.SeatStatus;
import dev.onsale.runtime.inventory.Version;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ChangeCodecTest {

    private static final UUID EVENT = UUID.fromString("0192f0c1-2345-7000-8000-00000000abcd");

    @Test
    void bringsAnInventoryChangeOverTheStream() {
        var change = new InventoryChange(
                EVENT,
                new Version(2, 17),
                Instant.ofEpochMilli(1_795_461_012_880L),
                Operation.HELD,
                "hold-1",
                "fan-1",
                Optional.of(SeatStatus.HELD),
                List.of(4, 5, 6),
                Map.of(0, new AreaCounts(1, 2, 3, 4, 5)),
                Optional.of("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));

        var fields = ChangeCodec.encode(change);

        assertThat(ChangeCodec.decode(fields)).isEqualTo(change);
        assertThat(fields)
                .containsEntry("kind", "inventory")
                .containsEntry("op", "held")
                .containsEntry("version", Long.toString((2L << 32) + 17))
                .containsEntry("status", "1")
                .containsEntry("seats", "4,5,6")
                .containsEntry("areas", "0=1/2/3/4/5");
    }

    @Test
    void bringsALoadOverTheStream() {
        var fields = Map.of("kind", "inventory", "op", "loaded", "event", EVENT.toString(), "version", "1", "at", "5");

        var change = (InventoryChange) ChangeCodec.decode(fields);

        assertThat(change.operation()).isEqualTo(Operation.LOADED);
        assertThat(change.seats()).isEmpty();
        assertThat(change.status()).isEmpty();
        assertThat(ChangeCodec.decode(ChangeCodec.encode(change))).isEqualTo(change);
    }

    @Test
    void bringsARecordChangeOverTheStream() {
        var change =
                new RecordChange(RecordChange.Kind.BOOKING, EVENT, "b-1", 3, Instant.ofEpochMilli(5), Optional.empty());

        assertThat(ChangeCodec.decode(ChangeCodec.encode(change))).isEqualTo(change);
    }

    @Test
    void refusesWhatIsNotAChange() {
        assertThatThrownBy(() -> ChangeCodec.decode(Map.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ChangeCodec.decode(Map.of("kind", "weather", "event", EVENT.toString())))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ChangeCodec.decode(Map.of(
                        "kind",
                        "inventory",
                        "op",
                        "held",
                        "event",
                        EVENT.toString(),
                        "version",
                        "1",
                        "at",
                        "5",
                        "areas",
                        "nonsense")))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
