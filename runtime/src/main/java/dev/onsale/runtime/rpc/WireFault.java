package dev.onsale.runtime.rpc;

import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.runtime.error.Refusal;
import io.vertx.grpc.common.GrpcStatus;

/** The refusals of the wire itself, before any service is involved. */
@SuppressWarnings("StaticAssignmentOfThrowable") // A refusal is immutable and has no stack.
final class WireFault {

    static final Refusal COMPRESSED =
            malformed("Compressed messages are not accepted").status(GrpcStatus.UNIMPLEMENTED);
    static final Refusal BAD_FLAG = malformed("A frame has an unknown flag").status(GrpcStatus.INTERNAL);
    static final Refusal TOO_MANY = malformed("A call of this method carries exactly one message");
    static final Refusal NO_MESSAGE = malformed("The call carries no message");
    static final Refusal CUT_SHORT = malformed("The last message is cut short");
    static final Refusal UNREADABLE = malformed("The message can't be read");
    static final Refusal TOO_LARGE = malformed("A message is too large").status(GrpcStatus.RESOURCE_EXHAUSTED);
    static final Refusal TOO_LONG =
            malformed("The stream has too many messages").status(GrpcStatus.RESOURCE_EXHAUSTED);
    static final Refusal UNKNOWN_METHOD = malformed("No such method").status(GrpcStatus.UNIMPLEMENTED);
    static final Refusal BAD_HEADER = malformed("A header is malformed");
    static final Refusal DEADLINE = Refusal.of(
            ErrorReason.ERROR_REASON_DEADLINE_EXCEEDED,
            "The deadline has passed and the outcome is unknown, ask again with the same request_id");
    static final Refusal ROLE =
            Refusal.of(ErrorReason.ERROR_REASON_ROLE_REQUIRED, "The token has no role that may do this");

    static final Refusal BUG = Refusal.of(
            ErrorReason.ERROR_REASON_INTERNAL, "Something is wrong on our side, quote the error_id to support");

    private WireFault() {}

    private static Refusal malformed(String text) {
        return Refusal.of(ErrorReason.ERROR_REASON_MALFORMED_REQUEST, text);
    }
}
