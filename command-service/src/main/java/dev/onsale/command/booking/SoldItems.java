package dev.onsale.command.booking;

import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.sql.Sql;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The items of a booking that got its tickets, in their order. */
final class SoldItems {
    private static final Sql SOLD_ITEMS = Sql.load(SoldItems.class, "sold_items.sql");

    private final List<SoldItem> items;

    private SoldItems(List<SoldItem> items) {
        this.items = items;
    }

    /**
     * One ticket's worth. Amounts in minor units.
     *
     * @param item which of the booking's items
     * @param price what was paid for it, by its quote
     * @param fee what of that was the fee
     * @param ticket its live ticket; null: it has none
     * @param used whether that was used
     * @param place {@code 112-F-7}, or the code of the area
     * @param voidTickets those it had before
     * @param givenBack whether a cancellation has taken it back
     */
    record SoldItem(
            short item,
            long price,
            long fee,
            @Nullable UUID ticket,
            boolean used,
            String place,
            Set<UUID> voidTickets,
            boolean givenBack) {

        boolean had(UUID wanted) {
            return wanted.equals(ticket) || voidTickets.contains(wanted);
        }

        /** Whether its ticket can be given back. */
        boolean left() {
            return ticket != null && !givenBack;
        }
    }

    /** Reads the items of a booking. */
    static Future<SoldItems> read(SqlClient client, UUID bookingId) {
        return SOLD_ITEMS.run(client, Tuple.of(bookingId)).map(rows -> {
            List<SoldItem> items = new ArrayList<>();
            rows.forEach(row -> items.add(item(row)));
            return new SoldItems(items);
        });
    }

    private static SoldItem item(Row row) {
        return new SoldItem(
                row.getShort("item_no"),
                row.getLong("price"),
                row.getLong("fee_minor"),
                row.getUUID("ticket"),
                row.getBoolean("used"),
                row.getString("place"),
                Set.of(row.getArrayOfUUIDs("void_tickets")),
                row.getBoolean("given_back"));
    }

    /** All that can be given back. */
    List<SoldItem> left() {
        return items.stream().filter(SoldItem::left).toList();
    }

    /**
     * The items of these tickets; of none: all that is left. Throws a refusal with RESOURCE_NOT_FOUND for a ticket of another
     * booking, TICKET_VOID for one that is void or was given back.
     */
    List<SoldItem> of(Set<UUID> tickets) {
        if (tickets.isEmpty()) {
            return left();
        }
        tickets.forEach(this::check);
        return left().stream()
                .filter(item -> item.ticket() != null && tickets.contains(item.ticket()))
                .toList();
    }

    private void check(UUID ticket) {
        SoldItem item = items.stream()
                .filter(each -> each.had(ticket))
                .findFirst()
                .orElseThrow(() -> Refusal.notFound("ticket"));
        if (!item.left() || !ticket.equals(item.ticket())) {
            throw Refusal.of(ErrorReason.ERROR_REASON_TICKET_VOID, "The ticket was given back or replaced")
                    .with("ticket_id", ticket);
        }
    }
}
