package dev.onsale.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onsale.embedded.StoreKind;
import dev.onsale.proto.query.v1.GetSeatStatusesResponse;
import dev.onsale.query.elastic.BulkWriter;
import dev.onsale.query.elastic.Document;
import dev.onsale.query.elastic.IndexKind;
import dev.onsale.query.elastic.WriteOutcome;
import dev.onsale.query.stream.GroupPosition;
import dev.onsale.query.stream.ShardStreams;
import dev.onsale.query.stream.StreamTrimmer;
import dev.onsale.runtime.change.ChangeCodec;
import dev.onsale.runtime.change.RecordChange;
import dev.onsale.runtime.inventory.InventoryKeys;
import dev.onsale.runtime.inventory.SeatStatus;
import dev.onsale.runtime.rpc.RpcClient;
import dev.onsale.testkit.TestStores;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ProjectionIT {
    @RegisterExtension
    static final TestStores stores =
            ReadSide.migrated(TestStores.with(StoreKind.REDIS, StoreKind.POSTGRES, StoreKind.ELASTICSEARCH));

    private static final Duration LONG = Duration.ofSeconds(90);

    private static ReadSide side;

    @BeforeAll
    static void start() throws SQLException {
        side = new ReadSide(stores);
    }

    @AfterAll
    static void stop() throws SQLException {
        side.close();
    }

    @Test
    void writesEveryChangeOnceAndTheSameAgainWhenReplayedFromZeroShuffledAndTwice() throws Exception {
        Sale sale = side.sale("Replay", "Berlin").load();
        sale.event("name", "Replayed");
        List<Map<String, String>> changes = randomChanges(sale, 150);
        awaitProjected(sale);
        Map<String, String> first = documentsOf(sale);
        assertThat(first).hasSize(4);

        for (int i = 0; i < Sale.SHARDS; i++) { // The groups read everything again.
            side.redis
                    .send(Command.XGROUP, "SETID", InventoryKeys.changes(i), "projector", "0")
                    .await();
        }
        awaitDrained();
        assertThat(documentsOf(sale)).isEqualTo(first);

        List<Map<String, String>> again = new ArrayList<>(changes);
        again.addAll(changes);
        Collections.shuffle(again, new Random(5));
        again.forEach(sale::append);
        awaitDrained();
        assertThat(documentsOf(sale)).isEqualTo(first);
    }

    @Test
    void rebuiltFromNothingByAReplayTheDocumentsSayTheSame() throws Exception {
        Sale sale = side.sale("Fresh", "Berlin").load();
        randomChanges(sale, 100);
        awaitProjected(sale);
        Map<String, String> before = contents(documentsOf(sale));

        rebuild();

        assertThat(contents(documentsOf(sale))).isEqualTo(before);
    }

    @Test
    void putsPoisonAsideAndGoesOn() throws Exception {
        Sale sale = side.sale("Poison", "Berlin").load();
        sale.append(Map.of("kind", "nonsense", "event", sale.eventId.toString()));
        sale.append(Map.of("kind", "inventory", "version", "x"));
        sale.announce(RecordChange.Kind.BOOKING, UUID.randomUUID(), 1); // No such row: nothing to index, no harm.
        sale.append(ChangeCodec.encode(new RecordChange(
                RecordChange.Kind.BOOKING, sale.eventId, "not-a-uuid", 1, Instant.now(), Optional.empty())));
        sale.seats(SeatStatus.SOLD, 0, 1);

        awaitProjected(sale);
        awaitDrained();
        Response dead = side.redis
                .send(Command.XRANGE, sale.keys().changes() + ":dead", "-", "+")
                .await();
        assertThat(dead).isNotNull();
        assertThat(dead.toString()).contains("nonsense", "not-a-uuid");
    }

    @Test
    void looksAtEveryItemOfABulkAnswer() {
        BulkWriter writer = new BulkWriter(side.elastic, side.elastic.live());
        Map<String, Object> good = Map.of("layout_hash", "h", "seats", 1);
        Map<String, Object> strange = Map.of("no_such_field", 1);

        List<WriteOutcome> outcomes = writer.write(List.of(
                new Document(IndexKind.LAYOUTS, "bulk-1", 5, good),
                new Document(IndexKind.LAYOUTS, "bulk-2", 5, strange),
                new Document(IndexKind.LAYOUTS, "bulk-1", 4, good)));

        assertThat(outcomes.get(0)).isInstanceOf(WriteOutcome.Written.class);
        assertThat(outcomes.get(1)).isInstanceOf(WriteOutcome.Refused.class);
        assertThat(outcomes.get(2)).isInstanceOf(WriteOutcome.Written.class); // An older version: a newer one is there.
    }

    /** Elasticsearch forgets the version of what was deleted after a while: so nothing is. */
    @Test
    void aNodeThatWasStoppedForLongDoesNotBringBackACancelledBooking() throws Exception {
        Sale sale = side.sale("Cancelled", "Berlin").load();
        UUID booking = sale.booking("CANC-0001", "Ada Lovelace", "ada@example.org");
        sale.confirm(booking);
        awaitDrained();
        Object confirmed = source(booking);
        sale.cancel(booking);
        awaitDrained();
        Object cancelled = source(booking);
        side.elastic
                .blocking()
                .indices()
                .putSettings(change -> change.index(side.elastic.live().name(IndexKind.BOOKINGS))
                        .settings(index -> index.gcDeletes(time -> time.time("1s"))));
        Thread.sleep(2_000);

        new BulkWriter(side.elastic, side.elastic.live())
                .write(List.of(new Document(IndexKind.BOOKINGS, booking.toString(), 2, confirmed)));

        assertThat(cancelled).isNotEqualTo(confirmed);
        assertThat(source(booking)).isEqualTo(cancelled);
    }

    private static Object source(UUID booking) throws IOException {
        return side.elastic
                .blocking()
                .get(
                        get -> get.index(side.elastic.live().name(IndexKind.BOOKINGS))
                                .id(booking.toString()),
                        JsonNode.class)
                .source();
    }

    @Test
    void rebuildWhileChangesFlowLeavesNoHole() throws Exception {
        Sale sale = side.sale("Live rebuild", "Berlin").load();
        AtomicBoolean stop = new AtomicBoolean();
        Thread seller = Thread.ofVirtual().start(() -> {
            Random random = new Random(3);
            while (!stop.get()) {
                change(sale, random);
                try {
                    sale.booking("RB" + random.nextInt(1 << 30), "Live Fan", "live@example.com");
                    Thread.sleep(10);
                } catch (SQLException | InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        });
        try {
            rebuild();
            rebuild();
        } finally {
            stop.set(true);
            seller.join();
        }

        awaitProjected(sale);
        awaitDrained();
        int[] codes = SeatPicture.of(statuses(sale)).codes();
        assertThat(codes).isEqualTo(sale.expected());
        assertThat(side.count(IndexKind.BOOKINGS, sale.eventId)).isEqualTo(sale.bookings());
        assertThat(contents(documentsOf(sale)).toString()).contains("\"sold\"");
    }

    @Test
    void trimsOnlyWhatAllGroupsAreDoneWith() throws Exception {
        Sale sale = side.sale("Trim", "Berlin").load();
        String key = sale.keys().changes();
        side.redis.send(Command.XGROUP, "CREATE", key, "slow", "0").await();
        randomChanges(sale, 20);
        awaitProjected(sale);
        awaitDrained();
        StreamTrimmer trimmer = new StreamTrimmer(
                side.redis, ShardStreams.of(Sale.SHARDS, InventoryKeys::changes), "projector", Duration.ZERO);

        trimmer.trim().await();
        long kept = length(key);
        side.redis.send(Command.XGROUP, "DESTROY", key, "slow").await();
        trimmer.trim().await();

        assertThat(kept).isGreaterThanOrEqualTo(20);
        assertThat(length(key)).isLessThanOrEqualTo(1);
    }

    /** Rebuilds; the one that fills new indexes at the start may still be under way. */
    private static void rebuild() {
        await().atMost(LONG)
                .ignoreExceptions()
                .until(() ->
                        QueryMain.rebuild(side.vertx, side.config()).await().events() > 0);
    }

    private static long length(String key) {
        Response length = side.redis.send(Command.XLEN, key).await();
        return length == null ? 0 : length.toLong();
    }

    private static List<Map<String, String>> randomChanges(Sale sale, int count) {
        List<Map<String, String>> changes = new ArrayList<>();
        Random random = new Random(count);
        for (int i = 0; i < count; i++) {
            changes.add(change(sale, random));
        }
        changes.add(ChangeCodec.encode(sale.sellArea(3)));
        return changes;
    }

    private static Map<String, String> change(Sale sale, Random random) {
        int[] ordinals = Sale.ordinals();
        return ChangeCodec.encode(
                sale.seats(SeatStatus.ofDigit(random.nextInt(5)), ordinals[random.nextInt(ordinals.length)]));
    }

    private static GetSeatStatusesResponse statuses(Sale sale) {
        RpcClient client = Clients.anonymous(side);
        try {
            return Clients.statuses(client, sale);
        } finally {
            client.close().await();
        }
    }

    private static void awaitProjected(Sale sale) {
        await().atMost(LONG)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(SeatDocuments.codes(side, sale)).isEqualTo(sale.expected()));
    }

    private static void awaitDrained() {
        GroupPosition position =
                new GroupPosition(side.redis, ShardStreams.of(Sale.SHARDS, InventoryKeys::changes), "projector");
        await().atMost(LONG)
                .until(() -> position.passed(position.ends().await()).await());
    }

    private static Map<String, String> documentsOf(Sale sale) throws IOException {
        Map<String, String> documents = new TreeMap<>(side.documents(IndexKind.SEAT_BLOCKS));
        documents.keySet().removeIf(id -> !id.startsWith(sale.eventId.toString()));
        return documents;
    }

    /** Without the versions: a snapshot stamps all sections with its own. */
    private static Map<String, String> contents(Map<String, String> documents) {
        Map<String, String> contents = new HashMap<>();
        documents.forEach(
                (id, text) -> contents.put(id, text.substring(text.indexOf(' ')).replaceAll("\"version\":[0-9]+", "")));
        return contents;
    }
}
