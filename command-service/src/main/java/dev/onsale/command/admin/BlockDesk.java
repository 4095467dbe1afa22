package dev.onsale.command.admin;

import dev.onsale.command.audit.CommandAudit;
import dev.onsale.command.catalog.EventCatalog;
import dev.onsale.command.catalog.EventDetail;
import dev.onsale.proto.catalog.v1.BlockSeatsRequest;
import dev.onsale.proto.catalog.v1.BlockSeatsResponse;
import dev.onsale.proto.catalog.v1.EventState;
import dev.onsale.proto.catalog.v1.UnblockSeatsRequest;
import dev.onsale.proto.catalog.v1.UnblockSeatsResponse;
import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.runtime.audit.Act;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.idempotency.Idempotency;
import dev.onsale.runtime.idempotency.RequestKey;
import dev.onsale.runtime.rpc.Call;
import dev.onsale.runtime.sql.Sql;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Takes seats off sale and puts them back. The inventory is asked inside the transaction, with the seat rows locked: it says
 * no before anything is committed, and a crash before the commit is mended by the caller's repeat.
 */
final class BlockDesk {
    private static final Sql LOCK_SEATS = Sql.load(BlockDesk.class, "lock-seats.sql");
    private static final Sql BLOCK_SEATS = Sql.load(BlockDesk.class, "block-seats.sql");
    private static final Sql UNBLOCK_SEATS = Sql.load(BlockDesk.class, "unblock-seats.sql");
    private static final Set<EventState> CANCELLED = Set.of(EventState.EVENT_STATE_CANCELLED);
    private static final int NAMED_SEATS = 50;

    private final EventCatalog catalog;
    private final Idempotency idempotency;
    private final EventChanges changes;
    private final SaleInventory inventory;

    BlockDesk(EventCatalog catalog, Idempotency idempotency, EventChanges changes, SaleInventory inventory) {
        this.catalog = catalog;
        this.idempotency = idempotency;
        this.changes = changes;
        this.inventory = inventory;
    }

    Future<BlockSeatsResponse> block(Call call, BlockSeatsRequest request) {
        UUID eventId = UUID.fromString(request.getEventId());
        RequestKey key = RequestKey.of(call, request.getRequestId());
        return catalog.event(eventId)
                .compose(event -> ordinals(event, request.getSeatIdsList())
                        .compose(ordinals -> idempotency.once(
                                key,
                                request,
                                BlockSeatsResponse.parser(),
                                connection -> block(connection, event, ordinals, request.getReason(), call)
                                        .compose(answer -> CommandAudit.ADMIN.note(
                                                connection,
                                                Act.byToEvent(call, eventId)
                                                        .because(request.getReason())
                                                        .asked(request, "reason")
                                                        .with("blocked", answer.getBlocked()),
                                                answer)))))
                .onSuccess(done -> catalog.invalidate(eventId));
    }

    private Future<BlockSeatsResponse> block(
            SqlConnection connection, EventDetail event, List<Integer> ordinals, String reason, Call call) {
        return lock(connection, event, ordinals, "available", "blocked").compose(locked -> {
            Tuple values = Tuple.of(event.eventId())
                    .addArrayOfInteger(locked.seats().toArray(Integer[]::new))
                    .addString(reason);
            return BLOCK_SEATS
                    .run(connection, values)
                    .compose(done -> changes.changed(connection, event.eventId(), call))
                    .compose(done -> locked.loaded()
                            ? inventory.block(call, event, ordinals)
                            : Future.succeededFuture(List.<Integer>of()))
                    .compose(taken -> taken.isEmpty()
                            ? Future.<Void>succeededFuture()
                            : taken(event, taken).future())
                    .map(done -> BlockSeatsResponse.newBuilder()
                            .setBlocked(locked.seats().size())
                            .build());
        });
    }

