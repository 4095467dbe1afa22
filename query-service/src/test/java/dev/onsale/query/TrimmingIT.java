package dev.onsale.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.onsale.embedded.StoreKind;
import dev.onsale.proto.query.v1.ProjectionAdminServiceGrpcClient;
import dev.onsale.proto.query.v1.StartRebuildRequest;
import dev.onsale.query.stream.ShardStreams;
import dev.onsale.query.stream.StreamTrimmer;
import dev.onsale.runtime.inventory.InventoryKeys;
import dev.onsale.runtime.inventory.SeatStatus;
import dev.onsale.testkit.TestStores;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is cut off the streams, and what happens when it was cut too early. */
class TrimmingIT {
    @RegisterExtension
    static final TestStores stores =
            ReadSide.migrated(TestStores.with(StoreKind.REDIS, StoreKind.POSTGRES, StoreKind.ELASTICSEARCH));

    private ReadSide side;

    @BeforeEach
    void start() throws SQLException {
        side = new ReadSide(stores);
    }

    @AfterEach
    void stop() throws SQLException {
        side.close();
    }

    @Test
    void leavesAStreamAloneWhoseProjectorsHaveLostTheirGroup() throws Exception {
        Sale sale = side.sale("Group lost", "Berlin").load();
        String key = sale.keys().changes();
        projected(sale);
        side.stop();
        sale.seats(SeatStatus.SOLD, 1, 2, 3);
        side.redis.send(Command.XGROUP, "DESTROY", key, "projector").await();
        side.redis.send(Command.XGROUP, "CREATE", key, "another", "$").await();
        Response before = side.redis.send(Command.XLEN, key).await();

        new StreamTrimmer(side.redis, ShardStreams.of(Sale.SHARDS, InventoryKeys::changes), "projector", Duration.ZERO)
                .trim()
                .await();

        assertThat(side.redis.send(Command.XLEN, key).await()).hasToString(String.valueOf(before));
        side.redis.send(Command.XGROUP, "DESTROY", key, "another").await();
        side.start();
        projected(sale);
    }

    @Test
    void changesTrimmedWhilePendingSoundTheAlarmUntilARebuild() throws Exception {
        Sale sale = side.sale("Trimmed", "Berlin").load();
        String key = sale.keys().changes();
        projected(sale);
        side.stop();
        sale.seats(SeatStatus.SOLD, 4, 5);
        sale.seats(SeatStatus.SOLD, 6);
        side.redis
                .send(Command.XREADGROUP, "GROUP", "projector", "ghost", "COUNT", "10", "STREAMS", key, ">")
                .await();
        side.redis.send(Command.XTRIM, key, "MAXLEN", "0").await();
        side.start();

        try (Projections projections = new Projections(side)) {
            await().atMost(Projections.LONG)
                    .ignoreExceptions()
                    .until(() -> projections.status().getRebuildWanted());
            assertThat(AuditedHall.metrics(side)).containsPattern("onsale_projection_trimmed_total.* 2.0");
            await().atMost(Projections.LONG).until(() -> projections.pending() == 0);
            projections
                    .operator
                    .call(
                            ProjectionAdminServiceGrpcClient.StartRebuild,
                            StartRebuildRequest.newBuilder()
                                    .setRequestId("mend")
                                    .build())
                    .await();
            await().atMost(Projections.LONG).until(() -> !projections.status().getRebuildWanted());
        }
        projected(sale);
    }

    private void projected(Sale sale) {
        await().atMost(Projections.LONG)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(SeatDocuments.codes(side, sale)).isEqualTo(sale.expected()));
    }
}
