package dev.onsale.runtime.rpc;

import com.google.protobuf.Message;
import io.vertx.core.Future;
import io.vertx.grpc.server.GrpcServerRequest;
import org.jspecify.annotations.Nullable;

/** A call with a stream of requests and one response. Requests are taken one at a time; the caller waits meanwhile. */
final class ClientStreamExchange<Q extends Message, R extends Message> extends Exchange<Q, R> {

    private final ClientStreamHandler<Q, R> handler;
    private @Nullable RequestCollector<Q, R> collector;
    private Future<Void> taken = Future.succeededFuture();
    private boolean finishing;

    ClientStreamExchange(
            Edge edge, RpcMethod.ClientStream<Q, R> method, GrpcServerRequest<Q, R> request, Arrival arrival) {
        super(edge, method, request, arrival);
        this.handler = method.handler();
        request.pause();
    }

    @Override
    void onAdmitted() {
        collector = handler.open(call());
        request().resume();
    }

    @Override
    void onMessage(Q message) {
        request().pause();
        taken = taken.compose(nothing -> edge().check(call(), message)).compose(nothing -> add(message));
        taken.onComplete(done -> {
            if (done.failed()) {
                fail(done.cause());
            } else if (!over()) {
                request().resume();
            }
        });
    }

    private Future<Void> add(Q message) {
        var open = collector;
        return open == null || over() ? Future.succeededFuture() : open.add(message);
    }

    @Override
    void onEnd() {
        finishing = true;
        taken.onSuccess(nothing -> guarded(() -> {
            var open = collector;
            if (open != null) {
                answer(open.finish());
            }
        }));
    }

    @Override
    void onOver() {
        var open = collector;
        if (open != null && !finishing) {
            open.cancelled();
        }
    }
}
