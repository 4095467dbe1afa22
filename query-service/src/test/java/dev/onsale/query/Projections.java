package dev.onsale.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.onsale.proto.query.v1.GetProjectionStatusRequest;
import dev.onsale.proto.query.v1.GetProjectionStatusResponse;
import dev.onsale.proto.query.v1.GetProjectionStatusResponse.Shard;
import dev.onsale.proto.query.v1.ProjectionAdminServiceGrpcClient;
import dev.onsale.runtime.rpc.RpcClient;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;

/** Looks at the projection as an operator does. */
final class Projections implements AutoCloseable {
    static final Duration LONG = Duration.ofSeconds(90);

    private final ReadSide side;
    final RpcClient operator;

    Projections(ReadSide side) {
        this.side = side;
        this.operator = Clients.with(side, side.operatorToken());
    }

    GetProjectionStatusResponse status() {
        return operator.call(
                        ProjectionAdminServiceGrpcClient.GetProjectionStatus,
                        GetProjectionStatusRequest.getDefaultInstance())
                .await();
    }

    /** How many shards each node works on, ascending. */
    List<Integer> parts() {
        TreeMap<String, Integer> parts = new TreeMap<>();
        status().getShardsList().stream()
                .map(Shard::getOwner)
                .filter(owner -> !owner.isEmpty())
                .forEach(owner -> parts.merge(owner, 1, Integer::sum));
        return parts.values().stream().sorted().toList();
    }

    long pending() {
        return status().getShardsList().stream().mapToLong(Shard::getPending).sum();
    }

    long lag() {
        return status().getShardsList().stream().mapToLong(Shard::getLagEntries).sum();
    }

    long deadLetters() {
        return status().getShardsList().stream()
                .mapToLong(Shard::getDeadLetters)
                .sum();
    }

    void awaitParts(List<Integer> parts, Duration most) {
        await().atMost(most).ignoreExceptions().until(() -> parts().equals(parts));
    }

    void awaitProjected(List<Sale> sales) {
        await().atMost(LONG).ignoreExceptions().until(() -> lag() == 0);
        for (Sale sale : sales) {
            await().atMost(LONG)
                    .ignoreExceptions()
                    .untilAsserted(
                            () -> assertThat(SeatDocuments.codes(side, sale)).isEqualTo(sale.expected()));
        }
    }

    @Override
    public void close() {
        operator.close().await();
    }
}
