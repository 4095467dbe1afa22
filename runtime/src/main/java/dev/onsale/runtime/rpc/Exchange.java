package dev.onsale.runtime.rpc;

import com.google.protobuf.Message;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.error.RefusalCodec;
import io.vertx.core.Future;
import io.vertx.grpc.common.CodecException;
import io.vertx.grpc.common.GrpcMessage;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.server.GrpcServerRequest;
import io.vertx.grpc.server.GrpcServerResponse;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One call from its headers to its status. Whatever happens, it is answered once: by its handler, by a check, by a fault
 * on the wire, or by its deadline.
 */
abstract class Exchange<Q extends Message, R extends Message> {

    private static final long LAST_WORDS_MILLIS = 5_000;
    private static final long NO_TIMER = -1;

    private final Edge edge;
    private final RpcMethod<Q, R> method;
    private final GrpcServerRequest<Q, R> request;
    private final InspectedRequest wire;
    private final Call call;
    private final RpcMetrics.Method metrics;
    private CallLimits.Turn turn = CallLimits.Turn.UNCOUNTED;
    private long timer;
    private boolean over;

    Exchange(Edge edge, RpcMethod<Q, R> method, GrpcServerRequest<Q, R> request, Arrival arrival) {
        this.edge = edge;
        this.method = method;
        this.request = request;
        this.wire = arrival.wire();
        this.call = arrival.call();
        this.metrics = edge.metrics().of(call.method());
    }

    /** Starts to listen and to check. */
    final void begin() {
        metrics.began();
        timer = edge.vertx().setTimer(Math.max(1, call.remaining().toMillis()), id -> refuse(WireFault.DEADLINE));
        wire.onFault(this::refuse);
        request.errorHandler(error -> abandon());
        request.exceptionHandler(error -> abandon());
        wire.onGone(this::abandon);
        request.messageHandler(this::received);
        request.endHandler(nothing -> guarded(this::onEnd));
        edge.admit(call, request.headers(), method.access()).onComplete(done -> {
            if (done.succeeded()) {
                guarded(this::onAdmitted);
            } else {
                fail(done.cause());
            }
        });
    }

    /** The server begins to work on this call; refused by what is thrown if it has too much to do. */
    final void takeTurn() {
        turn = edge.limits().begin(call);
    }

    /** The token and role are good. */
    abstract void onAdmitted();

    /** One more message has come whole. */
    abstract void onMessage(Q message);

    /** The caller has sent everything. */
    abstract void onEnd();

    /** What was asked, if that is one message and it has come whole. */
    @Nullable Q asked() {
        return null;
    }

    /** The call is over; let go of what it held. */
    void onOver() {}

    final Edge edge() {
        return edge;
    }

    final Call call() {
        return call;
    }

    final GrpcServerRequest<Q, R> request() {
        return request;
    }

    final GrpcServerResponse<Q, R> response() {
        return request.response();
    }

    final boolean over() {
        return over;
    }

    private void received(GrpcMessage message) {
        if (over) {
            return;
        }
        Q decoded;
        try {
            decoded = method.method().decoder().decode(message);
        } catch (CodecException unreadable) {
            refuse(WireFault.UNREADABLE);
            return;
        }
        guarded(() -> onMessage(decoded));
    }

    /** Runs code that may throw; what it throws answers the call. */
    final void guarded(Runnable action) {
        if (over) {
            return;
        }
        try {
            action.run();
        } catch (RuntimeException | StackOverflowError thrown) {
            fail(thrown);
        }
    }

    /** Answers with the handler's outcome. */
    final void answer(Future<R> outcome) {
        outcome.onComplete(done -> {
            if (done.succeeded()) {
                succeed(done.result());
            } else {
                fail(done.cause());
            }
        });
    }

    /** Answers with a last message, or with none, and OK. */
    final void succeed(@Nullable R message) {
        if (!close(GrpcStatus.OK, message, null)) {
            return;
        }
        last(() -> message == null ? response().end() : response().end(message));
    }

    final void fail(Throwable failure) {
        if (!over) {
            refuse(Edge.refusalFor(failure, call));
        }
    }

    final void refuse(Refusal refusal) {
        if (!close(refusal.status(), null, refusal)) {
            return;
        }
        last(() -> {
            response().status(refusal.status());
            response().statusMessage(RefusalCodec.message(refusal));
            response().trailers().set(RefusalCodec.TRAILER, RefusalCodec.toTrailer(refusal));
            return response().end();
        });
    }

    /** The caller has left. */
    private void abandon() {
        if (close(GrpcStatus.CANCELLED, null, null)) {
            wire.discard();
        }
    }

    /** The caller does not read: there is no way to tell it anything. */
    final void abort() {
        abandon();
        wire.abort();
    }

    private boolean close(GrpcStatus status, @Nullable R reply, @Nullable Refusal refusal) {
        if (over) {
            return false;
        }
        over = true;
        edge.vertx().cancelTimer(timer);
        turn.ended(status);
        metrics.ended(new EndedCall(call, asked(), reply, status, refusal, call.elapsed()));
        onOver();
        return true;
    }

    /** Sends the end of the answer, throws away what the caller still sends, and tells it to stop. */
    private void last(Supplier<Future<Void>> end) {
        call.trailers().forEach(response().trailers()::set);
        request.messageHandler(null);
        request.resume();
        wire.discard();
        long patience =
                response().writeQueueFull() ? edge.vertx().setTimer(LAST_WORDS_MILLIS, id -> wire.abort()) : NO_TIMER;
        try {
            end.get().onComplete(sent -> {
                edge.vertx().cancelTimer(patience);
                wire.cutOff();
            });
        } catch (IllegalStateException gone) {
            wire.cutOff(); // The caller left a moment ago.
        }
    }
}
