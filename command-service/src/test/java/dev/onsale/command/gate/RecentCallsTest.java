package dev.onsale.command.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.runtime.error.Refusal;
import io.vertx.grpc.common.GrpcStatus;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RecentCallsTest {
    private static final String HOLD = "onsale.inventory.v1.HoldService/CreateHold";

    private final AtomicLong nanos = new AtomicLong(Duration.ofDays(1).toNanos());
    private final RecentCalls calls = new RecentCalls(nanos::get);

    @Test
    void findsThe99thOfAHundredWithinAnEighth() {
        for (int i = 1; i <= 100; i++) {
            calls.ended(HOLD, GrpcStatus.OK, null, Duration.ofMillis(i));
        }

        assertThat(calls.all().quantile(0.99).orElseThrow()).isBetween(Duration.ofMillis(99), Duration.ofMillis(112));
    }

    @Test
    void keepsOrderFromMicrosecondsToHours() {
        Duration before = Duration.ZERO;
        for (long micros = 1; micros < 4_000_000_000L; micros = micros * 3 / 2 + 1) {
            CallTally one = new CallTally();
            one.add(Duration.ofNanos(micros * 1_000), false);
            Duration found = one.quantile(0.99).orElseThrow();

            assertThat(found).isGreaterThanOrEqualTo(before);
            if (micros < 800_000_000L) {
                assertThat(found).isGreaterThan(Duration.ofNanos(micros * 1_000));
            }
            before = found;
        }
    }

    @Test
    void forgetsAfterTenSecondsOrSo() {
        calls.ended(HOLD, GrpcStatus.UNAVAILABLE, null, Duration.ofMillis(3));
        assertThat(calls.all().errorRate()).isEqualTo(1);

        nanos.addAndGet(Duration.ofSeconds(12).toNanos());

        assertThat(calls.all().quantile(0.99)).isEmpty();
        assertThat(calls.all().errorRate()).isZero();
    }

    @Test
    void countsFaultsOfTheServerAlone() {
        Refusal overloaded = Refusal.of(ErrorReason.ERROR_REASON_OVERLOADED, "x");
        Refusal limited = Refusal.of(ErrorReason.ERROR_REASON_RATE_LIMITED, "x");
        Refusal taken = Refusal.of(ErrorReason.ERROR_REASON_SEAT_TAKEN, "x");
        calls.ended(HOLD, overloaded.status(), overloaded, Duration.ofMillis(1));
        calls.ended(HOLD, limited.status(), limited, Duration.ofMillis(1));
        calls.ended(HOLD, taken.status(), taken, Duration.ofMillis(1));
        calls.ended(HOLD, GrpcStatus.UNAUTHENTICATED, null, Duration.ofMillis(1));
        calls.ended("onsale.booking.v1.BookingService/WatchBooking", GrpcStatus.OK, null, Duration.ofHours(1));
        calls.ended("onsale.catalog.v1.CatalogAdminService/X", GrpcStatus.INTERNAL, null, Duration.ofHours(1));

        assertThat(calls.all().errorRate()).isEqualTo(0.5);
        assertThat(calls.all().quantile(0.99).orElseThrow()).isLessThan(Duration.ofMillis(2));
    }

    /** Of two nodes one is slow and fails: the sum says so, as callers see it. */
    @Test
    void sumsUpNodesAsIfAllCallsWereOfOne() {
        CallTally sum = new CallTally();
        for (int node = 0; node < 2; node++) {
            CallTally own = new CallTally();
            for (int i = 0; i < 100; i++) {
                own.add(Duration.ofMillis(node == 0 ? 2 : 800), node == 1 && i < 10);
            }
            sum.add(own.buckets(), own.failed());
        }
        assertThat(sum.quantile(0.99).orElseThrow()).isBetween(Duration.ofMillis(800), Duration.ofMillis(901));
        assertThat(sum.quantile(0.5).orElseThrow()).isBetween(Duration.ofMillis(2), Duration.ofMillis(3));
        assertThat(sum.errorRate()).isEqualTo(0.05);
    }
}
