package dev.onsale.payment.movement;

import dev.onsale.payment.provider.ProviderPage.Found;
import dev.onsale.payment.provider.ProviderView;
import dev.onsale.runtime.sql.Database;
import dev.onsale.runtime.sql.Sql;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** What a sweep reads and stores. */
final class SweepStore {
    private static final Sql BEGIN = Sql.load(SweepStore.class, "sweep-begin.sql");
    private static final Sql NEXT = Sql.load(SweepStore.class, "sweep-next.sql");
    private static final Sql DONE = Sql.load(SweepStore.class, "sweep-done.sql");
    private static final Sql BY_ID = Sql.load(SweepStore.class, "payments-by-id.sql");
    private static final Sql WITH_MONEY = Sql.load(SweepStore.class, "payments-with-money.sql");
    private static final Sql INSERT_PAYMENT = Sql.load(SweepStore.class, "insert-payment.sql");
    private static final int BATCH = 500;

    private final Database database;
    private final String provider;

    SweepStore(Database database, String provider) {
        this.database = database;
        this.provider = provider;
    }

    /** A stretch of time, by the clock of PostgreSQL. */
    record Slice(OffsetDateTime since, OffsetDateTime until) {
        boolean empty() {
            return !since.isBefore(until);
        }
    }

    Future<Void> begin() {
        return database.run(BEGIN, Tuple.of(provider)).mapEmpty();
    }

    Future<Slice> next(SweepConfig config) {
        Tuple values = Tuple.of(provider, (double) config.slice().toMillis(), (double)
                config.settle().toMillis());
        return database.run(NEXT, values).map(rows -> {
            Row row = rows.iterator().next();
            return new Slice(row.getOffsetDateTime("since"), row.getOffsetDateTime("until"));
        });
    }

    /** Notes that the slice was compared, unless somebody set the place back meanwhile. */
    Future<Void> done(Slice slice) {
        return database.run(DONE, Tuple.of(provider, slice.since(), slice.until()))
                .mapEmpty();
    }

    Future<Map<UUID, Payment>> ours(List<Found> found) {
        UUID[] ids = found.stream().map(Found::payment).toArray(UUID[]::new);
        return database.run(BY_ID, Tuple.tuple().addArrayOfUUID(ids))
                .map(rows -> payments(rows).stream().collect(Collectors.toMap(Payment::id, each -> each)));
    }

    /** Ours of a slice with money at the provider, behind the last of those before. */
    Future<List<Payment>> withMoney(Slice slice, Payment last) {
        OffsetDateTime behind = last.createdAt().atOffset(ZoneOffset.UTC);
        return database.run(WITH_MONEY, Tuple.of(provider, slice.since(), slice.until(), behind, last.id(), BATCH))
                .map(SweepStore::payments);
    }

    private static List<Payment> payments(RowSet<Row> rows) {
        List<Payment> payments = new ArrayList<>(rows.size());
        rows.forEach(row -> payments.add(Rows.payment(row)));
        return payments;
    }

    Future<Sightings.Effect> see(UUID payment, ProviderView view) {
        return database.txRetrying(tx -> Sightings.see(tx, provider, payment, view));
    }

    /** Makes a payment of ours of one that only the provider has; empty: it is there by now. */
    Future<Optional<Payment>> adopt(Payment stray) {
        return database.txRetrying(tx -> INSERT_PAYMENT
                .run(tx, newRow(stray))
                .compose(made -> made.size() == 0
                        ? Future.succeededFuture(Optional.empty())
                        : MovementStore.save(tx, stray).map(Optional::of)));
    }

    private static Tuple newRow(Payment stray) {
        return Tuple.tuple()
                .addUUID(stray.id())
                .addUUID(stray.booking())
                .addLong(stray.amount())
                .addString(stray.currency())
                .addString(stray.token())
                .addString(stray.standing().word())
                .addUUID(stray.openMovement())
                .addString(stray.provider())
                .addDouble(0.0);
    }

    /** Stores that a payment we thought closed has money reserved. */
    Future<Payment> reopen(Payment payment) {
        return database.txRetrying(tx -> MovementStore.save(tx, payment));
    }
}
