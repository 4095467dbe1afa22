package dev.onsale.runtime.tls;

import dev.onsale.proto.inventory.v1.GetHoldRequest;
import dev.onsale.proto.inventory.v1.GetHoldResponse;
import dev.onsale.proto.inventory.v1.Hold;
import dev.onsale.proto.inventory.v1.HoldServiceGrpcClient;
import dev.onsale.proto.inventory.v1.HoldServiceGrpcService;
import dev.onsale.runtime.auth.TokenIssuer;
import dev.onsale.runtime.config.Config;
import dev.onsale.runtime.rpc.Access;
import dev.onsale.runtime.rpc.RpcClient;
import dev.onsale.runtime.rpc.RpcClientConfig;
import dev.onsale.runtime.rpc.RpcService;
import dev.onsale.runtime.service.Running;
import dev.onsale.runtime.service.ServiceContext;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A service with one RPC, started as any service is. */
final class TlsServer implements AutoCloseable {

    final Vertx vertx = Vertx.vertx();
    final Running running;

    TlsServer(Path folder, Map<String, String> settings) {
        var values = new HashMap<String, String>();
        values.put("test.port", "0");
        values.put("test.management-port", "0");
        values.put("tls.reload", "20ms");
        values.put("auth.jwks-file", TokenIssuer.open(folder).jwksFile().toString());
        values.putAll(settings);
        var context = ServiceContext.of("test", vertx, Config.of(values), 1, 2);
        try {
            running = await(context.starting(() -> context.serve(context.rpc()
                    .service(RpcService.of(HoldServiceGrpcService.SERVICE_DESCRIPTOR, method -> Access.PUBLIC)
                            .unary(
                                    HoldServiceGrpcService.GetHold,
                                    (call, request) -> Future.succeededFuture(GetHoldResponse.newBuilder()
                                            .setHold(Hold.newBuilder().setHoldId(request.getHoldId()))
                                            .build()))))));
        } catch (RuntimeException failed) {
            vertx.close();
            throw failed;
        }
    }

    int port() {
        return running.grpcPort();
    }

    /** A client of the server, which calls it by this name. */
    RpcClient client(String host, Map<String, String> settings) {
        var values = new HashMap<String, String>();
        values.put("test.host", host);
        values.put("test.port", Integer.toString(port()));
        values.put("test.connect-timeout", "5s");
        values.putAll(settings);
        return RpcClient.anonymous(vertx, RpcClientConfig.from(Config.of(values), "test", 1));
    }

    static Future<GetHoldResponse> call(RpcClient client) {
        return client.call(
                HoldServiceGrpcClient.GetHold,
                GetHoldRequest.newBuilder().setHoldId("a".repeat(43)).build());
    }

    static <T> T await(Future<T> future) {
        try {
            return future.await(20, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        await(running.stop());
        await(vertx.close());
    }
}
