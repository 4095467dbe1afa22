package dev.onsale.query.seatmap;

import dev.onsale.query.layout.EventLayout;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How all places of an event stand at one version. Immutable: the next state shares every section that did not change, so
 * it costs little and any reader may keep one for as long as it likes. A section whose version is the same is the same.
 */
public final class SeatState {
    private final EventLayout layout;
    private final long version;
    private final long atMillis;
    private final List<SectionState> sections;
    private final List<AreaState> areas;
    private volatile byte @Nullable [] block;

    SeatState(EventLayout layout, long version, long atMillis, List<SectionState> sections, List<AreaState> areas) {
        this.layout = layout;
        this.version = version;
        this.atMillis = atMillis;
        this.sections = sections;
        this.areas = areas;
    }

    /**
     * A section at one version.
     *
     * @param packed 2 bits a place; never written to
     * @param counts how many of each
     * @param version the event's version that changed it last
     */
    @SuppressWarnings("ArrayRecordComponent") // Compared by version.
    public record SectionState(byte[] packed, SeatCounts counts, long version) {
        /** Whether another state has this very section: a version alone does not tell what a stored state got wrong. */
        @SuppressWarnings("ReferenceEquality") // That is the question.
        boolean isShared(SectionState other) {
            return packed == other.packed;
        }

        static SectionState of(EventLayout.Section section, byte[] packed, long version) {
            int[] counts = Packed.count(packed, section.length());
            int noSeats = section.length() - section.seats();
            return new SectionState(
                    packed, new SeatCounts(counts[0], counts[1], counts[2], counts[3] - noSeats), version);
        }
    }

    /**
     * A general admission area at one version.
     *
     * @param counts how many of each
     * @param version the event's version that changed it last
     */
    public record AreaState(SeatCounts counts, long version) {}

    /**
     * Tells the layout.
     *
     * @return the layout this state belongs to
     */
    public EventLayout layout() {
        return layout;
    }

    /**
     * Tells the version.
     *
     * @return epoch * 2^32 + counter
     */
    public long version() {
        return version;
    }

    /**
     * Tells when this version was made.
     *
     * @return milliseconds by the write side's clock
     */
    public long atMillis() {
        return atMillis;
    }

    /**
     * Gives the sections.
     *
     * @return in the layout's order
     */
    public List<SectionState> sections() {
        return sections;
    }

    /**
     * Gives the areas.
     *
     * @return in the layout's order
     */
    public List<AreaState> areas() {
        return areas;
    }

    /** All places by their ordinal, packed together; made once, when first asked for. Never written to. */
    byte[] block() {
        byte[] made = block;
        if (made == null) {
            made = Packed.blank(layout.places());
            for (int i = 0; i < sections.size(); i++) {
                EventLayout.Section section = layout.sections().get(i);
                Packed.copy(sections.get(i).packed, section.length(), made, section.firstOrdinal());
            }
            block = made;
        }
        return made;
    }

    /**
     * Counts everything.
     *
     * @return adds up to the event's capacity
     */
    public SeatCounts total() {
        SeatCounts total = SeatCounts.NONE;
        for (SectionState section : sections) {
            total = total.plus(section.counts);
        }
        for (AreaState area : areas) {
            total = total.plus(area.counts);
        }
        return total;
    }

    /**
     * Counts some places.
     *
     * @param ordinals which; those in no section are passed over
     * @return their counts
     */
    public SeatCounts count(BitSet ordinals) {
        int[] counts = new int[4];
        ordinals.stream().forEach(ordinal -> {
            int index = layout.sectionOf(ordinal);
            if (index >= 0) {
                int place = ordinal - layout.sections().get(index).firstOrdinal();
                counts[Packed.get(sections.get(index).packed, place)]++;
            }
        });
        return new SeatCounts(counts[0], counts[1], counts[2], counts[3]);
    }

    /**
     * Counts by price tier.
     *
     * @return tier to counts, in the layout's order; adds up to {@link #total}
     */
    public Map<String, SeatCounts> byTier() {
        Map<String, SeatCounts> tiers = new LinkedHashMap<>();
        for (int i = 0; i < sections.size(); i++) {
            tiers.merge(layout.sections().get(i).tier(), sections.get(i).counts, SeatCounts::plus);
        }
        for (int i = 0; i < areas.size(); i++) {
            tiers.merge(layout.areas().get(i).tier(), areas.get(i).counts, SeatCounts::plus);
        }
        return tiers;
    }
}
