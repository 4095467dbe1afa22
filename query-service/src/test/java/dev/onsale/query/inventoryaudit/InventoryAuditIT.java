package dev.onsale.query.inventoryaudit;

import static dev.onsale.proto.query.v1.DifferenceClass.DIFFERENCE_CLASS_ES_MISSING;
import static dev.onsale.proto.query.v1.DifferenceClass.DIFFERENCE_CLASS_ES_STALE;
import static dev.onsale.proto.query.v1.DifferenceClass.DIFFERENCE_CLASS_HOLD_ONLY_IN_REDIS;
import static dev.onsale.proto.query.v1.DifferenceClass.DIFFERENCE_CLASS_PROJECTION_LAG;
import static dev.onsale.proto.query.v1.DifferenceClass.DIFFERENCE_CLASS_REDIS_EXTRA_CLAIM;
import static dev.onsale.proto.query.v1.DifferenceClass.DIFFERENCE_CLASS_REDIS_LOST_CLAIM;
import static dev.onsale.proto.query.v1.DifferenceClass.DIFFERENCE_CLASS_REDIS_NOT_LOADED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import co.elastic.clients.elasticsearch._types.VersionType;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onsale.command.inventory.Choice;
import dev.onsale.embedded.StoreKind;
import dev.onsale.proto.query.v1.AuditInventoryRequest;
import dev.onsale.proto.query.v1.AuditInventoryResponse;
import dev.onsale.proto.query.v1.AuditVerdict;
import dev.onsale.proto.query.v1.DifferenceClass;
import dev.onsale.proto.query.v1.InventoryAuditServiceGrpcClient;
import dev.onsale.proto.query.v1.InventoryDifference;
import dev.onsale.proto.query.v1.SectionAudit;
import dev.onsale.proto.query.v1.StoreCounts;
import dev.onsale.query.AuditedHall;
import dev.onsale.query.ReadSide;
import dev.onsale.query.elastic.IndexKind;
import dev.onsale.query.seatmap.Packed;
import dev.onsale.testkit.TestStores;
import io.vertx.redis.client.Command;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Drift is planted by hand while fans buy in the same event; the buyers leave section C alone. */
class InventoryAuditIT {
    @RegisterExtension
    static final TestStores stores =
            ReadSide.migrated(TestStores.with(StoreKind.REDIS, StoreKind.POSTGRES, StoreKind.ELASTICSEARCH));

    private static final Duration LONG = Duration.ofSeconds(90);
    private static final int SOLD_SEAT = 44;
    private static final int FREE_SEAT = 46;
    private static final int OTHER_SEAT = 48;
    private static final int AUDITS = 40;

    @TempDir
    static Path folder;

    private static AuditedHall hall;

    @BeforeAll
    static void open() throws SQLException {
        hall = new AuditedHall(stores, folder);
    }

    @AfterAll
    static void close() throws SQLException {
        hall.close();
    }

    @Test
    void aHealthyBusyEventRaisesNoFalseAlarm() throws Exception {
        UUID event = hall.event("Busy");
        Set<DifferenceClass> explained = EnumSet.noneOf(DifferenceClass.class);
        Map<AuditVerdict, Integer> verdicts = new HashMap<>();
        try (Connection rows = hall.connect();
                Buyers buyers = new Buyers(hall.ledger(), rows, event)) {
            await().until(() -> buyers.steps() > 100);
            long before = buyers.steps();
            for (int i = 0; i < AUDITS; i++) {
                AuditInventoryResponse audit = hall.audit(event);
                verdicts.merge(audit.getVerdict(), 1, Integer::sum);
                addsUp(audit);
                differences(audit).forEach(difference -> explained.add(difference.getDifferenceClass()));
                assertThat(audit.getVerdict()).as(audit.toString()).isNotEqualTo(AuditVerdict.AUDIT_VERDICT_DRIFT);
            }
            assertThat(buyers.steps() - before).as("steps meanwhile").isGreaterThan(AUDITS);
        }
        System.out.println("verdicts of a busy event: " + verdicts);
        assertThat(explained).contains(DIFFERENCE_CLASS_HOLD_ONLY_IN_REDIS);
        assertThat(explained).doesNotContain(DIFFERENCE_CLASS_ES_STALE, DIFFERENCE_CLASS_REDIS_LOST_CLAIM);
        assertThat(hall.audit(event).getVerdict()).isEqualTo(AuditVerdict.AUDIT_VERDICT_CONSISTENT);
    }

