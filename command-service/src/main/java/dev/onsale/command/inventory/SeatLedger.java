package dev.onsale.command.inventory;

import dev.onsale.command.catalog.SaleTerms;
import dev.onsale.command.inventory.LedgerScripts.Operation;
import dev.onsale.runtime.inventory.InventoryKeys;
import dev.onsale.runtime.inventory.Snapshot;
import dev.onsale.runtime.redis.Redis;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who holds which places of which event: one atomic script in Redis an operation. Every operation may be repeated.
 *
 * <p>All fail with DEPENDENCY_UNAVAILABLE while Redis is away, and with INVENTORY_REBUILDING (and start the rebuild) if
 * Redis has not got the event.
 */
public final class SeatLedger {

    private final Ledger ledger;

    /**
     * A ledger.
     *
     * @param shards number of shards, the same in every service
     * @param onLost is told of events that Redis has not got
     */
    public SeatLedger(Redis redis, int shards, Consumer<UUID> onLost) {
        this(new Ledger(redis, shards, LedgerScripts.load(), onLost));
    }

    SeatLedger(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Holds what is wanted: all or nothing, or a part if that is enough. */
    public Future<HoldOutcome> hold(HoldRequest request, Choice choice) {
        var operation = switch (choice) {
            case Choice.Seats seats -> Operation.HOLD_SEATS;
            case Choice.Best best -> Operation.HOLD_BEST_AVAILABLE;
            case Choice.Area area -> Operation.HOLD_AREA;
        };
        return choose(operation, request, request.partial() ? "1" : "0", choice);
    }

    /** Changes what an active hold has; nothing changes if the new places can't be had. The expiry stays. */
    public Future<HoldOutcome> swap(HoldRequest request, Choice choice) {
        return choose(Operation.SWAP_HOLD, request, choice.mode(), choice);
    }

    /**
     * Takes seats or places in an area for a booking that had let its own go, also when the sale is over: all or nothing,
     * within the fan's limit. The hold is like any other from then on.
     */
    public Future<HoldOutcome> retake(HoldRequest request, Choice choice) {
        return choose(Operation.RETAKE, request, choice.mode(), choice);
    }

    /** Takes places because the box office says so: whatever the sale window, presales and limits are. */
    public Future<HoldOutcome> override(HoldRequest request, Choice choice) {
        return choose(Operation.OVERRIDE_HOLD, request, choice.mode(), choice);
    }

    private Future<HoldOutcome> choose(Operation operation, HoldRequest request, String how, Choice choice) {
        var rights = request.rights();
        var arguments = Texts.of(
                        request.holdId(),
                        request.account(),
                        request.body(),
                        request.priceVersion(),
                        how,
                        rights.fan(),
                        rights.text())
                .and(choice.arguments());
        return ledger.runSettled(operation, request.holdId().eventId(), request.trace(), arguments)
                .map(reply -> LedgerReplies.hold(request.holdId(), reply));
    }

    /** Gives a hold back. */
    public Future<ReleaseOutcome> release(HoldId holdId, String account, @Nullable String trace) {
        return ledger.run(Operation.RELEASE_HOLD, holdId.eventId(), trace, List.of(holdId.value(), account))
                .map(reply -> LedgerReplies.release(holdId, reply));
    }

    /** Undoes an active hold as if it had never been: the same request is answered anew. */
    public Future<Void> withdraw(HoldId holdId, String account) {
        return ledger.run(Operation.WITHDRAW_HOLD, holdId.eventId(), null, List.of(holdId.value(), account))
                .mapEmpty();
    }

    /** The hold as it is now, also for an hour after it ended; empty if there is none. */
    public Future<Optional<HoldRecord>> get(HoldId holdId) {
        return ledger.run(Operation.GET_HOLD, holdId.eventId(), null, List.of(holdId.value()))
                .map(reply -> LedgerReplies.word(reply).equals("HOLD")
                        ? Optional.of(LedgerReplies.record(holdId, reply))
                        : Optional.empty());
    }

    /** Starts the checkout of a hold: it lasts until its hard maximum. */
    public Future<ClaimOutcome> claim(HoldId holdId, String account, long fence, @Nullable String trace) {
        var arguments = Texts.of(holdId, account, fence);
        return ledger.run(Operation.CLAIM_HOLD, holdId.eventId(), trace, arguments.list())
                .map(reply -> LedgerReplies.claim(holdId, reply));
    }

    /** Lets an active hold run for another full time, within its hard maximum; empty if it is not active any more. */
    public Future<Optional<HoldRecord>> extend(HoldId holdId, String account, @Nullable String trace) {
        return ledger.run(Operation.EXTEND_HOLD, holdId.eventId(), trace, List.of(holdId.value(), account))
                .map(reply -> LedgerReplies.word(reply).equals("EXTENDED")
                        ? Optional.of(LedgerReplies.record(holdId, reply))
                        : Optional.empty());
    }

    /** Tells that PostgreSQL has reserved the places of a booking. */
    public Future<BookOutcome> reserve(BookedPlaces booked) {
        return book(Operation.RESERVE, booked);
    }

    /** Tells that PostgreSQL has sold the places of a booking. */
    public Future<BookOutcome> sell(BookedPlaces booked) {
        return book(Operation.SELL, booked);
    }

    /** Tells that a hold or booking has nothing any more. */
    public Future<BookOutcome> free(HoldId holdId, String account, @Nullable String trace) {
        return free(holdId, account, Places.NONE, trace);
    }

    /** Tells that a booking has only these places any more; in whatever order and however often it is told. */
    public Future<BookOutcome> free(HoldId holdId, String account, Places kept, @Nullable String trace) {
        var arguments = Texts.of(holdId, account, kept.seatText(), kept.areaText());
        return ledger.run(Operation.FREE, holdId.eventId(), trace, arguments.list())
                .map(reply -> LedgerReplies.book(holdId, reply));
    }

    private Future<BookOutcome> book(Operation operation, BookedPlaces booked) {
        var places = booked.places();
        var arguments = Texts.of(
                booked.holdId(),
                booked.account(),
                booked.fence(),
                booked.priceVersion(),
                places.seatText(),
                places.areaText());
        return ledger.run(operation, booked.holdId().eventId(), booked.trace(), arguments.list())
                .map(reply -> LedgerReplies.book(booked.holdId(), reply));
    }

    /** Takes free seats off sale, all or none; up to 1,000. */
    public Future<BlockOutcome> block(UUID eventId, Collection<Integer> ordinals, @Nullable String trace) {
        return ledger.runSettled(Operation.BLOCK, eventId, trace, ascending(ordinals))
                .map(LedgerReplies::block);
    }

    /** Puts blocked seats back on sale, up to 1,000. Answers those that were blocked. */
    public Future<List<Integer>> unblock(UUID eventId, Collection<Integer> ordinals, @Nullable String trace) {
        return ledger.run(Operation.UNBLOCK, eventId, trace, ascending(ordinals))
                .map(LedgerReplies::ordinals);
    }

    /** Puts an event on sale on these terms, or changes them. */
    public Future<Void> openWindow(UUID eventId, SaleTerms terms) {
        return ledger.run(Operation.OPEN_WINDOW, eventId, null, Texts.of(terms).list())
                .mapEmpty();
    }

    /** Ends the sale: no new holds. */
    public Future<Void> closeWindow(UUID eventId) {
        return ledger.run(Operation.CLOSE_WINDOW, eventId, null, List.of()).mapEmpty();
    }

    /** Tells which presales an event has that are not closed; an older version than the known one changes nothing. */
    public Future<Void> setPresales(UUID eventId, List<PresaleTerms> presales, long version) {
        return ledger.run(
                        Operation.SET_PRESALES,
                        eventId,
                        null,
                        List.of(PresaleTerms.pack(presales), Long.toString(version)))
                .mapEmpty();
    }

    /** Lets nobody hold with these presale codes any more, up to 1,000. */
    public Future<Void> revokeCodes(UUID eventId, List<Long> codes, @Nullable String trace) {
        return ledger.run(
                        Operation.REVOKE_CODES,
                        eventId,
                        trace,
                        codes.stream().map(String::valueOf).toList())
                .mapEmpty();
    }

    /** Undoes that a code let a fan in: PostgreSQL knows of another who has the use. */
    public Future<Void> withdrawEntry(UUID eventId, PresaleEntry entry) {
        var arguments = Texts.of(entry.presale(), entry.fan(), entry.code());
        return ledger.run(Operation.WITHDRAW_ENTRY, eventId, null, arguments.list())
                .mapEmpty();
    }

    /** How many places each presale has given that are held or booked, by its number; none of those that have given none. */
    public Future<Map<Integer, Integer>> takenInPresales(UUID eventId, List<Integer> numbers) {
        if (numbers.isEmpty()) {
            return Future.succeededFuture(Map.of());
        }
        var fields = numbers.stream().map(number -> "q:" + number);
        var key = InventoryKeys.of(eventId, ledger.shards()).presales();
        var arguments = Stream.concat(Stream.of(key), fields).toArray(String[]::new);
        return ledger.redis().send(Command.HMGET, arguments).map(reply -> {
            var taken = new HashMap<Integer, Integer>();
            for (int i = 0; reply != null && i < numbers.size(); i++) {
                if (reply.get(i) != null) {
                    taken.put(numbers.get(i), reply.get(i).toInteger());
                }
            }
            return taken;
        });
    }

    /** The whole inventory of an event; empty if Redis has not got it. */
    public Future<Optional<Snapshot>> snapshot(UUID eventId) {
        return Snapshot.read(ledger.redis(), InventoryKeys.of(eventId, ledger.shards()));
    }

    /** Ends and forgets holds that are due, a bounded number. */
    public Future<Sweep> sweepExpired(UUID eventId, int batch) {
        return ledger.run(Operation.SWEEP_EXPIRED, eventId, null, List.of(Integer.toString(batch)))
                .map(reply -> new Sweep(LedgerReplies.number(reply, 1), LedgerReplies.number(reply, 2) > 0));
    }

    /** Corrects seats ({@code ordinal:wrong:right}) and areas ({@code index:more sold:more blocked}). */
    Future<LedgerReplies.Repaired> repair(UUID eventId, List<String> seats, List<String> areas) {
        return ledger.run(
                        Operation.REPAIR_PLACES,
                        eventId,
                        null,
                        List.of(String.join(",", seats), String.join(",", areas)))
                .map(LedgerReplies::repaired);
    }

    private static List<String> ascending(Collection<Integer> ordinals) {
        return ordinals.stream().sorted().distinct().map(String::valueOf).toList();
    }
}
