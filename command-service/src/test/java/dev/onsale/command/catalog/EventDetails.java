package dev.onsale.command.catalog;

import dev.onsale.command.catalog.seatmap.SeatMap;
import dev.onsale.command.catalog.seatmap.SeatPlan;
import dev.onsale.proto.catalog.v1.EventState;
import dev.onsale.proto.catalog.v1.LockingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Events for pure tests. */
public final class EventDetails {
    private EventDetails() {}

    /** Sections A and B with one row of 3 seats each, tier SEATED; area FLOOR of 50, tier STANDING; two price versions. */
    static EventDetail smallHall() {
        SeatPlan plan = SeatPlan.of(new SeatMap(
                "Small hall",
                List.of(section("A"), section("B")),
                List.of(new SeatMap.Area("FLOOR", "Floor", 50, List.of()))));
        Tier seated = new Tier(0, UUID.randomUUID(), "SEATED", "Seated");
        Tier standing = new Tier(1, UUID.randomUUID(), "STANDING", "Standing");
        PriceBook prices = PriceBook.builder()
                .add(1, "SEATED", new Price("EUR", 4000, 400, 308))
                .add(1, "STANDING", new Price("EUR", 2500, 0, 0))
                .add(2, "SEATED", new Price("EUR", 5000, 0, 0))
                .build();
        return new EventDetail(
                head(), plan, List.of(seated, standing), List.of(seated, seated), List.of(standing), prices);
    }

    /** Sections of one row of seats each, in order, each with a tier called like it, or like what is before its digit. */
    public static EventDetail of(SeatMap.Section... sections) {
        SeatPlan plan = SeatPlan.of(new SeatMap("Hall", List.of(sections), List.of()));
        Map<String, Tier> tiers = new LinkedHashMap<>();
        List<Tier> ofSections = new ArrayList<>();
        for (SeatMap.Section section : sections) {
            String code = section.code().replaceAll("[0-9]", "");
            ofSections.add(tiers.computeIfAbsent(code, tier -> new Tier(tiers.size(), UUID.randomUUID(), tier, tier)));
        }
        return new EventDetail(
                head(),
                plan,
                List.copyOf(tiers.values()),
                ofSections,
                List.of(),
                PriceBook.builder().add(1, "GOLD", new Price("EUR", 1, 0, 0)).build());
    }

    /** A section of one row of so many seats. */
    public static SeatMap.Section section(
            String code, int seats, Set<Integer> accessible, Set<Integer> companion, Set<Integer> restricted) {
        SeatMap.Run run = new SeatMap.Run(1, seats, new SeatMap.Line(0, 0, 5, 0));
        SeatMap.Row row = new SeatMap.Row("1", List.of(run), accessible, companion, restricted);
        return new SeatMap.Section(code, code, List.of(), List.of(row));
    }

    private static EventHead head() {
        Instant now = Instant.EPOCH;
        SaleTerms terms = new SaleTerms(
                now,
                now.plusSeconds(60),
                Duration.ofMinutes(5),
                Duration.ofMinutes(20),
                6,
                LockingMode.LOCKING_MODE_OPTIMISTIC);
        return new EventHead(
                UUID.randomUUID(),
                "Event",
                "",
                UUID.randomUUID(),
                UUID.randomUUID(),
                now,
                "Europe/Berlin",
                EventState.EVENT_STATE_ON_SALE,
                terms,
                new AfterSale(true, true, 0, null),
                2,
                56,
                null,
                1,
                1);
    }

    private static SeatMap.Section section(String code) {
        SeatMap.Run run = new SeatMap.Run(1, 3, new SeatMap.Line(0, 0, 5, 0));
        SeatMap.Row row = new SeatMap.Row("1", List.of(run), Set.of(), Set.of(), Set.of());
        return new SeatMap.Section(code, code, List.of(), List.of(row));
    }
}
