package dev.onsale.command.admin;

import dev.onsale.command.catalog.seatmap.SeatMap;
import dev.onsale.command.catalog.seatmap.SeatPlan;
import dev.onsale.proto.catalog.v1.TierAssignment;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which tier each section and area has: every one exactly one.
 *
 * @param sections section code to tier code
 * @param areas area code to tier code
 */
record TierCoverage(Map<String, String> sections, Map<String, String> areas) {

    static TierCoverage check(List<TierAssignment> assignments, Set<String> tiers, SeatPlan plan, FieldFaults faults) {
        TierCoverage coverage = new TierCoverage(new HashMap<>(), new HashMap<>());
        Set<String> sections = new HashSet<>(plan.sections());
        Set<String> areas =
                new HashSet<>(plan.areas().stream().map(SeatMap.Area::code).toList());
        for (int i = 0; i < assignments.size(); i++) {
            TierAssignment assignment = assignments.get(i);
            String path = "tier_assignments[" + i + "]";
            if (!tiers.contains(assignment.getPriceTier())) {
                faults.add(path + ".price_tier", "must be one of price_tiers");
            }
            String tier = assignment.getPriceTier();
            assign(assignment.getSectionsList(), tier, sections, coverage.sections(), path + ".sections", faults);
            assign(assignment.getAreasList(), tier, areas, coverage.areas(), path + ".areas", faults);
        }
        complain("section", sections, coverage.sections(), faults);
        complain("area", areas, coverage.areas(), faults);
        return coverage;
    }

    private static void assign(
            List<String> codes,
            String tier,
            Set<String> known,
            Map<String, String> assigned,
            String path,
            FieldFaults faults) {
        for (int i = 0; i < codes.size(); i++) {
            String code = codes.get(i);
            if (!known.contains(code)) {
                faults.add(path + "[" + i + "]", "is not in the seat map");
            } else if (assigned.putIfAbsent(code, tier) != null) {
                faults.add(path + "[" + i + "]", "has a tier already");
            }
        }
    }

    private static void complain(String what, Set<String> known, Map<String, String> assigned, FieldFaults faults) {
        known.stream()
                .filter(code -> !assigned.containsKey(code))
                .sorted()
                .forEach(code -> faults.add("tier_assignments", what + " " + code + " has no tier"));
    }
}
