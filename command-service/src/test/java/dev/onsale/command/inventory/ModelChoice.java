package dev.onsale.command.inventory;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the model would give, or why not.
 *
 * @param no the refusal
 * @param ordinals seats
 * @param areas places in areas
 * @param missing what it lacks
 * @param presale by what it is had before the general sale
 */
record ModelChoice(
        @Nullable HoldOutcome no,
        List<Integer> ordinals,
        Map<Integer, Integer> areas,
        List<Missing> missing,
        Optional<PresaleEntry> presale) {

    static ModelChoice no(HoldOutcome outcome) {
        return new ModelChoice(outcome, List.of(), Map.of(), List.of(), Optional.empty());
    }

    static ModelChoice seats(List<Integer> ordinals, List<Missing> missing) {
        return new ModelChoice(
                null, new ArrayList<>(ordinals.stream().sorted().toList()), Map.of(), missing, Optional.empty());
    }

    static ModelChoice area(int index, int quantity, List<Missing> missing) {
        return new ModelChoice(null, List.of(), new TreeMap<>(Map.of(index, quantity)), missing, Optional.empty());
    }

    ModelChoice in(PresaleEntry entry) {
        return new ModelChoice(no, ordinals, areas, missing, Optional.of(entry));
    }

    boolean isShort() {
        return no != null || !missing.isEmpty();
    }
}
