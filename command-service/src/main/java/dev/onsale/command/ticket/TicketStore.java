package dev.onsale.command.ticket;

import dev.onsale.command.outbox.Outbox;
import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.runtime.change.RecordChange;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.sql.Database;
import dev.onsale.runtime.sql.Sql;
import dev.onsale.runtime.sql.SqlState;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The rows of the tickets. Expected "no"s are {@link Refusal}s. */
public final class TicketStore {
    private static final Sql ISSUE = Sql.load(TicketStore.class, "issue.sql");
    private static final Sql VOID = Sql.load(TicketStore.class, "void_tickets.sql");
    private static final Sql LOCK = Sql.load(TicketStore.class, "lock_tickets.sql");
    private static final Sql CHECK_IN = Sql.load(TicketStore.class, "check_in.sql");
    private static final Sql READ = Sql.load(TicketStore.class, "read.sql");

    private final Database database;
    private final Outbox outbox;

    /** Tickets in this database, with their changes in this outbox. */
    public TicketStore(Database database, Outbox outbox) {
        this.database = database;
        this.outbox = outbox;
    }

    private Future<Void> note(SqlConnection tx, UUID eventId, UUID ticketId, long version) {
        return outbox.write(tx, RecordChange.Kind.TICKET, eventId, ticketId, version);
    }

    /** Issues a ticket for every item of a booking that has none, inside the caller's transaction. */
    public Future<Void> issue(SqlConnection tx, UUID bookingId, int items) {
        String[] references =
                IntStream.range(0, items).mapToObj(item -> References.ticket()).toArray(String[]::new);
        return ISSUE.run(tx, Tuple.tuple().addUUID(bookingId).addArrayOfString(references))
                .mapEmpty();
    }

    /**
     * Makes the tickets of some items of a booking void, inside the caller's transaction. Refuses with BOOKING_STATE if one
     * was used.
     */
    public Future<Void> voidUnused(SqlConnection tx, UUID bookingId, Short[] items) {
        return LOCK.run(tx, Tuple.tuple().addUUID(bookingId).addArrayOfShort(items))
                .compose(rows -> {
                    for (Row row : rows) {
                        if (!row.getString("status").equals("valid")) {
                            return Refusal.of(
                                            ErrorReason.ERROR_REASON_BOOKING_STATE,
                                            "A ticket of the booking has been used")
                                    .future();
                        }
                    }
                    return voidTickets(tx, bookingId, items);
                });
    }

    /** Makes the tickets of some items of a booking void that have not been used, inside the caller's transaction. */
    public Future<Void> voidTickets(SqlConnection tx, UUID bookingId, Short[] items) {
        return VOID.run(tx, Tuple.tuple().addUUID(bookingId).addArrayOfShort(items))
                .compose(rows -> {
                    List<Future<Void>> changes = new ArrayList<>();
                    rows.forEach(row ->
                            changes.add(note(tx, row.getUUID("event_id"), row.getUUID("id"), row.getLong("version"))));
                    return Future.all(changes).mapEmpty();
                });
    }

    /** One ticket; RESOURCE_NOT_FOUND if there is none. */
    Future<TicketDetail> read(UUID ticketId) {
        return database.run(READ, Tuple.tuple().addUUID(ticketId).addUUID(null)).map(rows -> {
            if (rows.size() == 0) {
                throw Refusal.notFound("ticket");
            }
            return TicketRows.detail(rows.iterator().next());
        });
    }

    /** The tickets of a booking that are not void, in the order of its items; all of them if all are void. */
    public Future<List<TicketDetail>> ofBooking(UUID bookingId) {
        return database.run(READ, Tuple.tuple().addUUID(null).addUUID(bookingId))
                .map(rows -> {
                    List<TicketDetail> all = new ArrayList<>();
                    rows.forEach(row -> all.add(TicketRows.detail(row)));
                    return all;
                });
    }

    /**
     * Lets a ticket in, once. The same scanner and request again gets the same answer.
     *
     * <p>Refuses with RESOURCE_NOT_FOUND (none, or of another event), TICKET_VOID, TICKET_USED, REQUEST_ID_REUSED.
     *
     * @param request the scanner's account and request id
     */
    Future<TicketDetail> checkIn(UUID ticketId, UUID eventId, String request, String gate) {
        return database.tx(tx -> CHECK_IN.run(tx, Tuple.of(ticketId, eventId, request, gate))
                        .compose(rows -> rows.size() == 0
                                ? Future.succeededFuture()
                                : note(
                                        tx,
                                        eventId,
                                        ticketId,
                                        rows.iterator().next().getLong("version")))
                        .compose(written ->
                                READ.run(tx, Tuple.tuple().addUUID(ticketId).addUUID(null)))
                        .map(rows -> checkedIn(
                                rows.size() == 0 ? null : rows.iterator().next(), eventId, request)))
                .recover(failure -> SqlState.is(failure, SqlState.UNIQUE_VIOLATION)
                        ? Refusal.of(
                                        ErrorReason.ERROR_REASON_REQUEST_ID_REUSED,
                                        "The request id checked in another ticket")
                                .future()
                        : Future.failedFuture(failure));
    }

    private static TicketDetail checkedIn(@Nullable Row row, UUID eventId, String request) {
        if (row == null || !row.getUUID("event_id").equals(eventId)) {
            throw Refusal.notFound("ticket");
        }
        TicketDetail ticket = TicketRows.detail(row);
        if (ticket.status().equals("void")) {
            throw Refusal.of(ErrorReason.ERROR_REASON_TICKET_VOID, "The ticket was cancelled or replaced");
        }
        if (!request.equals(row.getString("check_in_request"))) {
            throw Refusal.of(ErrorReason.ERROR_REASON_TICKET_USED, "The ticket has been used")
                    .with("check_in_time", String.valueOf(ticket.checkedInAt()))
                    .with("gate", String.valueOf(ticket.gate()));
        }
        return ticket;
    }
}
