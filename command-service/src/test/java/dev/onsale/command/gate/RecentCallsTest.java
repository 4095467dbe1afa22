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

        assertThat(calls.p99().orElseThrow()).isBetween(Duration.ofMillis(99), Duration.ofMillis(112));
    }

    @Test
    void keepsOrderFromMicrosecondsToHours() {
        Duration before = Duration.ZERO;
        for (long micros = 1; micros < 4_000_000_000L; micros = micros * 3 / 2 + 1) {
            CallsOfSecond one = new CallsOfSecond(1);
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
        assertThat(calls.errorRate()).isEqualTo(1);

        nanos.addAndGet(Duration.ofSeconds(12).toNanos());

        assertThat(calls.p99()).isEmpty();
        assertThat(calls.errorRate()).isZero();
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

        assertThat(calls.errorRate()).isEqualTo(0.5);
        assertThat(calls.p99().orElseThrow()).isLessThan(Duration.ofMillis(2));
    }
}
