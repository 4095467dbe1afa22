package dev.onsale.command.ticket;

import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.sql.Database;
import dev.onsale.runtime.sql.Sql;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Moves tickets from one owner to another. Locks are taken in the order bookings, owner, tickets: a cancellation locks the
 * booking first, a check-in the ticket alone, a checkout its booking and then the owner, so none of them waits in a circle.
 */
final class TransferStore {
    private static final Sql LOCK_BOOKINGS = Sql.load(TransferStore.class, "lock_bookings.sql");
    private static final Sql LOCK_OWNER = Sql.load(TransferStore.class, "lock_owner.sql");
    private static final Sql LOCK_GIVEN = Sql.load(TransferStore.class, "lock_given.sql");
    private static final Sql OWNED = Sql.load(TransferStore.class, "owned.sql");
    private static final Sql INSERT = Sql.load(TransferStore.class, "insert_transfer.sql");
    private static final Sql VOID_GIVEN = Sql.load(TransferStore.class, "void_given.sql");
    private static final Sql ISSUE_GIVEN = Sql.load(TransferStore.class, "issue_given.sql");
    private static final Sql READ = Sql.load(TransferStore.class, "read_transfer.sql");
    private static final Sql TICKETS = Sql.load(TransferStore.class, "tickets_of_transfer.sql");
    private static final Sql CHAIN = Sql.load(TransferStore.class, "chain.sql");

    private final Database database;
    private final TicketStore tickets;
    private final int mostTransfers;

    /** @param mostTransfers how often a place can change hands */
    TransferStore(Database database, TicketStore tickets, int mostTransfers) {
        this.database = database;
        this.tickets = tickets;
        this.mostTransfers = mostTransfers;
    }

    /** Moves the tickets, all or none, inside the caller's transaction. Refuses as {@code TransferTicket} says. */
    Future<Transfer.Made> move(SqlConnection tx, Transfer transfer) {
        UUID[] given = transfer.tickets().toArray(UUID[]::new);
        return eventOf(tx, given)
                .compose(event -> LOCK_BOOKINGS
                        .run(tx, these(given))
                        .compose(kept -> LOCK_OWNER.run(tx, Tuple.of(transfer.to(), event)))
                        .compose(locked -> LOCK_GIVEN.run(tx, these(given)))
                        .compose(rows -> check(tx, transfer, rows))
                        .compose(allowed -> make(tx, transfer, event, given)));
    }

    private static Future<UUID> eventOf(SqlConnection tx, UUID[] given) {
        return TicketStore.read(tx, List.of(given[0])).map(found -> {
            if (found.isEmpty()) {
                throw Refusal.notFound("ticket");
            }
            return found.getFirst().event().eventId();
        });
    }

    private Future<Void> check(SqlConnection tx, Transfer transfer, RowSet<Row> rows) {
        List<GivenTicket> given = new ArrayList<>();
        rows.forEach(row -> given.add(GivenTicket.of(row)));
        if (given.size() != transfer.tickets().size()
                || given.stream().anyMatch(ticket -> !ticket.owner().equals(transfer.from()))) {
            return Refusal.notFound("ticket").future();
        }
        if (given.stream().map(GivenTicket::eventId).distinct().count() > 1) {
            return Refusal.invalid("ticket_ids", "must all be of one event").future();
        }
        given.forEach(ticket -> ticket.check(mostTransfers));
        GivenTicket any = given.getFirst();
        return OWNED.run(tx, Tuple.of(transfer.to(), any.eventId())).compose(owned -> {
            long places = owned.iterator().next().getLong("places") + given.size();
            return places > any.ticketLimit()
                    ? Refusal.of(
                                    ErrorReason.ERROR_REASON_TICKET_LIMIT_REACHED,
                                    "The recipient would own more tickets than the event allows")
                            .with("limit", any.ticketLimit())
                            .future()
                    : Future.succeededFuture();
        });
    }

    private Future<Transfer.Made> make(SqlConnection tx, Transfer transfer, UUID event, UUID[] given) {
        String[] references =
                transfer.tickets().stream().map(ticket -> References.ticket()).toArray(String[]::new);
        return INSERT.run(tx, Tuple.of(event, transfer.from(), transfer.to(), transfer.email()))
                .map(rows -> rows.iterator().next().getUUID("id"))
                .compose(id -> VOID_GIVEN
                        .run(tx, these(given))
                        .compose(gone -> note(tx, event, gone))
                        .compose(noted -> ISSUE_GIVEN.run(tx, issue(given, references, transfer.to(), id)))
                        .compose(made -> note(tx, event, made).map(noted -> made(id, event, made))));
    }

    private static Tuple issue(UUID[] given, String[] references, String owner, UUID transferId) {
        return Tuple.tuple()
                .addArrayOfUUID(given)
                .addArrayOfString(references)
                .addString(owner)
                .addUUID(transferId);
    }

    private static Transfer.Made made(UUID id, UUID event, RowSet<Row> made) {
        List<UUID> fresh = new ArrayList<>();
        made.forEach(row -> fresh.add(row.getUUID("id")));
        return new Transfer.Made(id, event, fresh);
    }

    private Future<Void> note(SqlConnection tx, UUID event, RowSet<Row> changed) {
        List<Future<Void>> notes = new ArrayList<>();
        changed.forEach(row -> notes.add(tickets.note(tx, event, row.getUUID("id"), row.getLong("version"))));
        return Future.all(notes).mapEmpty();
    }

    /** The new tickets of a transfer, in its order, inside the transaction that made it. */
    static Future<List<TicketDetail>> fresh(SqlConnection tx, Transfer.Made made) {
        return TicketStore.read(tx, made.tickets()).map(details -> {
            Map<UUID, TicketDetail> byId = new HashMap<>();
            details.forEach(detail -> byId.put(detail.ticketId(), detail));
            return made.tickets().stream().map(byId::get).toList();
        });
    }

    /** A transfer that was made, with its tickets as they are now. */
    Future<Transfer.Stored> read(UUID transferId) {
        return database.tx(tx -> READ.run(tx, Tuple.of(transferId)).compose(rows -> {
            if (rows.size() == 0) {
                return Refusal.notFound("transfer").future();
            }
            Row row = rows.iterator().next();
            return TICKETS.run(tx, Tuple.of(transferId)).compose(found -> {
                List<UUID> ids = new ArrayList<>();
                found.forEach(each -> ids.add(each.getUUID("id")));
                return TicketStore.read(tx, ids)
                        .map(details -> new Transfer.Stored(
                                row.getString("from_account"),
                                row.getString("to_account"),
                                row.getString("to_email"),
                                details));
            });
        }));
    }

    /** The tickets that a ticket's place has had, oldest first, as rows of {@code chain.sql}. */
    Future<RowSet<Row>> chain(UUID ticketId) {
        return database.run(CHAIN, Tuple.of(ticketId));
    }

    private static Tuple these(UUID[] tickets) {
        return Tuple.tuple().addArrayOfUUID(tickets);
    }
}
