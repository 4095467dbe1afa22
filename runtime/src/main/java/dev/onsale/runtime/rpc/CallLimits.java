package dev.onsale.runtime.rpc;

import dev.onsale.runtime.error.Refusal;
import io.vertx.core.Future;
import io.vertx.grpc.common.GrpcStatus;
import org.jspecify.annotations.Nullable;

/**
 * What keeps callers from asking for more than their share, and all of them together from asking for more than the server
 * has. Asked on the event loop of the call; must be cheap or asynchronous.
 */
public interface CallLimits {

    /** No limits. */
    CallLimits NONE = new CallLimits() {};

    /** Before a token that is not known yet is verified, which costs: the refusal, or null to go on. */
    default @Nullable Refusal beforeToken(Call call) {
        return null;
    }

    /** The token, or the lack of one, or its role was refused. */
    default void unproven(Call call, Throwable failure) {}

    /**
     * A unary call has come whole and is about to be worked on.
     *
     * @return is told when the call has ended
     * @throws Refusal if the server has too much to do
     */
    default Turn begin(Call call) {
        return Turn.UNCOUNTED;
    }

    /** Takes what one message costs from the caller's share; fails with a {@link Refusal} if there isn't enough left. */
    default Future<Void> charge(Call call) {
        return Future.succeededFuture();
    }

    /** A call that is being worked on. */
    @FunctionalInterface
    interface Turn {

        /** A call that nobody counts. */
        Turn UNCOUNTED = status -> {};

        /** The call has ended, once. */
        void ended(GrpcStatus status);
    }
}
