package dev.onsale.standalone.fuzz;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import dev.onsale.runtime.error.RefusalCodec;
import io.vertx.grpc.common.GrpcStatus;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How an input was answered.
 *
 * @param end how it ended
 * @param http HTTP status, or 0
 * @param status gRPC status, or -1
 * @param reason why it was refused, as in {@code ErrorReason}; may be empty
 */
record Outcome(End end, int http, int status, String reason) {

    private static final int NONE = -1;
    private static final int SERVER_ERROR = 500;

    /** How an input ended. */
    enum End {
        /** It was answered. */
        ANSWERED,
        /** A stream of answers began. */
        STREAMED,
        /** The stream was reset. */
        RESET,
        /** The connection was closed. */
        CLOSED,
        /** Nothing came in all the time there was. */
        SILENT
    }

    static Outcome of(End end) {
        return new Outcome(end, 0, NONE, "");
    }

    /** An answer without a gRPC status. */
    static Outcome http(int status) {
        return new Outcome(End.ANSWERED, status, NONE, "");
    }

    /** The answer with these headers and trailers. */
    static Outcome of(int http, Map<String, String> fields) {
        String status = fields.get("grpc-status");
        return new Outcome(End.ANSWERED, http, status == null ? NONE : Integer.parseInt(status), reason(fields));
    }

    private static String reason(Map<String, String> fields) {
        String details = fields.get(RefusalCodec.TRAILER);
        try {
            return details == null
                    ? ""
                    : Status.parseFrom(Base64.getDecoder().decode(details))
                            .getDetails(0)
                            .unpack(ErrorInfo.class)
                            .getReason();
        } catch (InvalidProtocolBufferException unreadable) {
            return "UNREADABLE_DETAILS";
        }
    }

    /** In a word: {@code NOT_FOUND RESOURCE_NOT_FOUND}, {@code http 404}, {@code reset}. */
    String word() {
        if (end != End.ANSWERED) {
            return end.name().toLowerCase(java.util.Locale.ROOT);
        }
        return status == NONE ? "http " + http : (GrpcStatus.valueOf(status) + " " + reason).strip();
    }

    /** What is wrong with it, given what the input may be answered with; null: nothing. */
    @Nullable String fault(Set<Leeway> leeway) {
        return switch (end) {
            case SILENT -> "was not answered";
            case CLOSED, RESET -> leeway.contains(Leeway.ENDED) ? null : "was cut off";
            case STREAMED -> leeway.contains(Leeway.OK) ? null : "was let in";
            case ANSWERED -> status == NONE ? httpFault(leeway) : statusFault(leeway);
        };
    }

    private @Nullable String httpFault(Set<Leeway> leeway) {
        if (http >= SERVER_ERROR && http != 501 && http != 505) {
            return "was answered with " + http;
        }
        if (http / 100 == 2 && !leeway.contains(Leeway.OK)) {
            return "was let in";
        }
        return leeway.contains(Leeway.HTTP) ? null : "got no gRPC status";
    }

    private @Nullable String statusFault(Set<Leeway> leeway) {
        GrpcStatus answer = GrpcStatus.valueOf(status);
        return switch (answer) {
            case OK -> leeway.contains(Leeway.OK) ? null : "was let in";
            case UNIMPLEMENTED -> leeway.contains(Leeway.UNIMPLEMENTED) ? null : "is unimplemented";
            case DEADLINE_EXCEEDED -> leeway.contains(Leeway.EXPIRED) ? null : "hung until its deadline";
            case INTERNAL -> reason.equals("MALFORMED_REQUEST") ? null : "met a bug";
            case UNKNOWN, DATA_LOSS, CANCELLED -> "met a bug";
            default -> reason.isEmpty() ? "was refused without a reason" : null;
        };
    }

    /** Whether the server says that something is away or overloaded: nothing is. */
    boolean unavailable() {
        return status == GrpcStatus.UNAVAILABLE.code || http == 503;
    }
}
