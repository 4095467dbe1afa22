package dev.onsale.runtime.rpc;

import dev.onsale.runtime.error.Refusal;
import io.vertx.grpc.common.GrpcStatus;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Is told of every call that has ended, on the event loop that served it. Must be cheap, and safe for many threads. */
@FunctionalInterface
public interface CallObserver {

    /**
     * A call has ended.
     *
     * @param method full name of the method
     * @param refusal why it was refused; null if it was not
     * @param elapsed from its arrival to its end
     */
    void ended(String method, GrpcStatus status, @Nullable Refusal refusal, Duration elapsed);
}
