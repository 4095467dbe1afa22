package dev.onsale.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.onsale.embedded.StoreKind;
import dev.onsale.proto.query.v1.GetProjectionStatusResponse.Index;
import dev.onsale.proto.query.v1.GetSeatStatusesRequest;
import dev.onsale.proto.query.v1.SeatMapServiceGrpcClient;
import dev.onsale.query.elastic.IndexKind;
import dev.onsale.query.elastic.IndexTargets;
import dev.onsale.runtime.rpc.RpcClient;
import dev.onsale.testkit.TestStores;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class IndexUpgradeIT {
    @RegisterExtension
    static final TestStores stores =
            ReadSide.migrated(TestStores.with(StoreKind.REDIS, StoreKind.POSTGRES, StoreKind.ELASTICSEARCH));

    /** As an earlier release might have had it: a type that can't be changed in place. */
    private static final String OLD = """
            {"mappings": {"dynamic": "false", "_meta": {"version": 0}, "properties": {
              "event_id": {"type": "keyword"}, "status": {"type": "text"}, "created_at": {"type": "keyword"}}}}
            """;

    @Test
    void anIndexOfAnOldDefinitionIsMadeAnewByOneOfTwoNodesWhileChangesFlowAndReadsGoOn() throws Exception {
        try (ReadSide first = new ReadSide(stores);
                Projections projections = new Projections(first)) {
            List<Sale> sales = List.of(
                    first.sale("Upgrade 1", "Berlin").load(),
                    first.sale("Upgrade 2", "Berlin").load());
            sales.get(0).booking("BEFORE1", "Ann", "ann@example.com");
            projections.awaitProjected(sales);
            old(first);

            AtomicBoolean stop = new AtomicBoolean();
            AtomicInteger reads = new AtomicInteger();
            List<Throwable> failed = new ArrayList<>();
            Thread reader = Thread.ofVirtual().start(() -> read(first, sales.get(1), stop, reads, failed));
            try (ManySales selling = new ManySales(sales, 5);
                    ReadSide second = new ReadSide(stores);
                    ReadSide third = new ReadSide(stores)) {
                await().atMost(Projections.LONG)
                        .ignoreExceptions()
                        .until(() -> projections.status().getIndexesList().stream()
                                .allMatch(index -> index.getDefinitionVersion() >= 1));
                assertThat(generations(projections))
                        .as("made by one node, all in one swap")
                        .hasSize(1);
                long sold = selling.changes();
                sales.get(0).booking("AFTER11", "Bob", "bob@example.com");
                await().until(() -> selling.changes() > sold + 50);
                assertThat(second.grpcPort()).isNotEqualTo(third.grpcPort());
            } finally {
                stop.set(true);
                reader.join();
            }

            projections.awaitProjected(sales);
            assertThat(reads.get()).isGreaterThan(50);
            assertThat(failed).isEmpty();
            assertThat(first.count(IndexKind.BOOKINGS, sales.get(0).eventId)).isEqualTo(2);
            assertThat(projections.deadLetters()).isZero();
        }
    }

    private static List<String> generations(Projections projections) {
        return projections.status().getIndexesList().stream()
                .map(Index::getIndex)
                .map(name -> name.substring(name.lastIndexOf('-')))
                .distinct()
                .toList();
    }

    /** Puts an index of the old definition behind the alias of bookings. */
    private static void old(ReadSide side) throws Exception {
        IndexTargets old = IndexTargets.generation(side.elastic.config().indexPrefix(), 1);
        String alias = side.elastic.live().name(IndexKind.BOOKINGS);
        String now = side.elastic
                .patient()
                .indices()
                .getAlias(get -> get.name(alias))
                .aliases()
                .keySet()
                .iterator()
                .next();
        String name = old.name(IndexKind.BOOKINGS) + "0";
        side.elastic.patient().indices().create(create -> create.index(name).withJson(new StringReader(OLD)));
        side.elastic
                .patient()
                .indices()
                .updateAliases(update -> update.actions(action ->
                                action.remove(remove -> remove.index(now).alias(alias)))
                        .actions(action ->
                                action.add(add -> add.index(name).alias(alias).isWriteIndex(true))));
    }

    private static void read(
            ReadSide side, Sale sale, AtomicBoolean stop, AtomicInteger reads, List<Throwable> failed) {
        RpcClient client = Clients.anonymous(side);
        while (!stop.get()) {
            try {
                client.call(
                                SeatMapServiceGrpcClient.GetSeatStatuses,
                                GetSeatStatusesRequest.newBuilder()
                                        .setEventId(sale.eventId.toString())
                                        .build())
                        .await();
                reads.incrementAndGet();
                Thread.sleep(20);
            } catch (Exception e) {
                failed.add(e);
            }
        }
        client.close().await();
    }
}
