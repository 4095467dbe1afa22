package dev.onsale.query.inventoryaudit;

import dev.onsale.proto.inventory.v1.InventoryRepairServiceGrpcClient;
import dev.onsale.proto.inventory.v1.RepairInventoryRequest;
import dev.onsale.proto.query.v1.DifferenceClass;
import dev.onsale.query.catalog.EventSource.StoredEvent;
import dev.onsale.query.elastic.BulkWriter;
import dev.onsale.query.elastic.Document;
import dev.onsale.query.elastic.WriteOutcome;
import dev.onsale.query.inventoryaudit.Audited.Finding;
import dev.onsale.query.inventoryaudit.Reading.Indexed;
import dev.onsale.query.seatmap.SeatBlocks;
import dev.onsale.query.seatmap.SeatState;
import dev.onsale.query.seatmap.SnapshotSource;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.rpc.RpcClient;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Repairs drift. Redis is repaired by the write side, which alone may change it, and which looks for itself; the index by
 * writing the sections again from a snapshot. Blocks: for virtual threads.
 */
final class DriftRepair {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final RpcClient command;
    private final SnapshotSource snapshots;
    private final BulkWriter writer;

    DriftRepair(RpcClient command, SnapshotSource snapshots, BulkWriter writer) {
        this.command = command;
        this.snapshots = snapshots;
        this.writer = writer;
    }

    /** Repairs what an audit found; fails with DEPENDENCY_UNAVAILABLE if the write side or a store is away. */
    void repair(Audited audited) {
        List<Map.Entry<Spot, Finding>> drift = audited.drift();
        boolean redis = drift.stream().anyMatch(found -> !inIndex(found.getValue()));
        if (redis) {
            command.call(
                            InventoryRepairServiceGrpcClient.RepairInventory,
                            RepairInventoryRequest.newBuilder()
                                    .setEventId(audited.last().event().event().eventId())
                                    .build(),
                            PATIENCE,
                            null)
                    .await();
        }
        Set<String> documents = new HashSet<>();
        drift.stream()
                .filter(found -> inIndex(found.getValue()))
                .forEach(found -> documents.add(id(audited.last().event(), found.getKey())));
        if (!documents.isEmpty()) {
            rewrite(audited.last(), documents);
        }
    }

    private static boolean inIndex(Finding found) {
        return found.kind() == DifferenceClass.DIFFERENCE_CLASS_ES_STALE
                || found.kind() == DifferenceClass.DIFFERENCE_CLASS_ES_MISSING;
    }

    private static String id(StoredEvent event, Spot spot) {
        UUID eventId = UUID.fromString(event.event().eventId());
        return spot.area()
                ? SeatBlocks.areaId(
                        eventId, event.layout().areas().get(spot.section()).code())
                : SeatBlocks.sectionId(
                        eventId, event.layout().sections().get(spot.section()).code());
    }

    private void rewrite(Reading reading, Set<String> ids) {
        UUID eventId = UUID.fromString(reading.event().event().eventId());
        Optional<SeatState> now =
                snapshots.read(eventId, reading.event().layout()).await();
        if (now.isEmpty()) {
            return; // Lost meanwhile: its next load is projected whole.
        }
        List<Document> documents = SeatBlocks.changed(eventId, null, now.get()).stream()
                .filter(document -> ids.contains(document.id()))
                .map(document -> newest(document, reading.indexed().get(document.id())))
                .toList();
        for (WriteOutcome outcome : writer.overwrite(documents)) {
            switch (outcome) {
                case WriteOutcome.Written written -> {}
                case WriteOutcome.Later later -> throw Refusal.unavailable("elasticsearch");
                case WriteOutcome.Refused refused -> throw new IllegalStateException(refused.cause());
            }
        }
    }

    /** A document that claims to be of a version that Redis, read after it, has not come to: its number must be kept up with. */
    private static Document newest(Document document, @Nullable Indexed indexed) {
        return indexed == null || indexed.version() <= document.version()
                ? document
                : new Document(document.kind(), document.id(), indexed.version(), document.source());
    }
}
