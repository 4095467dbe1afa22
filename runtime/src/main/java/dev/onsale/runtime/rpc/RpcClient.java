package dev.onsale.runtime.rpc;

import dev.onsale.runtime.telemetry.Traces;
import dev.onsale.runtime.tls.Certificates;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.common.ServiceMethod;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Calls another of our services. A refused call fails with the {@link dev.onsale.runtime.error.Refusal} the other side
 * made; one that could not be made or got no answer fails with {@code DEPENDENCY_UNAVAILABLE} or {@code
 * DEADLINE_EXCEEDED}, and may have happened. Never retries by itself. Safe for any thread.
 */
public final class RpcClient {

    private static final Future<Void> TAKEN = Future.succeededFuture();

    private final Vertx vertx;
    private final RpcClientConfig config;
    private final GrpcClient grpc;
    private final SocketAddress address;
    private final Supplier<Future<String>> token;
    private final Supplier<Future<Void>> closer;

    private RpcClient(
            Vertx vertx,
            RpcClientConfig config,
            GrpcClient grpc,
            Supplier<Future<String>> token,
            Supplier<Future<Void>> closer) {
        this.vertx = vertx;
        this.config = config;
        this.token = token;
        this.closer = closer;
        this.address = SocketAddress.inetSocketAddress(config.port(), config.host());
        this.grpc = grpc;
    }

    /**
     * A client of a service. Connects with the first call, and again whenever needed.
     *
     * @param token the access token for each call; an empty text: none
     */
    public static RpcClient create(Vertx vertx, RpcClientConfig config, Supplier<Future<String>> token) {
        var certificates = config.tls().map(tls -> Certificates.open(vertx, tls));
        var options = new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setHttp2ClearTextUpgrade(false)
                .setConnectTimeout((int) config.connectTimeout().toMillis())
                .setHttp2KeepAliveTimeout(300);
        certificates.ifPresent(those -> {
            those.call(options);
            options.setUseAlpn(true).setVerifyHost(true);
        });
        HttpClientAgent http = vertx.createHttpClient(options);
        return new RpcClient(vertx, config, GrpcClient.client(vertx, http), token, () -> {
            certificates.ifPresent(Certificates::close);
            return http.close();
        });
    }

    /** The same connections with another access token: for a program that calls in the name of many. */
    public RpcClient as(String otherToken) {
        return new RpcClient(vertx, config, grpc, () -> Future.succeededFuture(otherToken), closer);
    }

    /** A client that calls without a token: for public methods. */
    public static RpcClient anonymous(Vertx vertx, RpcClientConfig config) {
        return create(vertx, config, () -> Future.succeededFuture(""));
    }

    /** Calls a method with the usual deadline. Methods are the constants in {@code XGrpcClient}. */
    public <Q, R> Future<R> call(ServiceMethod<R, Q> method, Q request) {
        return call(method, request, config.deadline(), null);
    }

    /**
     * Calls a method.
     *
     * @param deadline how long to wait for the answer
     * @param trace the {@code traceparent} to hand on, see {@link Call#trace()}
     */
    public <Q, R> Future<R> call(ServiceMethod<R, Q> method, Q request, Duration deadline, @Nullable String trace) {
        var answer = new AtomicReference<@Nullable R>();
        return start(method, request, deadline, trace, taking(answer::set)).map(nothing -> {
            var message = answer.get();
            if (message == null) {
                throw new IllegalStateException("No message came with OK from " + method.fullMethodName());
            }
            return message;
        });
    }

    /** Calls a method that answers with a stream; the future is done when the stream has ended. */
    public <Q, R> Future<Void> stream(ServiceMethod<R, Q> method, Q request, Duration deadline, Consumer<R> each) {
        return start(method, request, deadline, null, taking(each));
    }

    /**
     * Calls a method that answers with a stream, and takes in one message after the other: the next is not read before the
     * future of the one before is done, so that what waits stays with the other side. One that fails ends the call.
     */
    public <Q, R> Future<Void> follow(
            ServiceMethod<R, Q> method, Q request, Duration deadline, Function<R, Future<Void>> each) {
        return start(method, request, deadline, null, each);
    }

    /** Closes all connections. */
    public Future<Void> close() {
        return closer.get();
    }

    private static <R> Function<R, Future<Void>> taking(Consumer<R> each) {
        return message -> {
            each.accept(message);
            return TAKEN;
        };
    }

    private <Q, R> Future<Void> start(
            ServiceMethod<R, Q> method,
            Q request,
            Duration deadline,
            @Nullable String trace,
            Function<R, Future<Void>> each) {
        return new OutgoingCall<Q, R>(vertx, config.name(), each)
                .send(
                        Traces.carried(vertx, () -> grpc.request(address, method)),
                        token.get(),
                        request,
                        deadline,
                        trace);
    }
}
