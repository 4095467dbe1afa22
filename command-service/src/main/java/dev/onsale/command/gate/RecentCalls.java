package dev.onsale.command.gate;

import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.rpc.CallObserver;
import dev.onsale.runtime.rpc.EndedCall;
import io.vertx.grpc.common.GrpcStatus;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How long hold and booking calls took in the last ten seconds, and how many failed by no fault of the caller. Streams are
 * not counted, nor calls that were turned away before any work was done: a flood of those would hide that the rest is slow.
 */
public final class RecentCalls implements CallObserver {
    private static final Set<GrpcStatus> FAILED =
            EnumSet.of(GrpcStatus.INTERNAL, GrpcStatus.UNKNOWN, GrpcStatus.UNAVAILABLE, GrpcStatus.DEADLINE_EXCEEDED);
    private static final Set<GrpcStatus> TURNED_AWAY = EnumSet.of(
            GrpcStatus.UNAUTHENTICATED,
            GrpcStatus.PERMISSION_DENIED,
            GrpcStatus.INVALID_ARGUMENT,
            GrpcStatus.UNIMPLEMENTED);
    private static final int SECONDS = 10;

    private final AtomicReferenceArray<@Nullable Second> seconds = new AtomicReferenceArray<>(SECONDS + 1);
    private final LongSupplier nanos;

    /** Of this node, from now on. */
    public RecentCalls() {
        this(System::nanoTime);
    }

    RecentCalls(LongSupplier nanos) {
        this.nanos = nanos;
    }

    @Override
    public void ended(EndedCall call) {
        ended(call.method(), call.status(), call.refusal(), call.elapsed());
    }

    void ended(String method, GrpcStatus status, @Nullable Refusal refusal, Duration elapsed) {
        boolean limited = refusal != null && refusal.reason() == ErrorReason.ERROR_REASON_RATE_LIMITED;
        if (!isOfTheSale(method) || limited || TURNED_AWAY.contains(status)) {
            return;
        }
        boolean overloaded = refusal != null && refusal.reason() == ErrorReason.ERROR_REASON_OVERLOADED;
        now().calls().add(elapsed, overloaded || FAILED.contains(status));
    }

    private static boolean isOfTheSale(String method) {
        return method.startsWith("onsale.inventory.v1.HoldService/")
                || (method.startsWith("onsale.booking.v1.BookingService/") && !method.endsWith("/WatchBooking"));
    }

    private Second now() {
        long second = second();
        int slot = (int) Math.floorMod(second, (long) SECONDS + 1);
        return seconds.updateAndGet(
                slot, old -> old != null && old.number() == second ? old : new Second(second, new CallTally()));
    }

    private long second() {
        return TimeUnit.NANOSECONDS.toSeconds(nanos.getAsLong());
    }

    /** Of the last ten seconds. */
    CallTally all() {
        long now = second();
        CallTally all = new CallTally();
        for (int slot = 0; slot < seconds.length(); slot++) {
            Second second = seconds.get(slot);
            if (second != null && now - second.number() <= SECONDS) {
                all.add(second.calls());
            }
        }
        return all;
    }

    /** Calls that ended in one second. */
    private record Second(long number, CallTally calls) {}
}
