package dev.onsale.command.booking;

import static dev.onsale.command.booking.BookingParts.await;

import dev.onsale.command.booking.LatePayment.Way;
import dev.onsale.command.catalog.AreaInfo;
import dev.onsale.command.catalog.EventDetail;
import dev.onsale.command.catalog.Tier;
import dev.onsale.command.inventory.Choice;
import dev.onsale.command.inventory.HoldId;
import dev.onsale.command.inventory.HoldOutcome;
import dev.onsale.command.inventory.HoldRecord;
import dev.onsale.command.inventory.HoldRequest;
import dev.onsale.command.inventory.HoldState;
import dev.onsale.command.saga.Attempt;
import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.inventory.Snapshot;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeoutException;

/**
 * One search for places. They are held in Redis like any fan's, so that nobody loses what he holds and the fan's limit counts;
 * then PostgreSQL decides. Each try has a hold of its own, named by the payment, so that a search that was cut short by a
 * crash finds its own holds again.
 */
final class LateSearch {
    private static final int MOST_TRIES = 12;
    private static final String BODY = "late";
    private static final Set<HoldState> USABLE = EnumSet.of(HoldState.ACTIVE, HoldState.CLAIMED);
    private static final Set<ErrorReason> NOT_THESE =
            EnumSet.of(ErrorReason.ERROR_REASON_SEAT_TAKEN, ErrorReason.ERROR_REASON_SOLD_OUT);
    private static final Set<ErrorReason> AGAIN = EnumSet.of(
            ErrorReason.ERROR_REASON_FENCE_STALE,
            ErrorReason.ERROR_REASON_HOLD_EXPIRED,
            ErrorReason.ERROR_REASON_HOLD_NOT_ACTIVE);
    private static final Set<ErrorReason> NEVER = EnumSet.of(
            ErrorReason.ERROR_REASON_EVENT_STATE,
            ErrorReason.ERROR_REASON_BOOKING_STATE,
            ErrorReason.ERROR_REASON_TICKET_LIMIT_REACHED);

    private final LatePlaces parts;
    private final Attempt attempt;
    private final LatePayment late;
    private final Checkout checkout;
    private final Set<Integer> goneSeats = new HashSet<>();
    private final Set<Integer> goneAreas = new HashSet<>();
    private boolean over;

    LateSearch(LatePlaces parts, Attempt attempt, LatePayment late) {
        this.parts = parts;
        this.attempt = attempt;
        this.late = late;
        this.checkout = late.mustCheckout();
    }

    /** Places of this kind, owned by the booking; empty: there are none. */
    Optional<Checkout> by(Way way) throws TimeoutException {
        for (int number = 1; number <= MOST_TRIES; number++) {
            Optional<Choice> choice = over ? Optional.empty() : choice(way, number);
            if (choice.isEmpty()) {
                return Optional.empty();
            }
            Optional<HoldRecord> hold = hold(way, number, choice.get());
            if (hold.isPresent() && own(checkout.in(hold.get()), way)) {
                return hold.map(checkout::in);
            }
        }
        return Optional.empty();
    }

    private Optional<Choice> choice(Way way, int number) throws TimeoutException {
        if (way == Way.SAME_SEATS) {
            boolean gone = !Collections.disjoint(goneSeats, checkout.ordinals())
                    || !Collections.disjoint(goneAreas, checkout.areas().keySet());
            return gone
                    ? Optional.empty()
                    : Optional.of(Choice.of(checkout.places().places()));
        }
        EventDetail event = await(parts.catalog().event(checkout.eventId(), checkout.priceVersion()));
        Optional<Snapshot> now = await(parts.ledger().snapshot(checkout.eventId()));
        if (now.isEmpty()) {
            throw Refusal.of(ErrorReason.ERROR_REASON_INVENTORY_REBUILDING, "Redis has not got the event");
        }
        return checkout.areas().isEmpty() ? seats(event, now.get(), number) : area(event, now.get());
    }

    /** The best at first; after that anywhere, so that many late payments at once don't all want the same seats. */
    private Optional<Choice> seats(EventDetail event, Snapshot now, int number) {
        int from = number == 1 ? 0 : ThreadLocalRandom.current().nextInt(event.ordinals());
        return new EqualSeats(event, now.seats(), goneSeats, from)
                .insteadOf(checkout.ordinals())
                .map(Choice.Seats::new);
    }

    /** Another area of the same tier with as many places. */
    private Optional<Choice> area(EventDetail event, Snapshot now) {
        int former = checkout.areas().keySet().iterator().next();
        int quantity = checkout.areas().getOrDefault(former, 0);
        Tier tier = event.areas().get(former).tier();
        return event.areas().stream()
                .filter(area -> area.index() != former && area.tier().code().equals(tier.code()))
                .map(AreaInfo::index)
                .filter(index -> !goneAreas.contains(index))
                .filter(index ->
                        now.areas().containsKey(index) && now.areas().get(index).free() >= quantity)
                .findFirst()
                .map(index -> new Choice.Area(index, quantity));
    }

    private Optional<HoldRecord> hold(Way way, int number, Choice choice) throws TimeoutException {
        String name = "late-" + late.payment() + "-" + late.version() + "-" + way.word() + "-" + number;
        HoldId id = HoldId.of(checkout.eventId(), checkout.account(), name);
        HoldRequest request = new HoldRequest(id, checkout.account(), BODY, checkout.priceVersion(), false, null);
        switch (await(parts.ledger().retake(request, choice))) {
            case HoldOutcome.Held held -> {
                return Optional.of(held.hold()).filter(hold -> USABLE.contains(hold.state()));
            }
            case HoldOutcome.Taken taken -> goneSeats.addAll(taken.ordinals());
            case HoldOutcome.SoldOut none -> goneAreas.addAll(areasOf(choice));
            case HoldOutcome.LimitReached reached -> over = true; // The fan has bought others meanwhile.
            case HoldOutcome no -> throw new IllegalStateException("can't retake: " + no);
        }
        return Optional.empty();
    }

    private static Set<Integer> areasOf(Choice choice) {
        return choice instanceof Choice.Area area ? Set.of(area.index()) : Set.of();
    }

    /** PostgreSQL decides; what it refuses is let go. */
    private boolean own(Checkout places, Way way) throws TimeoutException {
        try {
            await(parts.held().claim(places));
            await(parts.store().retake(attempt, places, way));
        } catch (Refusal no) {
            note(no, places);
            await(parts.held().free(places));
            return false;
        }
        await(parts.held().reserve(places));
        return true;
    }

    /** Goes on only after an expected "no": after anything else PostgreSQL may have decided, and the places stay held. */
    private void note(Refusal no, Checkout places) {
        if (NOT_THESE.contains(no.reason())) {
            goneSeats.addAll(places.ordinals());
            goneAreas.addAll(places.areas().keySet());
        } else if (NEVER.contains(no.reason())) {
            over = true;
        } else if (!AGAIN.contains(no.reason())) {
            throw no;
        }
    }
}
