package dev.onsale.runtime.rpc;

import com.google.protobuf.Message;
import dev.onsale.runtime.error.Refusal;
import io.vertx.grpc.common.GrpcStatus;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A call that has ended.
 *
 * @param call the call
 * @param request what was asked; null if it never came whole, or came as a stream
 * @param reply what was answered; null if it was refused or answered with a stream
 * @param status as the caller sees it
 * @param refusal why it was refused; null if it was not
 * @param elapsed from its arrival to its end
 */
public record EndedCall(
        Call call,
        @Nullable Message request,
        @Nullable Message reply,
        GrpcStatus status,
        @Nullable Refusal refusal,
        Duration elapsed) {

    /** Full name of the method. */
    public String method() {
        return call.method();
    }
}
