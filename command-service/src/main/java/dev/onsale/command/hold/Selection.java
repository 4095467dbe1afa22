package dev.onsale.command.hold;

import dev.onsale.command.catalog.EventDetail;
import dev.onsale.command.catalog.Tier;
import dev.onsale.command.catalog.seatmap.OrdinalRange;
import dev.onsale.command.inventory.Choice;
import dev.onsale.proto.inventory.v1.AreaSelection;
import dev.onsale.proto.inventory.v1.BestAvailable;
import dev.onsale.proto.inventory.v1.CreateHoldRequest;
import dev.onsale.proto.inventory.v1.ExactSeats;
import dev.onsale.proto.inventory.v1.OverrideHoldRequest;
import dev.onsale.proto.inventory.v1.SwapHoldRequest;
import dev.onsale.runtime.error.Refusal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** Names of seats, areas, sections and tiers, turned into ordinals. Throws RESOURCE_NOT_FOUND for a name nobody has. */
final class Selection {

    private final EventDetail event;

    Selection(EventDetail event) {
        this.event = event;
    }

    Choice of(CreateHoldRequest request) {
        return switch (request.getSelectionCase()) {
            case SEATS -> exact(request.getSeats());
            case BEST_AVAILABLE -> best(request.getBestAvailable());
            case AREA -> area(request.getArea());
            case SELECTION_NOT_SET -> throw Refusal.invalid("selection", "must be set");
        };
    }

    Choice of(SwapHoldRequest request) {
        return switch (request.getSelectionCase()) {
            case SEATS -> exact(request.getSeats());
            case BEST_AVAILABLE -> best(request.getBestAvailable());
            case AREA -> area(request.getArea());
            case SELECTION_NOT_SET -> throw Refusal.invalid("selection", "must be set");
        };
    }

    Choice of(OverrideHoldRequest request) {
        return switch (request.getSelectionCase()) {
            case SEATS -> exact(request.getSeats());
            case BEST_AVAILABLE -> best(request.getBestAvailable());
            case AREA -> area(request.getArea());
            case SELECTION_NOT_SET -> throw Refusal.invalid("selection", "must be set");
        };
    }

    private Choice exact(ExactSeats seats) {
        return new Choice.Seats(
                seats.getSeatIdsList().stream().map(this::ordinal).toList());
    }

    private int ordinal(String seatId) {
        return event.ordinal(seatId).orElseThrow(() -> Refusal.notFound("seat").with("seat", seatId));
    }

    private Choice area(AreaSelection area) {
        int index = event.area(area.getAreaId())
                .orElseThrow(() -> Refusal.notFound("area"))
                .index();
        return new Choice.Area(index, area.getQuantity());
    }

    private Choice best(BestAvailable best) {
        return new Choice.Best(
                best.getQuantity(),
                best.getAccessibleQuantity(),
                best.getAllowSplit(),
                ranges(best.getSectionsList(), best.getPriceTiersList()));
    }

    private List<OrdinalRange> ranges(List<String> sections, List<String> tiers) {
        var known = event.tiers().stream().map(Tier::code).toList();
        if (!new HashSet<>(known).containsAll(tiers)) {
            throw Refusal.notFound("price tier");
        }
        var all = event.plan().sections();
        if (!new HashSet<>(all).containsAll(sections)) {
            throw Refusal.notFound("section");
        }
        var ranges = new ArrayList<OrdinalRange>();
        for (var section : all) {
            boolean wanted = sections.isEmpty() || sections.contains(section);
            if (wanted && ofTier(section, tiers)) {
                event.section(section).ifPresent(range -> join(ranges, range));
            }
        }
        return ranges;
    }

    private boolean ofTier(String section, List<String> tiers) {
        return tiers.isEmpty()
                || event.sectionTier(section)
                        .filter(tier -> tiers.contains(tier.code()))
                        .isPresent();
    }

    private static void join(List<OrdinalRange> ranges, OrdinalRange next) {
        boolean adjoins = !ranges.isEmpty() && ranges.getLast().end() == next.first();
        ranges.add(adjoins ? new OrdinalRange(ranges.removeLast().first(), next.end()) : next);
    }
}
