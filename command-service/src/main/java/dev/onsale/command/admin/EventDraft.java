package dev.onsale.command.admin;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import dev.onsale.command.catalog.RefundPolicy;
import dev.onsale.command.catalog.SaleTerms;
import dev.onsale.command.catalog.seatmap.SeatMap;
import dev.onsale.command.catalog.seatmap.SeatPlan;
import dev.onsale.proto.catalog.v1.CreateEventRequest;
import dev.onsale.proto.catalog.v1.LockingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * An event to be made, checked.
 *
 * @param name its name
 * @param description plain text
 * @param seatMapId its seat map
 * @param plan the seats of the seat map
 * @param eventTime when it begins
 * @param terms on what terms it is sold
 * @param prices its tiers and prices
 * @param coverage which tier each section and area has
 * @param transfersAllowed whether its tickets may change hands
 * @param refundPolicy on what terms fans may give tickets back; empty: the house's
 * @param seriesId the series it is part of; empty: none
 */
record EventDraft(
        String name,
        String description,
        UUID seatMapId,
        SeatPlan plan,
        Instant eventTime,
        SaleTerms terms,
        TierPrices prices,
        TierCoverage coverage,
        boolean transfersAllowed,
        Optional<RefundPolicy> refundPolicy,
        Optional<UUID> seriesId) {

    private static final Duration HOLD_TTL = Duration.ofMinutes(5);
    private static final Duration HOLD_HARD_MAX = Duration.ofMinutes(20);
    private static final int TICKET_LIMIT = 6;

    static EventDraft check(CreateEventRequest request, SeatPlan plan, FieldFaults faults) {
        TierPrices prices = TierPrices.check(request.getPriceTiersList(), faults);
        return new EventDraft(
                request.getName(),
                request.getDescription(),
                UUID.fromString(request.getSeatMapId()),
                plan,
                instant(request.getEventTime(), "event_time", faults),
                terms(request, faults),
                prices,
                TierCoverage.check(
                        request.getTierAssignmentsList(), prices.names().keySet(), plan, faults),
                !request.getTransfersForbidden(),
                request.hasRefundPolicy() && faults.isEmpty()
                        ? Optional.of(RefundPolicies.check(
                                request.getRefundPolicy(), prices.currency(), "refund_policy", faults))
                        : Optional.empty(),
                Optional.of(request.getSeriesId()).filter(id -> !id.isEmpty()).map(UUID::fromString));
    }

    private static SaleTerms terms(CreateEventRequest request, FieldFaults faults) {
        Instant start = instant(request.getSaleStart(), "sale_start", faults);
        Instant end = instant(request.getSaleEnd(), "sale_end", faults);
        if (!start.isBefore(end)) {
            faults.add("sale_end", "must be after sale_start");
        }
        Duration ttl = request.hasHoldTtl() ? duration(request.getHoldTtl()) : HOLD_TTL;
        Duration hardMax = request.hasHoldHardMax() ? duration(request.getHoldHardMax()) : HOLD_HARD_MAX;
        if (hardMax.compareTo(ttl) < 0) {
            faults.add("hold_hard_max", "must not be below hold_ttl");
        }
        return new SaleTerms(
                start,
                end,
                ttl,
                hardMax,
                request.getTicketLimit() == 0 ? TICKET_LIMIT : request.getTicketLimit(),
                request.getLockingMode() == LockingMode.LOCKING_MODE_UNSPECIFIED
                        ? LockingMode.LOCKING_MODE_OPTIMISTIC
                        : request.getLockingMode());
    }

    /** Reserved seats and area capacity together. */
    int capacity() {
        return plan.seatCount()
                + plan.areas().stream().mapToInt(SeatMap.Area::capacity).sum();
    }

    private static Instant instant(Timestamp timestamp, String path, FieldFaults faults) {
        if (!Timestamps.isValid(timestamp)) {
            faults.add(path, "must be a time from the year 1 to 9999");
            return Instant.EPOCH;
        }
        return Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos());
    }

    private static Duration duration(com.google.protobuf.Duration duration) {
        return Duration.ofMillis(Durations.toMillis(duration));
    }
}