    Future<UnblockSeatsResponse> unblock(Call call, UnblockSeatsRequest request) {
        UUID eventId = UUID.fromString(request.getEventId());
        RequestKey key = RequestKey.of(call, request.getRequestId());
        return catalog.event(eventId)
                .compose(event -> ordinals(event, request.getSeatIdsList())
                        .compose(ordinals -> idempotency.once(
                                key,
                                request,
                                UnblockSeatsResponse.parser(),
                                connection -> unblock(connection, event, ordinals, call)
                                        .compose(answer -> CommandAudit.ADMIN.note(
                                                connection,
                                                Act.byToEvent(call, eventId)
                                                        .asked(request)
                                                        .with("unblocked", answer.getUnblocked()),
                                                answer)))))
                .onSuccess(done -> catalog.invalidate(eventId));
    }

    private Future<UnblockSeatsResponse> unblock(
            SqlConnection connection, EventDetail event, List<Integer> ordinals, Call call) {
        return lock(connection, event, ordinals, "blocked", "available", "held", "reserved", "sold")
                .compose(locked -> {
                    Tuple values = Tuple.of(event.eventId())
                            .addArrayOfInteger(locked.seats().toArray(Integer[]::new));
                    return UNBLOCK_SEATS
                            .run(connection, values)
                            .compose(done -> changes.changed(connection, event.eventId(), call))
                            .compose(done -> locked.loaded()
                                    ? inventory.unblock(call, event, locked.seats())
                                    : Future.<Void>succeededFuture())
                            .map(done -> UnblockSeatsResponse.newBuilder()
                                    .setUnblocked(locked.seats().size())
                                    .build());
                });
    }

    /**
     * The seats to change, locked.
     *
     * @param loaded whether the inventory knows the event
     * @param seats ordinals of the seats in the state to be changed
     */
    private record Locked(boolean loaded, List<Integer> seats) {}

    /** Locks the seats; fails with SEAT_TAKEN if one is neither in the state to be changed nor in one that may stay. */
    private Future<Locked> lock(
            SqlConnection connection, EventDetail event, List<Integer> ordinals, String from, String... mayStay) {
        Tuple values = Tuple.of(event.eventId()).addArrayOfInteger(ordinals.toArray(Integer[]::new));
        return changes.lock(connection, event.eventId())
                .compose(head -> head.unless(CANCELLED))
                .compose(head -> LOCK_SEATS.run(connection, values).compose(rows -> {
                    Map<Integer, String> states = new LinkedHashMap<>();
                    rows.forEach(row -> states.put(row.getInteger("ordinal"), row.getString("status")));
                    List<Integer> others = having(states, Set.of(mayStay), from);
                    return others.isEmpty()
                            ? Future.succeededFuture(new Locked(head.epoch() > 0, with(states, from)))
                            : taken(event, others).future();
                }));
    }

    private static List<Integer> with(Map<Integer, String> states, String state) {
        return states.keySet().stream().filter(o -> state.equals(states.get(o))).toList();
    }

    private static List<Integer> having(Map<Integer, String> states, Set<String> mayStay, String from) {
        return states.keySet().stream()
                .filter(o -> !from.equals(states.get(o)) && !mayStay.contains(states.get(o)))
                .toList();
    }

    private static Future<List<Integer>> ordinals(EventDetail event, List<String> seatIds) {
        List<Integer> ordinals = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        for (String seatId : seatIds) {
            OptionalInt ordinal = event.ordinal(seatId);
            if (ordinal.isPresent()) {
                ordinals.add(ordinal.getAsInt());
            } else {
                unknown.add(seatId);
            }
        }
        ordinals.sort(null);
        return unknown.isEmpty()
                ? Future.succeededFuture(ordinals)
                : Refusal.notFound("seat")
                        .with("seats", unknown.stream().limit(NAMED_SEATS).collect(Collectors.joining(",")))
                        .future();
    }

    private static Refusal taken(EventDetail event, List<Integer> ordinals) {
        String seats = ordinals.stream()
                .limit(NAMED_SEATS)
                .map(ordinal -> event.seat(ordinal).seatId())
                .collect(Collectors.joining(","));
        return Refusal.of(ErrorReason.ERROR_REASON_SEAT_TAKEN, "Some of the seats are held, reserved or sold")
                .with("seats", seats);
    }
}
