package dev.onsale.payment.movement;

import dev.onsale.payment.movement.Movement.Result;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Reads payments and movements from rows. */
final class Rows {
    private Rows() {}

    static <T> Optional<T> first(RowSet<Row> rows, Function<Row, T> read) {
        var all = rows.iterator();
        return all.hasNext() ? Optional.of(read.apply(all.next())) : Optional.empty();
    }

    static Payment payment(Row row) {
        return new Payment(
                row.getUUID("id"),
                row.getUUID("booking_id"),
                row.getLong("amount"),
                row.getString("currency"),
                row.getString("payment_token"),
                standing(row),
                row.getUUID("open_movement"),
                row.getLong("captured"),
                row.getLong("refunded"),
                row.getString("provider"),
                row.getString("provider_reference"),
                row.getString("decline_code"),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getLong("version"));
    }

    static Standing standing(Row row) {
        return Standing.valueOf(row.getString("standing").toUpperCase(Locale.ROOT));
    }

    static Movement movement(Row row) {
        return new Movement(
                row.getUUID("id"),
                row.getUUID("payment_id"),
                Verb.of(row.getString("verb")),
                row.getLong("amount"),
                row.getInteger("key_number"),
                Result.valueOf(row.getString("result").toUpperCase(Locale.ROOT)));
    }
}
