package dev.onsale.query.inventoryaudit;

import dev.onsale.proto.query.v1.AuditInventoryResponse;
import dev.onsale.proto.query.v1.DifferenceClass;
import dev.onsale.proto.query.v1.InventoryDifference;
import dev.onsale.proto.query.v1.SectionAudit;
import dev.onsale.proto.query.v1.StoreCounts;
import dev.onsale.query.inventoryaudit.Audited.Finding;
import dev.onsale.query.inventoryaudit.Reading.Indexed;
import dev.onsale.query.layout.EventLayout;
import dev.onsale.query.seatmap.SeatBlocks;
import dev.onsale.query.seatmap.SeatBlocks.SeatBlock;
import dev.onsale.query.seatmap.SeatCounts;
import dev.onsale.runtime.inventory.AreaCounts;
import dev.onsale.runtime.inventory.Snapshot;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** An audit as it is answered: section by section. */
final class AuditAnswer {
    private static final int MOST_ORDINALS = 100;

    private final Audited audited;
    private final Reading reading;
    private final UUID eventId;

    private AuditAnswer(Audited audited) {
        this.audited = audited;
        this.reading = audited.last();
        this.eventId = UUID.fromString(reading.event().event().eventId());
    }

    static AuditInventoryResponse of(Audited audited) {
        return new AuditAnswer(audited).build();
    }

    private AuditInventoryResponse build() {
        EventLayout layout = reading.event().layout();
        AuditInventoryResponse.Builder answer = AuditInventoryResponse.newBuilder()
                .setEventId(eventId.toString())
                .setVerdict(audited.verdict())
                .setReadings(audited.readings())
                .setVersion(version(reading.after().orElse(null)))
                .setCapacity(reading.event().event().capacity())
                .addAllDifferences(differences(spot -> spot.section() < 0));
        for (int i = 0; i < layout.sections().size(); i++) {
            answer.addSections(section(i, layout.sections().get(i)));
        }
        for (int i = 0; i < layout.areas().size(); i++) {
            answer.addSections(area(i, layout.areas().get(i)));
        }
        return answer.build();
    }

    private SectionAudit section(int index, EventLayout.Section section) {
        Snapshot snapshot = reading.after().orElse(null);
        return SectionAudit.newBuilder()
                .setSection(section.code())
                .setCapacity(section.seats())
                .setRedis(snapshot == null ? none() : counts(Counts.redis(section, snapshot), version(snapshot)))
                .setPostgresql(counts(
                        Counts.durable(section, reading.durable()),
                        version(reading.before().orElse(null))))
                .setElasticsearch(indexed(SeatBlocks.sectionId(eventId, section.code())))
                .addAllDifferences(differences(spot -> spot.section() == index && !spot.area()))
                .build();
    }

    private SectionAudit area(int index, EventLayout.Area area) {
        Snapshot snapshot = reading.after().orElse(null);
        AreaCounts redis = snapshot == null ? null : snapshot.areas().get(index);
        return SectionAudit.newBuilder()
                .setSection(area.code())
                .setGeneralAdmission(true)
                .setCapacity(area.capacity())
                .setRedis(redis == null ? none() : counts(Counts.redis(redis), version(snapshot)))
                .setPostgresql(counts(
                        Counts.durable(reading.areas().get(index)),
                        version(reading.before().orElse(null))))
                .setElasticsearch(indexed(SeatBlocks.areaId(eventId, area.code())))
                .addAllDifferences(differences(spot -> spot.section() == index && spot.area()))
                .build();
    }

    private StoreCounts indexed(String id) {
        Indexed indexed = reading.indexed().get(id);
        if (indexed == null) {
            return none();
        }
        SeatBlock block = indexed.block();
        return counts(
                new SeatCounts(block.available(), block.held(), block.sold(), block.blocked()), indexed.version());
    }

    private List<InventoryDifference> differences(Predicate<Spot> about) {
        Map<DifferenceClass, InventoryDifference.Builder> byClass = new EnumMap<>(DifferenceClass.class);
        audited.findings().forEach((spot, found) -> {
            if (about.test(spot)) {
                add(byClass.computeIfAbsent(found.kind(), kind -> InventoryDifference.newBuilder()), spot, found);
            }
        });
        return byClass.values().stream().map(InventoryDifference.Builder::build).toList();
    }

    private static void add(InventoryDifference.Builder difference, Spot spot, Finding found) {
        difference
                .setDifferenceClass(found.kind())
                .setDrift(found.drift())
                .setPlaces(difference.getPlaces() + found.places());
        if (spot.ordinal() >= 0 && difference.getOrdinalsCount() < MOST_ORDINALS) {
            difference.addOrdinals(spot.ordinal());
        }
    }

    private static StoreCounts none() {
        return StoreCounts.getDefaultInstance();
    }

    private static StoreCounts counts(SeatCounts counts, long version) {
        return StoreCounts.newBuilder()
                .setPresent(true)
                .setAvailable(counts.available())
                .setHeld(counts.held())
                .setSold(counts.sold())
                .setBlocked(counts.blocked())
                .setVersion(version)
                .build();
    }

    private static long version(@Nullable Snapshot snapshot) {
        return snapshot == null ? 0 : snapshot.version().number();
    }
}
