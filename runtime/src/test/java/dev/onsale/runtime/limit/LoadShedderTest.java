package dev.onsale.runtime.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.rpc.CallLimits.Turn;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.grpc.common.GrpcStatus;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;

class LoadShedderTest {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final LoadShedder shedder =
            new LoadShedder(new SheddingConfig(true, 20, 20, 20), new LimitMetrics(meters, WithoutRedis.LOCAL));
    private final Deque<Turn> underWay = new ArrayDeque<>();

    /** How many more of this lane get in. */
    private int fill(Lane lane) {
        int before = underWay.size();
        try {
            while (underWay.size() < 1_000) {
                underWay.add(shedder.begin(lane));
            }
        } catch (Refusal full) {
            assertThat(full.reason()).isEqualTo(ErrorReason.ERROR_REASON_OVERLOADED);
            assertThat(full.retryAfter()).isNotNull();
        }
        return underWay.size() - before;
    }

    @Test
    void anyLaneMayUseAllThereIsWhileNobodyElseWantsIt() {
        assertThat(fill(Lane.READ)).isEqualTo(20);
        assertThat(meters.get("onsale.limit.shed").tag("lane", "read").counter().count())
                .isEqualTo(1);
    }

    @Test
    void whenThereIsNoRoomBookingsStillGetInAndReadsDoNot() {
        fill(Lane.READ);

        assertThat(fill(Lane.BOOKING)).isEqualTo(12);
        assertThat(fill(Lane.SALE)).isEqualTo(6);
        assertThat(fill(Lane.READ)).isZero();
    }

    @Test
    void operatorsAreNeverShed() {
        fill(Lane.BOOKING);

        assertThat(fill(Lane.CONTROL)).isGreaterThan(900);
    }

    @Test
    void whoHasEndedMakesRoomHoweverItEnded() {
        for (var status : new GrpcStatus[] {
            GrpcStatus.OK, GrpcStatus.DEADLINE_EXCEEDED, GrpcStatus.CANCELLED, GrpcStatus.ABORTED, GrpcStatus.INTERNAL
        }) {
            fill(Lane.READ);
            underWay.removeFirst().ended(status);
            assertThat(fill(Lane.READ)).as(status.name()).isEqualTo(1);
        }
    }
}
