package dev.onsale.query.seatmap;

import dev.onsale.query.elastic.Document;
import dev.onsale.query.elastic.IndexKind;
import dev.onsale.query.layout.EventLayout;
import dev.onsale.query.layout.LayoutDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes the documents of the index `seat-blocks`, one per section or area, and of `layouts`. */
public final class SeatBlocks {
    private SeatBlocks() {}

    /**
     * A section or area in the index.
     *
     * @param eventId the event
     * @param section code of the section or area
     * @param generalAdmission it is an area
     * @param priceTier code of its price tier
     * @param firstOrdinal ordinal of its first place
     * @param length how many places are packed
     * @param packed 2 bits a place; null for an area
     * @param available free
     * @param held held
     * @param sold reserved or sold
     * @param blocked blocked
     * @param version the event's version that changed it last; null in documents of an earlier release
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    public record SeatBlock(
            String eventId,
            String section,
            boolean generalAdmission,
            String priceTier,
            int firstOrdinal,
            int length,
            byte @Nullable [] packed,
            int available,
            int held,
            int sold,
            int blocked,
            @Nullable Long version) {
        SeatCounts counts() {
            return new SeatCounts(available, held, sold, blocked);
        }
    }

    /**
     * Says the id of a section's document.
     *
     * @param eventId the event
     * @param code code of the section
     * @return the id
     */
    public static String sectionId(UUID eventId, String code) {
        return eventId + ":" + code;
    }

    /**
     * Says the id of an area's document.
     *
     * @param eventId the event
     * @param code code of the area
     * @return the id
     */
    public static String areaId(UUID eventId, String code) {
        return eventId + ":area:" + code;
    }

    /**
     * Makes the documents of what changed.
     *
     * @param eventId the event
     * @param written the state that the index has or will have; null: nothing
     * @param now the state to write
     * @return a document for each section and area that differs
     */
    public static List<Document> changed(UUID eventId, @Nullable SeatState written, SeatState now) {
        List<Document> documents = new ArrayList<>();
        boolean all =
                written == null || !written.layout().hash().equals(now.layout().hash());
        for (int i = 0; i < now.sections().size(); i++) {
            SeatState.SectionState section = now.sections().get(i);
            if (all || written == null || written.sections().get(i).version() != section.version()) {
                documents.add(section(eventId, now.layout().sections().get(i), section));
            }
        }
        for (int i = 0; i < now.areas().size(); i++) {
            if (all
                    || written == null
                    || written.areas().get(i).version() != now.areas().get(i).version()) {
                documents.add(
                        area(eventId, now.layout().areas().get(i), now.areas().get(i)));
            }
        }
        return documents;
    }

    /**
     * Makes the document of a layout.
     *
     * @param layout the layout
     * @return its only version
     */
    public static Document layout(EventLayout layout) {
        return LayoutDocument.of(layout);
    }

    private static Document section(UUID eventId, EventLayout.Section section, SeatState.SectionState state) {
        SeatCounts counts = state.counts();
        return new Document(
                IndexKind.SEAT_BLOCKS,
                sectionId(eventId, section.code()),
                state.version(),
                new SeatBlock(
                        eventId.toString(),
                        section.code(),
                        false,
                        section.tier(),
                        section.firstOrdinal(),
                        section.length(),
                        state.packed(),
                        counts.available(),
                        counts.held(),
                        counts.sold(),
                        counts.blocked(),
                        state.version()));
    }

    private static Document area(UUID eventId, EventLayout.Area area, SeatState.AreaState state) {
        SeatCounts counts = state.counts();
        return new Document(
                IndexKind.SEAT_BLOCKS,
                areaId(eventId, area.code()),
                state.version(),
                new SeatBlock(
                        eventId.toString(),
                        area.code(),
                        true,
                        area.tier(),
                        0,
                        0,
                        null,
                        counts.available(),
                        counts.held(),
                        counts.sold(),
                        counts.blocked(),
                        state.version()));
    }
}