    @Test
    void findsAndExplainsWhatWasPlantedWhileFansBuy() throws Exception {
        UUID event = hall.event("Planted");
        sellQuietly(event, SOLD_SEAT);
        settled(event);
        try (Connection rows = hall.connect();
                Buyers buyers = new Buyers(hall.ledger(), rows, event)) {
            await().until(() -> buyers.steps() > 50);
            byteOf(event, SOLD_SEAT, '0');
            only(event, DIFFERENCE_CLASS_REDIS_LOST_CLAIM, SOLD_SEAT);
            byteOf(event, SOLD_SEAT, '<');

            byteOf(event, FREE_SEAT, '<');
            only(event, DIFFERENCE_CLASS_REDIS_EXTRA_CLAIM, FREE_SEAT);
            byteOf(event, FREE_SEAT, '0');

            hall.sql("UPDATE seats SET status = 'blocked' WHERE event_id = ? AND ordinal = ?", event, OTHER_SEAT);
            only(event, DIFFERENCE_CLASS_REDIS_LOST_CLAIM, OTHER_SEAT);
            hall.sql("UPDATE seats SET status = 'available' WHERE event_id = ? AND ordinal = ?", event, OTHER_SEAT);

            wrongDocument(event, OTHER_SEAT - 44);
            only(event, DIFFERENCE_CLASS_ES_STALE, OTHER_SEAT);
        }
    }

    @Test
    void findsWhatIsMissingAsAWhole() throws Exception {
        UUID event = hall.event("Missing");
        settled(event);
        hall.elastic()
                .blocking()
                .delete(delete -> delete.index(hall.elastic().live().name(IndexKind.SEAT_BLOCKS))
                        .id(event + ":B"));
        assertThat(drift(hall.audit(event)))
                .extracting(InventoryDifference::getDifferenceClass)
                .containsExactly(DIFFERENCE_CLASS_ES_MISSING);
        hall.redis().send(Command.DEL, hall.keys(event).meta()).await();
        AuditInventoryResponse lost = hall.audit(event);
        assertThat(lost.getVerdict()).isEqualTo(AuditVerdict.AUDIT_VERDICT_DRIFT);
        assertThat(lost.getDifferencesList())
                .extracting(InventoryDifference::getDifferenceClass)
                .containsExactly(DIFFERENCE_CLASS_REDIS_NOT_LOADED);
    }

    @Test
    void saysLagAndNotDriftWhileTheIndexCanNotBeWritten() throws Exception {
        UUID event = hall.event("Lagging");
        settled(event);
        block(true);
        try {
            sellQuietly(event, FREE_SEAT);
            Thread.sleep(500);
            AuditInventoryResponse audit = hall.audit(event);
            assertThat(audit.getVerdict()).isEqualTo(AuditVerdict.AUDIT_VERDICT_INCONCLUSIVE);
            assertThat(differences(audit))
                    .extracting(InventoryDifference::getDifferenceClass)
                    .containsOnly(DIFFERENCE_CLASS_PROJECTION_LAG);
        } finally {
            block(false);
        }
        settled(event);
    }

    @Test
    void theContinuousAuditorFindsCountsAndRepairsWhileFansBuy() throws Exception {
        UUID event = hall.event("Repaired");
        sellQuietly(event, SOLD_SEAT);
        settled(event);
        try (ReadSide auditor = hall.auditor(Map.of())) {
            repairedWhileFansBuy(event, auditor);
            hall.redis().send(Command.DEL, hall.keys(event).meta()).await();
            await().atMost(LONG)
                    .until(() -> hall.ledger().snapshot(event).await().isPresent());
        }
    }

