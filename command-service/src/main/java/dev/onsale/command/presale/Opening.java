package dev.onsale.command.presale;

import dev.onsale.command.catalog.AreaInfo;
import dev.onsale.command.catalog.EventDetail;
import dev.onsale.command.catalog.Tier;
import dev.onsale.command.catalog.seatmap.OrdinalRange;
import dev.onsale.runtime.error.Refusal;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a presale opens, by ordinals and indexes. Seats and tiers of an event never change, so neither does this.
 *
 * @param ranges ordinals, {@code from-to,...} (to not included)
 * @param areas indexes of areas; both empty: everything
 */
record Opening(String ranges, String areas) {

    /** Sections and areas of these tiers and of these names. Throws RESOURCE_NOT_FOUND for a name nobody has. */
    static Opening of(EventDetail event, List<String> tiers, List<String> sections) {
        for (String tier : tiers) {
            if (event.tiers().stream().map(Tier::code).noneMatch(tier::equals)) {
                throw Refusal.notFound("price tier").with("price_tier", tier);
            }
        }
        for (String section : sections) {
            if (event.section(section).isEmpty() && event.area(section).isEmpty()) {
                throw Refusal.notFound("section").with("section", section);
            }
        }
        String ranges = event.plan().sections().stream()
                .filter(section -> sections.contains(section)
                        || event.sectionTier(section)
                                .map(Tier::code)
                                .filter(tiers::contains)
                                .isPresent())
                .map(section -> event.section(section).orElseThrow())
                .map(Opening::text)
                .collect(Collectors.joining(","));
        String areas = event.areas().stream()
                .filter(area -> sections.contains(area.code())
                        || tiers.contains(area.tier().code()))
                .map(AreaInfo::index)
                .map(String::valueOf)
                .collect(Collectors.joining(","));
        return new Opening(ranges, areas);
    }

    private static String text(OrdinalRange range) {
        return range.first() + "-" + range.end();
    }
}
