package dev.onsale.query.web;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.error.RefusalCodec;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import io.vertx.grpc.common.GrpcStatus;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers failures as `google.rpc.Status` in JSON, with the HTTP status that belongs to its code. */
public final class HttpErrors {
    private static final Logger LOG = LoggerFactory.getLogger(HttpErrors.class);
    private static final JsonFormat.Printer JSON = JsonFormat.printer()
            .omittingInsignificantWhitespace()
            .usingTypeRegistry(JsonFormat.TypeRegistry.newBuilder()
                    .add(ErrorInfo.getDescriptor())
                    .add(BadRequest.getDescriptor())
                    .add(RetryInfo.getDescriptor())
                    .build());

    @SuppressWarnings("StaticAssignmentOfThrowable") // A refusal is immutable and has no stack.
    private static final Refusal LATE = Refusal.of(ErrorReason.ERROR_REASON_DEADLINE_EXCEEDED, "Not answered in time");

    private HttpErrors() {}

    /**
     * Answers a failure, unless something was answered before. One that took too long is DEADLINE_EXCEEDED.
     *
     * @param routing the request
     * @param failure a refusal, a timeout, what the router can't decode, or a bug
     */
    public static void answer(RoutingContext routing, Throwable failure) {
        if (routing.response().ended()) {
            return;
        }
        if (failure instanceof HttpException undecodable && undecodable.getStatusCode() < 500) {
            plain(routing, undecodable.getStatusCode());
            return;
        }
        Refusal refusal = failure instanceof Refusal known
                ? known
                : failure instanceof TimeoutException ? LATE : bug(routing, failure);
        HttpServerResponse response = routing.response()
                .setStatusCode(httpStatus(refusal.status()))
                .putHeader("content-type", "application/json")
                .putHeader("cache-control", "no-store");
        Duration retry = refusal.retryAfter();
        if (retry != null) {
            response.putHeader("retry-after", Long.toString(Math.max(1, retry.toSeconds())));
        }
        response.end(json(RefusalCodec.toStatus(refusal)));
    }

    /**
     * Answers what the router itself refuses with this status: no such path, another method, a URL that is too long or can't
     * be decoded. The request itself does not always know the status.
     */
    static void plain(RoutingContext routing, int status) {
        Throwable failure = routing.failure();
        if (failure != null && status >= 500) {
            answer(routing, failure);
        } else if (status == 404) {
            answer(routing, Refusal.notFound("path"));
        } else {
            routing.response()
                    .setStatusCode(status)
                    .putHeader("content-type", "application/json")
                    .end(json(Status.newBuilder()
                            .setCode(GrpcStatus.INVALID_ARGUMENT.code)
                            .setMessage("This path does not take such a request")
                            .build()));
        }
    }

    private static Refusal bug(RoutingContext routing, Throwable failure) {
        String errorId = UUID.randomUUID().toString();
        LOG.atError()
                .addKeyValue("errorId", errorId)
                .addKeyValue(
                        "path",
                        routing.currentRoute() == null
                                ? ""
                                : routing.currentRoute().getPath())
                .setCause(failure)
                .log("A call failed by a bug");
        return Refusal.of(ErrorReason.ERROR_REASON_INTERNAL, "Something went wrong here")
                .with("error_id", errorId);
    }

    private static String json(Status status) {
        try {
            return JSON.print(status);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int httpStatus(GrpcStatus status) {
        return switch (status) {
            case OK -> 200;
            case INVALID_ARGUMENT, FAILED_PRECONDITION, OUT_OF_RANGE -> 400;
            case UNAUTHENTICATED -> 401;
            case PERMISSION_DENIED -> 403;
            case NOT_FOUND -> 404;
            case ABORTED, ALREADY_EXISTS -> 409;
            case RESOURCE_EXHAUSTED -> 429;
            case CANCELLED -> 499;
            case UNIMPLEMENTED -> 501;
            case UNAVAILABLE -> 503;
            case DEADLINE_EXCEEDED -> 504;
            case UNKNOWN, INTERNAL, DATA_LOSS -> 500;
        };
    }
}
