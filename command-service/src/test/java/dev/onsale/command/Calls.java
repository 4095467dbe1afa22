package dev.onsale.command;

import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.error.RefusalCodec;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.client.GrpcClientRequest;
import io.vertx.grpc.client.GrpcClientResponse;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.common.ServiceMethod;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Real gRPC calls with one token. A refused call fails with the {@link Refusal} the server made. */
public final class Calls {
    private static final long SECONDS = 30;

    private final GrpcClient client;
    private final SocketAddress server;
    private final String token;
    private final Map<String, String> headers;

    Calls(Vertx vertx, int port, String token) {
        this(
                GrpcClient.client(
                        vertx,
                        new HttpClientOptions()
                                .setProtocolVersion(HttpVersion.HTTP_2)
                                .setHttp2ClearTextUpgrade(false)),
                SocketAddress.inetSocketAddress(port, "127.0.0.1"),
                token,
                Map.of());
    }

    private Calls(GrpcClient client, SocketAddress server, String token, Map<String, String> headers) {
        this.client = client;
        this.server = server;
        this.token = token;
        this.headers = headers;
    }

    /** The same client, whose calls carry these headers. */
    public Calls with(Map<String, String> more) {
        return new Calls(client, server, token, more);
    }

    /** The server's answer, waited for. */
    public <Q, R> R call(ServiceMethod<R, Q> method, Q request) {
        return await(send(method, request));
    }

    /** The server's answer to a stream of requests, waited for. */
    public <Q, R> R stream(ServiceMethod<R, Q> method, List<Q> requests) {
        return await(send(method, requests));
    }

    /** All that the server sends until it ends the stream well, waited for. */
    public <Q, R> List<R> all(ServiceMethod<R, Q> method, Q request) {
        List<R> received = new CopyOnWriteArrayList<>();
        await(follow(method, request, received::add));
        return received;
    }

    /** Hands on whatever the server sends; done when it has ended the stream well. */
    public <Q, R> Future<Void> follow(ServiceMethod<R, Q> method, Q request, Consumer<R> each) {
        return client.request(server, method).compose(call -> {
            authorize(call);
            call.end(request);
            return call.response().compose(response -> {
                Promise<Void> ended = Promise.promise();
                response.handler(each::accept);
                response.exceptionHandler(ended::tryFail);
                response.endHandler(end -> {
                    if (response.status() == GrpcStatus.OK) {
                        ended.tryComplete();
                    } else {
                        ended.tryFail(refusal(response));
                    }
                });
                return ended.future();
            });
        });
    }

    /** Why the server says no; fails if it does not. */
    public <Q, R> Refusal refused(ServiceMethod<R, Q> method, Q request) {
        return refusal(send(method, request));
    }

    /** Why the server says no to a stream of requests; fails if it does not. */
    public <Q, R> Refusal streamRefused(ServiceMethod<R, Q> method, List<Q> requests) {
        return refusal(send(method, requests));
    }

    /** The answer to come. */
    public <Q, R> Future<R> send(ServiceMethod<R, Q> method, Q request) {
        return send(method, List.of(request));
    }

    private <Q, R> Future<R> send(ServiceMethod<R, Q> method, List<Q> requests) {
        return client.request(server, method).compose(call -> {
            authorize(call);
            write(call, requests, 0);
            return call.response().compose(Calls::answer);
        });
    }

    private void authorize(GrpcClientRequest<?, ?> call) {
        if (!token.isEmpty()) {
            call.headers().set("authorization", "Bearer " + token);
        }
        headers.forEach((name, value) -> call.headers().set(name, value));
        call.timeout(SECONDS, TimeUnit.SECONDS);
    }

    private static <Q, R> void write(GrpcClientRequest<Q, R> call, List<Q> requests, int from) {
        if (from == requests.size() - 1) {
            call.end(requests.get(from));
        } else {
            call.write(requests.get(from)).onSuccess(written -> write(call, requests, from + 1));
        }
    }

    private static <Q, R> Future<R> answer(GrpcClientResponse<Q, R> response) {
        Promise<R> promise = Promise.promise();
        AtomicReference<@Nullable R> message = new AtomicReference<>();
        response.handler(message::set);
        response.exceptionHandler(promise::tryFail);
        response.endHandler(ended -> {
            R answer = message.get();
            if (response.status() == GrpcStatus.OK && answer != null) {
                promise.tryComplete(answer);
            } else {
                promise.tryFail(refusal(response));
            }
        });
        return promise.future();
    }

    private static Refusal refusal(GrpcClientResponse<?, ?> response) {
        GrpcStatus status = response.status();
        String inHeaders = response.headers().get(RefusalCodec.TRAILER);
        return RefusalCodec.decode(
                status == null ? GrpcStatus.UNKNOWN : status,
                response.statusMessage(),
                inHeaders != null ? inHeaders : response.trailers().get(RefusalCodec.TRAILER));
    }

    private static Refusal refusal(Future<?> answer) {
        try {
            Object unexpected = answer.await(SECONDS, TimeUnit.SECONDS);
            throw new AssertionError("not refused: " + unexpected);
        } catch (Refusal refusal) {
            return refusal;
        } catch (TimeoutException late) {
            throw new AssertionError(late);
        }
    }

    private static <R extends @Nullable Object> R await(Future<R> answer) {
        try {
            return answer.await(SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            throw new AssertionError(late);
        }
    }
}
