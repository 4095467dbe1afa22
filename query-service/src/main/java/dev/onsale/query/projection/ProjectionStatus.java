package dev.onsale.query.projection;

import dev.onsale.proto.query.v1.GetProjectionStatusResponse;
import dev.onsale.query.elastic.Indexes;
import dev.onsale.query.stream.ShardLag;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** How far the projection is, put together from Redis and Elasticsearch. Blocks: for virtual threads. */
final class ProjectionStatus {
    private final ProjectionFactory.Stores stores;
    private final DeadLetters letters;

    ProjectionStatus(ProjectionFactory projections) {
        this.stores = projections.stores();
        this.letters = projections.deadLetters();
    }

    GetProjectionStatusResponse read() throws IOException {
        List<String> nodes = ProjectionFactory.LEASES.nodes(stores.redis()).await();
        Map<Integer, String> owners =
                ProjectionFactory.LEASES.owners(stores.redis()).await();
        List<Long> dead = letters.counts().await();
        GetProjectionStatusResponse.Builder status = GetProjectionStatusResponse.newBuilder()
                .addAllNodes(nodes)
                .setRebuildWanted(TrimmedChanges.rebuildWanted(stores.redis()).await());
        for (ShardLag lag : ShardLag.read(stores.redis(), stores.streams(), ProjectionFactory.LIVE_GROUP)
                .await()) {
            String owner = owners.getOrDefault(lag.shard(), "");
            status.addShards(
                    shard(lag).setOwner(nodes.contains(owner) ? owner : "").setDeadLetters(dead.get(lag.shard())));
        }
        for (Indexes.Live live : new Indexes(stores.elastic()).live()) {
            status.addIndexes(GetProjectionStatusResponse.Index.newBuilder()
                    .setAlias(live.alias())
                    .setIndex(live.index())
                    .setDefinitionVersion(live.version()));
        }
        return status.build();
    }

    private static GetProjectionStatusResponse.Shard.Builder shard(ShardLag lag) {
        return GetProjectionStatusResponse.Shard.newBuilder()
                .setShard(lag.shard())
                .setLagEntries(lag.entries())
                .setLagMillis(lag.millis())
                .setPending(lag.pending())
                .setPosition(lag.position())
                .setEnd(lag.end());
    }
}
