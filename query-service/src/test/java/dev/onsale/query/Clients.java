package dev.onsale.query;

import dev.onsale.runtime.config.Config;
import dev.onsale.runtime.rpc.RpcClient;
import dev.onsale.runtime.rpc.RpcClientConfig;
import io.vertx.core.Future;
import java.util.Map;

/** Clients of a read side under test. */
final class Clients {
    private Clients() {}

    static RpcClient anonymous(ReadSide side) {
        return with(side, "");
    }

    static RpcClient with(ReadSide side, String token) {
        return RpcClient.create(side.vertx, config(side), () -> Future.succeededFuture(token));
    }

    private static RpcClientConfig config(ReadSide side) {
        return RpcClientConfig.from(Config.of(Map.of()), "query", side.grpcPort());
    }
}