    private static void repairedWhileFansBuy(UUID event, ReadSide auditor) throws Exception {
        try (Connection rows = hall.connect();
                Buyers buyers = new Buyers(hall.ledger(), rows, event)) {
            await().until(() -> buyers.steps() > 50);
            byteOf(event, SOLD_SEAT, '0');
            byteOf(event, FREE_SEAT, '<');
            wrongDocument(event, OTHER_SEAT - 44);
            await().atMost(LONG).until(() -> byteOf(event, SOLD_SEAT) == '<' && byteOf(event, FREE_SEAT) == '0');
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(drift(hall.audit(event))).isEmpty());
            assertThat(AuditedHall.metrics(auditor))
                    .containsPattern("onsale_audit_differences_total\\{class=\"redis_lost_claim\".* [1-9]")
                    .containsPattern("onsale_audit_differences_total\\{class=\"redis_extra_claim\".* [1-9]")
                    .containsPattern("onsale_audit_differences_total\\{class=\"es_stale\".* [1-9]")
                    .containsPattern("onsale_audit_repairs_total.* [1-9]");
        }
    }

    @Test
    void isForOperatorsAndSupport() {
        assertThatThrownBy(() -> hall.support()
                        .as(hall.fanToken())
                        .call(
                                InventoryAuditServiceGrpcClient.AuditInventory,
                                AuditInventoryRequest.newBuilder()
                                        .setEventId(UUID.randomUUID().toString())
                                        .build())
                        .await())
                .hasMessageContaining("ROLE_REQUIRED");
        assertThatThrownBy(() -> hall.audit(UUID.randomUUID())).hasMessageContaining("NOT_FOUND");
    }

    /** Sells a seat in section C by the book. */
    private static void sellQuietly(UUID event, int ordinal) throws Exception {
        try (Connection rows = hall.connect()) {
            Checkout checkout = new Checkout(hall.ledger(), rows, event);
            checkout.buy(checkout.hold(new Choice.Seats(List.of(ordinal))).orElseThrow());
        }
    }

    private static void settled(UUID event) {
        await().atMost(LONG)
                .ignoreExceptions()
                .untilAsserted(() ->
                        assertThat(hall.audit(event).getVerdict()).isEqualTo(AuditVerdict.AUDIT_VERDICT_CONSISTENT));
    }

    private static void only(UUID event, DifferenceClass kind, int ordinal) {
        AuditInventoryResponse audit = hall.audit(event);
        assertThat(audit.getVerdict()).isEqualTo(AuditVerdict.AUDIT_VERDICT_DRIFT);
        assertThat(audit.getReadings()).isGreaterThan(1);
        List<InventoryDifference> drift = drift(audit);
        // What is wrong in Redis is another thing than what the index was told.
        assertThat(drift)
                .anyMatch(one -> one.getDifferenceClass() == kind
                        && one.getOrdinalsList().equals(List.of(ordinal)));
        assertThat(drift).allMatch(one -> one.getOrdinalsList().equals(List.of(ordinal)));
    }

    private static List<InventoryDifference> differences(AuditInventoryResponse audit) {
        return audit.getSectionsList().stream()
                .flatMap(section -> section.getDifferencesList().stream())
                .toList();
    }

    private static List<InventoryDifference> drift(AuditInventoryResponse audit) {
        return differences(audit).stream().filter(InventoryDifference::getDrift).toList();
    }

    private static void addsUp(AuditInventoryResponse audit) {
        int redis = 0;
        int durable = 0;
        int indexed = 0;
        for (SectionAudit section : audit.getSectionsList()) {
            redis += total(section.getRedis());
            durable += total(section.getPostgresql());
            indexed += total(section.getElasticsearch());
        }
        assertThat(List.of(redis, durable)).containsOnly(audit.getCapacity());
        assertThat(indexed).isIn(0, audit.getCapacity());
    }

    private static int total(StoreCounts counts) {
        return counts.getAvailable() + counts.getHeld() + counts.getSold() + counts.getBlocked();
    }

    private static void byteOf(UUID event, int ordinal, char code) {
        hall.redis()
                .send(Command.SETRANGE, hall.keys(event).seats(), Integer.toString(ordinal), String.valueOf(code))
                .await();
    }

    private static char byteOf(UUID event, int ordinal) {
        String at = Integer.toString(ordinal);
        var found = hall.redis()
                .send(Command.GETRANGE, hall.keys(event).seats(), at, at)
                .await();
        return found == null || found.toString().isEmpty()
                ? ' '
                : found.toString().charAt(0);
    }

    /** Writes section C with one place turned, under its own version. */
    private static void wrongDocument(UUID event, int place) throws Exception {
        String alias = hall.elastic().live().name(IndexKind.SEAT_BLOCKS);
        String id = event + ":C";
        var found = hall.elastic().blocking().get(get -> get.index(alias).id(id), ObjectNode.class);
        ObjectNode block = found.source();
        Long version = found.version();
        byte[] packed = block.get("packed").binaryValue();
        Packed.set(packed, place, Packed.get(packed, place) == 0 ? 2 : 0);
        block.put("packed", packed);
        block.put("available", block.get("available").intValue() - 1);
        block.put("sold", block.get("sold").intValue() + 1);
        hall.elastic()
                .blocking()
                .index(index -> index.index(alias)
                        .id(id)
                        .version(version)
                        .versionType(VersionType.ExternalGte)
                        .document(block));
    }

    private static void block(boolean blocked) throws Exception {
        String alias = hall.elastic().live().name(IndexKind.SEAT_BLOCKS);
        hall.elastic()
                .patient()
                .indices()
                .putSettings(put -> put.index(alias)
                        .settings(settings -> settings.blocks(blocks -> blocks.readOnlyAllowDelete(blocked))));
    }
}
