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
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The rows of the tickets. Expected "no"s are {@link Refusal}s. */
public final class TicketStore {
    private static final Sql ISSUE = Sql.load(TicketStore.class, "issue.sql");
    private static final Sql VOID = Sql.load(TicketStore.class, "void_tickets.sql");
    private static final Sql LOCK = Sql.load(TicketStore.class, "lock_tickets.sql");
    private static final Sql CHECK_IN = Sql.load(TicketStore.class, "check_in.sql");
    private static final Sql READ = Sql.load(TicketStore.class, "read.sql");
    private static final Sql OWNED = Sql.load(TicketStore.class, "owned_tickets.sql");
    private static final Sql GIVEN_AWAY = Sql.load(TicketStore.class, "given_away.sql");
    private static final int MOST_OWNED = 100;

    private final Database database;
    private final Outbox outbox;

    /** Tickets in this database, with their changes in this outbox. */
    public TicketStore(Database database, Outbox outbox) {
        this.database = database;
        this.outbox = outbox;
    }

    Future<Void> note(SqlConnection tx, UUID eventId, UUID ticketId, long version) {
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

    /**
     * Refuses with TICKET_TRANSFERRED if live tickets of some items of a booking belong to others than its buyer, inside the
     * caller's transaction, which has locked the booking: nobody gives one away meanwhile.
     */
    public static Future<Void> refuseGivenAway(SqlConnection tx, UUID bookingId, Short[] items) {
        return GIVEN_AWAY
                .run(tx, Tuple.tuple().addUUID(bookingId).addArrayOfShort(items))
                .compose(rows -> {
                    String tickets = StreamSupport.stream(rows.spliterator(), false)
                            .map(row -> row.getUUID("id").toString())
                            .collect(Collectors.joining(","));
                    return tickets.isEmpty()
                            ? Future.succeededFuture()
                            : Refusal.of(
                                            ErrorReason.ERROR_REASON_TICKET_TRANSFERRED,
                                            "Tickets of the booking belong to another account by now")
                                    .with("tickets", tickets)
                                    .future();
                });
    }

    /** One ticket; RESOURCE_NOT_FOUND if there is none. */
    Future<TicketDetail> read(UUID ticketId) {
        return database.run(READ, these(ticketId)).map(rows -> {
            if (rows.size() == 0) {
                throw Refusal.notFound("ticket");
            }
            return TicketRows.detail(rows.iterator().next());
        });
    }

    /** These tickets, inside the caller's transaction. */
    static Future<List<TicketDetail>> read(SqlClient tx, List<UUID> tickets) {
        return READ.run(tx, these(tickets.toArray(UUID[]::new))).map(TicketStore::details);
    }

    /** All tickets a booking has had, in the order of its items, the newest of each last. */
    public Future<List<TicketDetail>> ofBooking(UUID bookingId) {
        return database.run(READ, Tuple.tuple().addArrayOfUUID(null).addUUID(bookingId))
                .map(TicketStore::details);
    }

    /** The tickets of an account for an event that are not void, newest first. */
    Future<List<TicketDetail>> ofOwner(String account, UUID eventId) {
        return database.run(OWNED, Tuple.of(account, eventId, MOST_OWNED)).compose(rows -> {
            UUID[] tickets = StreamSupport.stream(rows.spliterator(), false)
                    .map(row -> row.getUUID("id"))
                    .toArray(UUID[]::new);
            return database.run(READ, these(tickets)).map(read -> {
                List<TicketDetail> all = details(read);
                all.sort(
                        Comparator.comparingInt(ticket -> Arrays.asList(tickets).indexOf(ticket.ticketId())));
                return all;
            });
        });
    }

    private static Tuple these(UUID... tickets) {
        return Tuple.tuple().addArrayOfUUID(tickets).addUUID(null);
    }

    private static List<TicketDetail> details(Iterable<Row> rows) {
        List<TicketDetail> all = new ArrayList<>();
        rows.forEach(row -> all.add(TicketRows.detail(row)));
        return all;
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
                        .compose(written -> READ.run(tx, these(ticketId)))
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
        if (ticket.dead()) {
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
