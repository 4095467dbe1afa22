package dev.onsale.runtime.limit;

import dev.onsale.runtime.config.Config;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** How each method is limited: what we think is right, changed by the settings. */
final class MethodTable {

    private static final MethodRule USUAL = new MethodRule(1, false, Lane.SALE);
    private static final int MOST_COST = 10_000;
    private static final String EXPECTED = "HoldService/CreateHold, HoldService/* or another method or service of ours";
    private static final List<String> READS = List.of("Get", "List", "Search", "BatchGet", "Verify", "Quote");

    private static final List<String> COSTS = List.of(
            "HoldService/CreateHold=2",
            "WaitingRoomService/JoinRoom=2",
            "CatalogQueryService/SearchEvents=2",
            "TicketService/GetTicketDocument=5",
            "BookingSearchService/SearchBookings=5",
            "BookingSearchService/ExportBookings=20");

    private static final List<String> IN_NODE = List.of(
            "SeatMapService/*",
            "AvailabilityService/*",
            "TicketService/ListTicketKeys",
            "WaitingRoomService/GetRoom",
            "WaitingRoomService/GetPosition",
            "WaitingRoomService/WatchPosition");

    private static final List<String> LANES = List.of(
            "BookingService/*=booking",
            "PaymentService/*=booking",
            "HoldService/GetHold=booking",
            "HoldService/SwapHold=booking",
            "HoldService/ReleaseHold=booking",
            "TicketService/CheckInTicket=booking",
            "WaitingRoomService/ClaimAdmission=booking",
            "CatalogAdminService/*=control",
            "GateService/*=control",
            "InventoryAuditService/*=control",
            "InventoryRepairService/*=control",
            "PrivacyService/*=control",
            "ProjectionAdminService/*=control",
            "WaitingRoomAdminService/*=control");

    private final Map<String, MethodRule> rules = new HashMap<>();
    private final Methods methods = new Methods();

    private MethodTable() {
        for (var name : methods.all()) {
            var method = name.substring(name.indexOf('/') + 1);
            boolean reads = READS.stream().anyMatch(method::startsWith);
            rules.put(name, reads ? USUAL.lane(Lane.READ) : USUAL);
        }
        var probe = USUAL.inTheNode().lane(Lane.CONTROL);
        rules.put("grpc.health.v1.Health/Check", probe);
        rules.put("grpc.health.v1.Health/Watch", probe);
    }

    /** Reads {@code limits.weights}, {@code limits.in-node} and {@code limits.lanes}; a name that is none is a fault. */
    static MethodTable from(Config config) {
        var table = new MethodTable();
        COSTS.forEach(entry -> table.set(entry, MethodTable::cost));
        IN_NODE.forEach(entry -> table.change(entry, MethodRule::inTheNode));
        LANES.forEach(entry -> table.set(entry, MethodTable::lane));
        each(
                config,
                "limits.weights",
                EXPECTED + ", = and 0 to " + MOST_COST,
                entry -> table.set(entry, MethodTable::cost));
        each(config, "limits.in-node", EXPECTED, entry -> table.change(entry, MethodRule::inTheNode));
        each(
                config,
                "limits.lanes",
                EXPECTED + ", = and booking, sale, read or control",
                entry -> table.set(entry, MethodTable::lane));
        return table;
    }

    /** The rule for a method, by its full name. */
    MethodRule of(String method) {
        return rules.getOrDefault(method, USUAL);
    }

    private static void each(Config config, String key, String expected, Predicate<String> apply) {
        for (var entry : config.list(key, List.of())) {
            if (!apply.test(entry)) {
                config.reject(key, entry, expected);
            }
        }
    }

    private boolean set(String entry, Function<String, Optional<UnaryOperator<MethodRule>>> read) {
        int equals = entry.lastIndexOf('=');
        if (equals < 0) {
            return false;
        }
        var change = read.apply(entry.substring(equals + 1).strip());
        return change.isPresent() && change(entry.substring(0, equals).strip(), change.get());
    }

    private boolean change(String selector, UnaryOperator<MethodRule> change) {
        var names = methods.find(selector);
        names.forEach(name -> rules.computeIfPresent(name, (key, rule) -> change.apply(rule)));
        return !names.isEmpty();
    }

    private static Optional<UnaryOperator<MethodRule>> cost(String text) {
        if (text.isEmpty() || text.length() > 5 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.empty();
        }
        int cost = Integer.parseInt(text);
        return cost > MOST_COST ? Optional.empty() : Optional.of(rule -> rule.cost(cost));
    }

    private static Optional<UnaryOperator<MethodRule>> lane(String text) {
        return Arrays.stream(Lane.values())
                .filter(lane -> lane.name().toLowerCase(Locale.ROOT).equals(text))
                .<UnaryOperator<MethodRule>>map(lane -> rule -> rule.lane(lane))
                .findFirst();
    }
}
