package dev.onsale.waitingroom.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import dev.onsale.proto.gate.v1.GetSaleReportResponse;
import dev.onsale.proto.waitingroom.v1.ChallengeKind;
import dev.onsale.waitingroom.room.RoomRules;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AdaptiveDrainTest {

    private static final RoomRules RULES = new RoomRules(
            Instant.EPOCH,
            1_000,
            500,
            java.time.Duration.ofSeconds(60),
            java.time.Duration.ofSeconds(600),
            ChallengeKind.CHALLENGE_KIND_NONE,
            true,
            "",
            1_000);

    private final AdaptiveDrain drain = new AdaptiveDrain(java.time.Duration.ofMillis(500), 2, 2, 30);

    private static GetSaleReportResponse.Builder report(int p99Millis, double errors) {
        return GetSaleReportResponse.newBuilder()
                .setFree(100_000)
                .setP99(Duration.newBuilder().setNanos(p99Millis * 1_000_000))
                .setErrorRate(errors);
    }

    @Test
    void growsByAStepWhileTheWriteSideIsWellAndNeverAboveItsRate() {
        assertThat(drain.next(RULES, 100, report(20, 0).build()).rate()).isEqualTo(150);
        assertThat(drain.next(RULES, 990, report(20, 0).build()).rate()).isEqualTo(1_000);
    }

    @Test
    void shrinksByAShareWhenCallsAreSlowOrFailAndNeverStops() {
        assertThat(drain.next(RULES, 1_000, report(800, 0).build()).rate()).isEqualTo(700);
        assertThat(drain.next(RULES, 1_000, report(20, 0.05).build()).rate()).isEqualTo(700);
        assertThat(drain.next(RULES, 10, report(800, 0).build()).rate()).isEqualTo(10);
    }

    @Test
    void letsNoMoreInsideThanTheSeatsThatAreLeftCanServe() {
        var nearlyGone = report(20, 0).setFree(10).setHeld(20).setReserved(4).build();

        // Half of 10 free and 6 expected back, and those whose 24 seats are in holds and checkouts.
        assertThat(drain.next(RULES, 100, nearlyGone).maxActive()).isEqualTo(8 + 12);
        assertThat(drain.next(RULES, 100, report(20, 0).build()).maxActive()).isEqualTo(500);
    }
}
