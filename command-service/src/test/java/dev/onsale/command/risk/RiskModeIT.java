package dev.onsale.command.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.onsale.command.BoxOffice;
import dev.onsale.command.Shows;
import dev.onsale.proto.inventory.v1.BestAvailable;
import dev.onsale.proto.inventory.v1.CreateHoldRequest;
import dev.onsale.proto.inventory.v1.CreateHoldResponse;
import dev.onsale.proto.inventory.v1.HoldServiceGrpcClient;
import dev.onsale.proto.inventory.v1.ReleaseHoldRequest;
import io.vertx.redis.client.Command;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the guard does while it only looks on, and while it is off. */
final class RiskModeIT {

    @Nested
    final class Observing {
        @RegisterExtension
        static final BoxOffice OFFICE = new BoxOffice()
                .with("risk.mode", "observe")
                .with("risk.velocity.calls", "1")
                .with("risk.threshold.deny", "0.5")
                .with("risk.threshold.slow", "0.4")
                .with("risk.records.every", "20ms");

        @Test
        void itRecordsWhatItWouldDoAndDoesNothing() {
            UUID event = OFFICE.event();
            String fan = "fan-" + event;
            for (int i = 0; i < 6; i++) {
                holdAndRelease(OFFICE, event, fan);
            }
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> OFFICE.count(
                                    "SELECT coalesce(sum(calls), 0) FROM risk_verdicts WHERE account = $1"
                                            + " AND verdict = 'deny' AND NOT enforced",
                                    fan)
                            == 5);
        }
    }

    @Nested
    final class Off {
        @RegisterExtension
        static final BoxOffice OFFICE = new BoxOffice();

        @Test
        void itIsOffUnlessSwitchedOnAndAsksRedisNothing() {
            UUID event = OFFICE.event();
            for (int i = 0; i < 12; i++) {
                holdAndRelease(OFFICE, event, "fan-" + event);
            }
            assertThat(BoxOffice.await(OFFICE.redis().send(Command.KEYS, "*" + event + ":risk:*")))
                    .isEmpty();
        }
    }

    private static void holdAndRelease(BoxOffice office, UUID event, String fan) {
        CreateHoldResponse held = office.fan(fan)
                .call(
                        HoldServiceGrpcClient.CreateHold,
                        CreateHoldRequest.newBuilder()
                                .setRequestId(Shows.requestId())
                                .setEventId(event.toString())
                                .setBestAvailable(BestAvailable.newBuilder().setQuantity(1))
                                .build());
        office.fan(fan)
                .call(
                        HoldServiceGrpcClient.ReleaseHold,
                        ReleaseHoldRequest.newBuilder()
                                .setRequestId(Shows.requestId())
                                .setHoldId(held.getHold().getHoldId())
                                .build());
    }
}
