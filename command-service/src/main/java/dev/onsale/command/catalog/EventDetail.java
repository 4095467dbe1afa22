package dev.onsale.command.catalog;

import dev.onsale.command.catalog.seatmap.OrdinalRange;
import dev.onsale.command.catalog.seatmap.SeatMap;
import dev.onsale.command.catalog.seatmap.SeatPlace;
import dev.onsale.command.catalog.seatmap.SeatPlan;
import dev.onsale.proto.catalog.v1.EventState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * An event as the write side needs it to sell: state, terms, seats, areas, prices. Immutable; a snapshot that may be a few
 * seconds old. What a seat's status is, only the inventory knows.
 */
public final class EventDetail {
    private final EventHead head;
    private final SeatPlan plan;
    private final List<Tier> tiers;
    private final Tier[] sectionTiers;
    private final Map<String, Integer> sectionIndexes;
    private final List<AreaInfo> areas;
    private final Map<String, AreaInfo> areasByCode;
    private final PriceBook prices;

    /**
     * @param sectionTiers the tier of each section, in the plan's order
     * @param areaTiers the tier of each area, in the plan's order
     */
    EventDetail(
            EventHead head,
            SeatPlan plan,
            List<Tier> tiers,
            List<Tier> sectionTiers,
            List<Tier> areaTiers,
            PriceBook prices) {
        this.head = head;
        this.plan = plan;
        this.tiers = List.copyOf(tiers);
        this.sectionTiers = sectionTiers.toArray(Tier[]::new);
        this.sectionIndexes = plan.sections().stream()
                .collect(Collectors.toUnmodifiableMap(Function.identity(), plan.sections()::indexOf));
        this.areas = areas(plan.areas(), areaTiers);
        this.areasByCode = areas.stream().collect(Collectors.toUnmodifiableMap(AreaInfo::code, area -> area));
        this.prices = prices;
    }

    private EventDetail(EventDetail old, EventHead head, PriceBook prices) {
        this.head = head;
        this.plan = old.plan;
        this.tiers = old.tiers;
        this.sectionTiers = old.sectionTiers;
        this.sectionIndexes = old.sectionIndexes;
        this.areas = old.areas;
        this.areasByCode = old.areasByCode;
        this.prices = prices;
    }

    /** The same event after its row changed. */
    EventDetail with(EventHead newHead) {
        return new EventDetail(this, newHead, prices);
    }

    /** The same event after its row and its prices changed. */
    EventDetail with(EventHead newHead, PriceBook newPrices) {
        return new EventDetail(this, newHead, newPrices);
    }

    private static List<AreaInfo> areas(List<SeatMap.Area> areas, List<Tier> tiers) {
        List<AreaInfo> infos = new ArrayList<>();
        for (int i = 0; i < areas.size(); i++) {
            SeatMap.Area area = areas.get(i);
            infos.add(new AreaInfo(i, area.code(), area.name(), area.capacity(), tiers.get(i)));
        }
        return List.copyOf(infos);
    }

    /** The event. */
    public UUID eventId() {
        return head.eventId();
    }

    /** Name, venue, times, versions. */
    public EventHead head() {
        return head;
    }

    /** Draft, on sale, ... */
    public EventState state() {
        return head.state();
    }

    /** Sale window, hold times, limit, locking mode. */
    public SaleTerms terms() {
        return head.terms();
    }

    /** ISO 4217 code: one for all prices of the event. */
    public String currency() {
        return prices.currency();
    }

    /** Which version of the prices new holds get. */
    public int priceVersion() {
        return head.priceVersion();
    }

    /** Length of the packed statuses: seats and separators. */
    public int ordinals() {
        return plan.ordinals();
    }

    /** Which ordinals are seats. */
    public SeatPlan plan() {
        return plan;
    }

    /** All tiers, by code. */
    public List<Tier> tiers() {
        return tiers;
    }

    /** The seat with this ordinal. @throws IndexOutOfBoundsException if nobody has it */
    public SeatInfo seat(int ordinal) {
        SeatPlace place = plan.place(ordinal);
        return new SeatInfo(
                ordinal,
                place.section(),
                place.row(),
                place.number(),
                place.kind(),
                place.restrictedView(),
                sectionTiers[place.sectionIndex()]);
    }

    /** The ordinal of {@code <section>-<row>-<number>}; empty if there is no such seat. */
    public OptionalInt ordinal(String seatId) {
        return plan.ordinal(seatId);
    }

    /** The ordinals of a section; empty if there is no such section. */
    public Optional<OrdinalRange> section(String code) {
        return Optional.ofNullable(sectionIndexes.get(code)).map(plan::sectionRange);
    }

    /** The price tier of a section; empty if there is no such section. */
    public Optional<Tier> sectionTier(String code) {
        return Optional.ofNullable(sectionIndexes.get(code)).map(index -> sectionTiers[index]);
    }

    /** The ordinals a tier covers, best first, neighbouring sections joined; empty if it covers none or does not exist. */
    public List<OrdinalRange> tierRanges(String code) {
        List<OrdinalRange> ranges = new ArrayList<>();
        for (int i = 0; i < sectionTiers.length; i++) {
            if (sectionTiers[i].code().equals(code)) {
                join(ranges, plan.sectionRange(i));
            }
        }
        return ranges;
    }

    private static void join(List<OrdinalRange> ranges, OrdinalRange next) {
        if (!ranges.isEmpty() && ranges.getLast().end() == next.first()) {
            ranges.add(new OrdinalRange(ranges.removeLast().first(), next.end()));
        } else {
            ranges.add(next);
        }
    }

    /** The areas, by index. */
    public List<AreaInfo> areas() {
        return areas;
    }

    /** The area with this code. */
    public Optional<AreaInfo> area(String code) {
        return Optional.ofNullable(areasByCode.get(code));
    }

    /** What one ticket of the tier costs by that version of the prices; empty if not known here. */
    public Optional<Price> price(int priceVersion, String tier) {
        return prices.price(priceVersion, tier);
    }

    /** Whether it was never on sale: then it has no holds, and nothing must load it to find that out. */
    public boolean neverLoaded() {
        return head.epoch() == 0 && state() == EventState.EVENT_STATE_DRAFT;
    }
}
