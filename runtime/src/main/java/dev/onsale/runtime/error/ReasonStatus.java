package dev.onsale.runtime.error;

import dev.onsale.proto.error.v1.ErrorReason;
import io.vertx.grpc.common.GrpcStatus;

/** Which status code each reason comes with. A new reason does not compile until it has one. */
final class ReasonStatus {

    private ReasonStatus() {}

    static GrpcStatus of(ErrorReason reason) {
        return switch (reason) {
            case ERROR_REASON_INVALID_FIELD,
                    ERROR_REASON_MALFORMED_REQUEST,
                    ERROR_REASON_SEAT_MAP_INVALID,
                    ERROR_REASON_TICKET_CODE_INVALID -> GrpcStatus.INVALID_ARGUMENT;
            case ERROR_REASON_TOKEN_INVALID, ERROR_REASON_ADMISSION_REQUIRED -> GrpcStatus.UNAUTHENTICATED;
            case ERROR_REASON_ROLE_REQUIRED,
                    ERROR_REASON_SCOPE_REQUIRED,
                    ERROR_REASON_RISK_DENIED,
                    ERROR_REASON_CHALLENGE_FAILED,
                    ERROR_REASON_PLACE_TICKET_INVALID,
                    ERROR_REASON_ADMISSION_REVOKED -> GrpcStatus.PERMISSION_DENIED;
            case ERROR_REASON_RESOURCE_NOT_FOUND -> GrpcStatus.NOT_FOUND;
            case ERROR_REASON_SEAT_TAKEN -> GrpcStatus.ABORTED;
            case ERROR_REASON_REQUEST_ID_REUSED,
                    ERROR_REASON_SOLD_OUT,
                    ERROR_REASON_NOT_ON_SALE,
                    ERROR_REASON_TICKET_LIMIT_REACHED,
                    ERROR_REASON_HOLD_EXPIRED,
                    ERROR_REASON_HOLD_NOT_ACTIVE,
                    ERROR_REASON_FENCE_STALE,
                    ERROR_REASON_NO_ADJACENT_SEATS,
                    ERROR_REASON_PRESALE_ACCESS_REQUIRED,
                    ERROR_REASON_PRESALE_CODE_INVALID,
                    ERROR_REASON_CHALLENGE_REQUIRED,
                    ERROR_REASON_PAYMENT_DECLINED,
                    ERROR_REASON_PAYMENT_STATE,
                    ERROR_REASON_BOOKING_STATE,
                    ERROR_REASON_EVENT_STATE,
                    ERROR_REASON_REFUND_WINDOW_CLOSED,
                    ERROR_REASON_TICKET_USED,
                    ERROR_REASON_TICKET_VOID,
                    ERROR_REASON_TRANSFER_NOT_ALLOWED,
                    ERROR_REASON_TRANSFER_LIMIT_REACHED,
                    ERROR_REASON_TICKET_TRANSFERRED,
                    ERROR_REASON_ROOM_STATE,
                    ERROR_REASON_ROOM_FULL,
                    ERROR_REASON_NOT_YOUR_TURN,
                    ERROR_REASON_TURN_PASSED,
                    ERROR_REASON_TURN_USED,
                    ERROR_REASON_CURSOR_EXPIRED,
                    ERROR_REASON_PAGE_EXPIRED -> GrpcStatus.FAILED_PRECONDITION;
            case ERROR_REASON_RATE_LIMITED, ERROR_REASON_OVERLOADED -> GrpcStatus.RESOURCE_EXHAUSTED;
            case ERROR_REASON_PAYMENT_UNAVAILABLE,
                    ERROR_REASON_DEPENDENCY_UNAVAILABLE,
                    ERROR_REASON_INVENTORY_REBUILDING -> GrpcStatus.UNAVAILABLE;
            case ERROR_REASON_DEADLINE_EXCEEDED -> GrpcStatus.DEADLINE_EXCEEDED;
            case ERROR_REASON_INTERNAL, ERROR_REASON_UNSPECIFIED, UNRECOGNIZED -> GrpcStatus.INTERNAL;
        };
    }

    /** The nearest reason for a status that came without details, or with a reason this version does not know. */
    static ErrorReason nearest(GrpcStatus status) {
        return switch (status) {
            case INVALID_ARGUMENT, OUT_OF_RANGE -> ErrorReason.ERROR_REASON_INVALID_FIELD;
            case UNAUTHENTICATED -> ErrorReason.ERROR_REASON_TOKEN_INVALID;
            case PERMISSION_DENIED -> ErrorReason.ERROR_REASON_ROLE_REQUIRED;
            case NOT_FOUND -> ErrorReason.ERROR_REASON_RESOURCE_NOT_FOUND;
            case RESOURCE_EXHAUSTED -> ErrorReason.ERROR_REASON_OVERLOADED;
            case UNAVAILABLE, CANCELLED -> ErrorReason.ERROR_REASON_DEPENDENCY_UNAVAILABLE;
            case DEADLINE_EXCEEDED -> ErrorReason.ERROR_REASON_DEADLINE_EXCEEDED;
            default -> ErrorReason.ERROR_REASON_INTERNAL;
        };
    }
}
