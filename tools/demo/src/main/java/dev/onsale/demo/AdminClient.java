package dev.onsale.demo;

import io.vertx.core.Future;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.client.GrpcClientRequest;
import io.vertx.grpc.common.GrpcReadStream;
import io.vertx.grpc.common.ServiceMethod;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Calls one server with one token. */
final class AdminClient {
    private static final long TIMEOUT_SECONDS = 30;

    private final GrpcClient client;
    private final SocketAddress server;
    private final String token;

    AdminClient(GrpcClient client, SocketAddress server, String token) {
        this.client = client;
        this.server = server;
        this.token = token;
    }

    <Q, R> Future<R> call(ServiceMethod<R, Q> method, Q request) {
        return stream(method, List.of(request));
    }

    /** Sends all the requests in one call, waiting for each to be taken; the answer is the last message. */
    <Q, R> Future<R> stream(ServiceMethod<R, Q> method, List<Q> requests) {
        return client.request(server, method).compose(call -> {
            call.headers().set("authorization", "Bearer " + token);
            call.timeout(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            return send(call, requests, 0).compose(sent -> call.response()).compose(GrpcReadStream::last);
        });
    }

    private static <Q, R> Future<Void> send(GrpcClientRequest<Q, R> call, List<Q> requests, int from) {
        if (from == requests.size() - 1) {
            return call.end(requests.get(from));
        }
        return call.write(requests.get(from)).compose(written -> send(call, requests, from + 1));
    }
}
