package dev.onsale.query;

import dev.onsale.proto.query.v1.GetSeatStatusesRequest;
import dev.onsale.proto.query.v1.GetSeatStatusesResponse;
import dev.onsale.proto.query.v1.SeatMapServiceGrpcClient;
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

    /** An event's statuses, once all that was changed so far is in them. */
    static GetSeatStatusesResponse statuses(RpcClient client, Sale sale) {
        return client.call(
                        SeatMapServiceGrpcClient.GetSeatStatuses,
                        GetSeatStatusesRequest.newBuilder()
                                .setEventId(sale.eventId.toString())
                                .setMinVersion(sale.version())
                                .build())
                .await();
    }

    private static RpcClientConfig config(ReadSide side) {
        return RpcClientConfig.from(Config.of(Map.of()), "query", side.grpcPort());
    }
}
