package dev.onsale.command.hold;

import dev.onsale.command.catalog.EventDetail;
import dev.onsale.command.inventory.HoldOutcome;
import dev.onsale.command.inventory.HoldRecord;
import dev.onsale.command.presale.PresaleDoor;
import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.runtime.error.Refusal;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** Every "no" of this service. */
final class HoldRefusals {

    private HoldRefusals() {}

    /** The hold, or why there is none. */
    static Future<HoldRecord> held(EventDetail event, HoldOutcome outcome) {
        return held(event, outcome, false);
    }

    /** The same; {@code codeShown}: whether the fan has shown a presale code that there is. */
    static Future<HoldRecord> held(EventDetail event, HoldOutcome outcome, boolean codeShown) {
        return switch (outcome) {
            case HoldOutcome.Held held -> Future.succeededFuture(held.hold());
            case HoldOutcome.Taken taken -> taken(event, taken.ordinals()).future();
            case HoldOutcome.SoldOut no ->
                Refusal.of(ErrorReason.ERROR_REASON_SOLD_OUT, "Nothing is left that fits")
                        .future();
            case HoldOutcome.NotAdjacent no ->
                Refusal.of(ErrorReason.ERROR_REASON_NO_ADJACENT_SEATS, "Not so many seats are left side by side")
                        .future();
            case HoldOutcome.LimitReached no ->
                Refusal.of(ErrorReason.ERROR_REASON_TICKET_LIMIT_REACHED, "The fan may not have so many tickets")
                        .with("limit", no.limit())
                        .with("used", no.used())
                        .future();
            case HoldOutcome.NotOnSale no -> notOnSale(no.start()).future();
            case HoldOutcome.PresaleOnly no -> throw new IllegalStateException("rights were not looked up");
            case HoldOutcome.NotAdmitted no -> notAdmitted(no, codeShown).future();
            case HoldOutcome.NoSuchSeat no -> Refusal.notFound("seat").future();
            case HoldOutcome.NoSuchArea no -> Refusal.notFound("area").future();
            case HoldOutcome.Reused no ->
                Refusal.of(ErrorReason.ERROR_REASON_REQUEST_ID_REUSED, "The request id came with another body before")
                        .future();
            case HoldOutcome.NotFound no -> noSuchHold().future();
            case HoldOutcome.Expired no ->
                Refusal.of(ErrorReason.ERROR_REASON_HOLD_EXPIRED, "The hold ran out")
                        .future();
            case HoldOutcome.NotActive no -> notActive().future();
        };
    }

    private static Refusal notAdmitted(HoldOutcome.NotAdmitted no, boolean codeShown) {
        return switch (no.why()) {
            case INVALID -> PresaleDoor.invalid("invalid");
            case USED_UP -> PresaleDoor.invalid("used_up");
            case CODE -> codeShown ? PresaleDoor.invalid("not_open") : accessRequired(no);
            case LIST -> accessRequired(no);
        };
    }

    private static Refusal accessRequired(HoldOutcome.NotAdmitted no) {
        return Refusal.of(ErrorReason.ERROR_REASON_PRESALE_ACCESS_REQUIRED, "Only a presale is open")
                .with("access", no.access())
                .with("sale_start", no.start());
    }

    static Refusal taken(EventDetail event, List<Integer> ordinals) {
        var seats =
                ordinals.stream().map(ordinal -> event.seat(ordinal).seatId()).collect(Collectors.joining(","));
        return Refusal.of(ErrorReason.ERROR_REASON_SEAT_TAKEN, "Some seats are not free")
                .with("seats", seats);
    }

    static Refusal notOnSale(Instant start) {
        return Refusal.of(ErrorReason.ERROR_REASON_NOT_ON_SALE, "The event is not on sale now")
                .with("sale_start", start);
    }

    static Refusal notActive() {
        return Refusal.of(ErrorReason.ERROR_REASON_HOLD_NOT_ACTIVE, "The hold was released or is in a checkout");
    }

    /** The same for a hold of somebody else, a forgotten one, and a random id. */
    static Refusal noSuchHold() {
        return Refusal.notFound("hold");
    }
}
