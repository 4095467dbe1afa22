package dev.onsale.query.seatmap;

import dev.onsale.query.layout.EventLayout;
import dev.onsale.runtime.error.Refusal;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which sections and areas a request is about.
 *
 * @param sections indexes of sections
 * @param areas indexes of areas
 * @param all everything
 */
record SectionChoice(BitSet sections, BitSet areas, boolean all) {
    /** Finds the codes asked for among sections and areas; none asked for: all. */
    static SectionChoice of(EventLayout layout, List<String> codes) {
        BitSet sections = new BitSet();
        BitSet areas = new BitSet();
        if (codes.isEmpty()) {
            sections.set(0, layout.sections().size());
            areas.set(0, layout.areas().size());
            return new SectionChoice(sections, areas, true);
        }
        Set<String> wanted = new HashSet<>(codes);
        Set<String> unknown = new HashSet<>(codes);
        for (int i = 0; i < layout.sections().size(); i++) {
            mark(sections, i, layout.sections().get(i).code(), wanted, unknown);
        }
        for (int i = 0; i < layout.areas().size(); i++) {
            mark(areas, i, layout.areas().get(i).code(), wanted, unknown);
        }
        if (!unknown.isEmpty()) {
            throw Refusal.notFound("section").with("sections", String.join(",", unknown));
        }
        return new SectionChoice(sections, areas, false);
    }

    private static void mark(BitSet set, int index, String code, Set<String> wanted, Set<String> unknown) {
        if (wanted.contains(code)) {
            set.set(index);
            unknown.remove(code);
        }
    }
}
