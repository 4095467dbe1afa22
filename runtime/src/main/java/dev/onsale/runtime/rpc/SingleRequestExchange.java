package dev.onsale.runtime.rpc;

import com.google.protobuf.Message;
import io.vertx.grpc.server.GrpcServerRequest;
import org.jspecify.annotations.Nullable;

/** A call with exactly one request message. It acts when the caller has sent everything and passed the checks. */
abstract class SingleRequestExchange<Q extends Message, R extends Message> extends Exchange<Q, R> {

    private @Nullable Q message;
    private boolean admitted;
    private boolean ended;

    SingleRequestExchange(Edge edge, RpcMethod<Q, R> method, GrpcServerRequest<Q, R> request, Arrival arrival) {
        super(edge, method, request, arrival);
    }

    /** Runs the handler. */
    abstract void serve(Q request);

    /** Whether the server counts this call among those it is working on. */
    boolean counted() {
        return false;
    }

    @Override
    final void onAdmitted() {
        admitted = true;
        proceed();
    }

    @Override
    final void onMessage(Q received) {
        message = received;
    }

    @Override
    final @Nullable Q asked() {
        return message;
    }

    @Override
    final void onEnd() {
        ended = true;
        proceed();
    }

    private void proceed() {
        if (!admitted || !ended) {
            return;
        }
        var complete = message;
        if (complete == null) {
            refuse(WireFault.NO_MESSAGE);
            return;
        }
        guarded(() -> check(complete));
    }

    private void check(Q complete) {
        if (counted()) {
            takeTurn();
        }
        edge().check(call(), complete).onComplete(checked -> {
            if (checked.succeeded()) {
                guarded(() -> serve(complete));
            } else {
                fail(checked.cause());
            }
        });
    }

    /** One response. */
    static final class Unary<Q extends Message, R extends Message> extends SingleRequestExchange<Q, R> {

        private final UnaryHandler<Q, R> handler;

        Unary(Edge edge, RpcMethod.Unary<Q, R> method, GrpcServerRequest<Q, R> request, Arrival arrival) {
            super(edge, method, request, arrival);
            this.handler = method.handler();
        }

        @Override
        boolean counted() {
            return true;
        }

        @Override
        void serve(Q request) {
            answer(handler.handle(call(), request));
        }
    }

    /** A stream of responses. */
    static final class ServerStream<Q extends Message, R extends Message> extends SingleRequestExchange<Q, R> {

        private final ServerStreamHandler<Q, R> handler;
        private final Replies<R> replies = new Replies<>(this);

        ServerStream(Edge edge, RpcMethod.ServerStream<Q, R> method, GrpcServerRequest<Q, R> request, Arrival arrival) {
            super(edge, method, request, arrival);
            this.handler = method.handler();
        }

        @Override
        void serve(Q request) {
            handler.handle(call(), request, replies);
        }

        @Override
        void onOver() {
            replies.over();
        }
    }
}
