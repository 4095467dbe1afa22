package dev.onsale.runtime.rpc;

import com.google.protobuf.Message;
import io.vertx.core.Future;
import io.vertx.grpc.server.GrpcServerRequest;

/** A call that answers each request message at once, until the caller ends it. */
final class DuplexExchange<Q extends Message, R extends Message> extends Exchange<Q, R> {

    private final UnaryHandler<Q, R> handler;
    private Future<Void> written = Future.succeededFuture();

    DuplexExchange(Edge edge, RpcMethod.Duplex<Q, R> method, GrpcServerRequest<Q, R> request, Arrival arrival) {
        super(edge, method, request, arrival);
        this.handler = method.handler();
        request.pause();
    }

    @Override
    void onAdmitted() {
        request().resume();
    }

    @Override
    void onMessage(Q message) {
        written = written.compose(nothing -> edge().check(call(), message))
                .compose(nothing -> handler.handle(call(), message))
                .compose(reply -> over() ? Future.succeededFuture() : response().write(reply));
        written.onFailure(this::fail);
    }

    @Override
    void onEnd() {
        written.onSuccess(nothing -> succeed(null));
    }
}
