package dev.onsale.testkit.access;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.runtime.config.Config;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.rpc.RpcClient;
import dev.onsale.runtime.rpc.RpcClientConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.grpc.common.GrpcMessageDecoder;
import io.vertx.grpc.common.GrpcMessageEncoder;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.common.ServiceMethod;
import io.vertx.grpc.common.ServiceName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Calls any method of a running server, whatever it is. */
public final class AccessCalls implements AutoCloseable {
    private static final String NAME = "called";
    private static final int MOST_AGAIN = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration SILENCE = Duration.ofSeconds(1);

    private final RpcClient client;

    /** Calls the server on this port of this machine. */
    public AccessCalls(Vertx vertx, int port) {
        client = RpcClient.anonymous(vertx, RpcClientConfig.from(Config.of(Map.of()), NAME, port));
    }

    /** A stream has begun to answer: that is all we want to know. */
    private static final class Begun extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private Begun() {
            super("begun", null, false, false);
        }
    }

    /**
     * Why the server refuses; empty if it does not. A stream is left after its first message, or after a second without one
     * (DEADLINE_EXCEEDED).
     *
     * @param token the bearer's token; an empty text: none
     */
    public Optional<Refusal> refusal(MethodDescriptor method, Message request, String token) {
        Optional<Refusal> refusal = once(method, request, token);
        for (int again = 0;
                again < MOST_AGAIN && refusal.filter(AccessCalls::cutOff).isPresent();
                again++) {
            pause();
            refusal = once(method, request, token);
        }
        return refusal;
    }

    /** A server ends a connection on which very many calls were refused before they were read, as these are: then on a new one. */
    private static boolean cutOff(Refusal refusal) {
        return refusal.reason() == ErrorReason.ERROR_REASON_DEPENDENCY_UNAVAILABLE
                && NAME.equals(refusal.metadata().get("dependency"));
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private Optional<Refusal> once(MethodDescriptor method, Message request, String token) {
        boolean stream = method.isServerStreaming();
        Future<Void> done = client.as(token)
                .follow(
                        target(method),
                        request,
                        stream ? SILENCE : PATIENCE,
                        answer -> stream ? Future.failedFuture(new Begun()) : Future.succeededFuture());
        try {
            done.await(PATIENCE.plusSeconds(5).toSeconds(), TimeUnit.SECONDS);
            return Optional.empty();
        } catch (Refusal refusal) {
            return Optional.of(refusal);
        } catch (Begun begun) {
            return Optional.empty();
        } catch (TimeoutException late) {
            throw new AssertionError(Contracts.name(method), late);
        }
    }

    private static ServiceMethod<DynamicMessage, Message> target(MethodDescriptor method) {
        return ServiceMethod.client(
                ServiceName.create(method.getService().getFullName()),
                method.getName(),
                GrpcMessageEncoder.encoder(),
                GrpcMessageDecoder.decoder(DynamicMessage.getDefaultInstance(method.getOutputType())));
    }

    /** Those of all our methods that this server has. */
    public List<MethodDescriptor> served() {
        return Contracts.methods().stream()
                .filter(method -> refusal(method, AccessRequests.of(method), "not a token")
                        .filter(refusal -> refusal.status() == GrpcStatus.UNIMPLEMENTED
                                && refusal.reason() == ErrorReason.ERROR_REASON_MALFORMED_REQUEST)
                        .isEmpty())
                .toList();
    }

    @Override
    public void close() {
        client.close().await();
    }
}
