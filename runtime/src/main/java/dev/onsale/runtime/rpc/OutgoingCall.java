package dev.onsale.runtime.rpc;

import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.error.RefusalCodec;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.grpc.client.GrpcClientRequest;
import io.vertx.grpc.client.GrpcClientResponse;
import io.vertx.grpc.common.GrpcErrorException;
import io.vertx.grpc.common.GrpcStatus;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One call to another service, from its headers to its status or its deadline, whichever comes first. */
final class OutgoingCall<Q, R> {

    private final Vertx vertx;
    private final String service;
    private final Function<R, Future<Void>> each;
    private final Promise<Void> end = Promise.promise();
    private @Nullable GrpcClientRequest<Q, R> request;

    OutgoingCall(Vertx vertx, String service, Function<R, Future<Void>> each) {
        this.vertx = vertx;
        this.service = service;
        this.each = each;
    }

    /** Sends the message; the answer is done when the call has ended well. */
    Future<Void> send(
            Future<GrpcClientRequest<Q, R>> connecting,
            Future<String> token,
            Q message,
            Duration deadline,
            @Nullable String trace) {
        long timer = vertx.setTimer(Math.max(1, deadline.toMillis()), id -> timeOut());
        end.future().onComplete(done -> vertx.cancelTimer(timer));
        Future.all(connecting, token).onComplete(ready -> {
            if (ready.failed()) {
                fail(ready.cause());
            } else {
                send(connecting.result(), token.result(), message, deadline, trace);
            }
        });
        return end.future();
    }

    private void send(
            GrpcClientRequest<Q, R> opened, String token, Q message, Duration deadline, @Nullable String trace) {
        request = opened;
        if (end.future().isComplete()) {
            opened.cancel();
            return;
        }
        if (!token.isEmpty()) {
            opened.headers().set("authorization", "Bearer " + token);
        }
        if (trace != null) {
            opened.headers().set("traceparent", trace);
        }
        opened.timeout(deadline.toMillis(), TimeUnit.MILLISECONDS);
        opened.exceptionHandler(this::fail);
        opened.response().onSuccess(this::receive).onFailure(this::fail);
        opened.end(message).onFailure(this::fail);
    }

    private void receive(GrpcClientResponse<Q, R> response) {
        response.exceptionHandler(this::fail);
        response.errorHandler(error -> fail(new GrpcErrorException(error, error.status)));
        response.handler(message -> {
            if (!end.future().isComplete()) {
                take(response, message);
            }
        });
        response.endHandler(nothing -> {
            if (response.status() == GrpcStatus.OK) {
                end.tryComplete();
            } else {
                end.tryFail(refusal(response));
            }
        });
    }

    /** What is not taken in yet keeps the next message waiting. */
    private void take(GrpcClientResponse<Q, R> response, R message) {
        Future<Void> taken = each.apply(message);
        if (!taken.isComplete()) {
            response.pause();
            taken.onSuccess(done -> response.resume());
        }
        taken.onFailure(failure -> {
            if (end.tryFail(failure)) {
                cancel();
            }
        });
    }

    private static Refusal refusal(GrpcClientResponse<?, ?> response) {
        var status = response.status() == null ? GrpcStatus.UNKNOWN : response.status();
        var details = response.headers().get(RefusalCodec.TRAILER);
        return RefusalCodec.decode(
                status,
                response.statusMessage(),
                details != null ? details : response.trailers().get(RefusalCodec.TRAILER));
    }

    private void timeOut() {
        if (end.tryFail(WireFault.DEADLINE.with("dependency", service))) {
            cancel();
        }
    }

    private void cancel() {
        var open = request;
        if (open != null) {
            open.cancel();
        }
    }

    private void fail(Throwable failure) {
        end.tryFail(failure instanceof Refusal refusal ? refusal : Refusal.unavailable(service));
    }
}
