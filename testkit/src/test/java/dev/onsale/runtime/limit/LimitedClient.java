package dev.onsale.runtime.limit;

import com.google.protobuf.ByteString;
import dev.onsale.proto.catalog.v1.CatalogAdminServiceGrpcClient;
import dev.onsale.proto.catalog.v1.ImportSeatMapRequest;
import dev.onsale.proto.inventory.v1.GetHoldRequest;
import dev.onsale.proto.inventory.v1.HoldServiceGrpcClient;
import dev.onsale.proto.query.v1.CatalogQueryServiceGrpcClient;
import dev.onsale.proto.query.v1.GetEventRequest;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.error.RefusalCodec;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
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
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One connection, by which calls come from whatever address and account. */
final class LimitedClient {

    private static final int HOLD_ID_LENGTH = 43;

    private final GrpcClient grpc;
    private final SocketAddress server;

    LimitedClient(Vertx vertx, int port) {
        grpc = GrpcClient.client(
                vertx,
                new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false));
        server = SocketAddress.inetSocketAddress(port, "127.0.0.1");
    }

    /** What came back. */
    record Answer(GrpcStatus status, @Nullable Refusal refusal, MultiMap trailers) {

        boolean ok() {
            return status == GrpcStatus.OK;
        }

        String reason() {
            return refusal == null ? "OK" : refusal.reasonName();
        }

        Refusal refused() {
            return Objects.requireNonNull(refusal, status.name());
        }

        String remaining() {
            return String.valueOf(trailers.get(Limits.REMAINING));
        }

        String dimension() {
            return String.valueOf(trailers.get(Limits.DIMENSION));
        }
    }

    /** A public method. */
    Future<Answer> getEvent(String... forwardedFor) {
        var request = GetEventRequest.newBuilder()
                .setEventId(UUID.randomUUID().toString())
                .build();
        return call(CatalogQueryServiceGrpcClient.GetEvent, List.of(request), "", forwardedFor);
    }

    /** A method for fans. */
    Future<Answer> getHold(String token, String... forwardedFor) {
        var request = GetHoldRequest.newBuilder()
                .setHoldId("h".repeat(HOLD_ID_LENGTH))
                .build();
        return call(HoldServiceGrpcClient.GetHold, List.of(request), token, forwardedFor);
    }

    /** One call with many messages. */
    Future<Answer> importMap(int messages, String... forwardedFor) {
        var chunk = ImportSeatMapRequest.newBuilder()
                .setChunk(ByteString.copyFromUtf8("x"))
                .build();
        return call(
                CatalogAdminServiceGrpcClient.ImportSeatMap, Collections.nCopies(messages, chunk), "", forwardedFor);
    }

    Future<Void> close() {
        return grpc.close();
    }

    private <Q, R> Future<Answer> call(
            ServiceMethod<R, Q> method, List<Q> messages, String token, String... forwardedFor) {
        return grpc.request(server, method).compose(request -> {
            request.timeout(20, TimeUnit.SECONDS);
            if (!token.isEmpty()) {
                request.headers().set("authorization", "Bearer " + token);
            }
            for (var value : forwardedFor) {
                request.headers().add("x-forwarded-for", value);
            }
            var answer = request.response().compose(LimitedClient::answer);
            send(request, messages);
            return answer;
        });
    }

    private static <Q, R> void send(GrpcClientRequest<Q, R> request, List<Q> messages) {
        for (int i = 0; i < messages.size() - 1; i++) {
            request.write(messages.get(i));
        }
        request.end(messages.getLast());
    }

    private static Future<Answer> answer(GrpcClientResponse<?, ?> response) {
        Promise<Answer> answer = Promise.promise();
        response.handler(message -> {});
        response.exceptionHandler(answer::tryFail);
        response.endHandler(ended -> {
            var all = MultiMap.caseInsensitiveMultiMap()
                    .addAll(response.headers())
                    .addAll(response.trailers());
            var status = Objects.requireNonNull(response.status());
            var refusal = status == GrpcStatus.OK
                    ? null
                    : RefusalCodec.decode(status, response.statusMessage(), all.get(RefusalCodec.TRAILER));
            answer.tryComplete(new Answer(status, refusal, all));
        });
        return answer.future();
    }
}
