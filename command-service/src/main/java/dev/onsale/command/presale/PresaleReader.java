package dev.onsale.command.presale;

import dev.onsale.proto.presale.v1.GetPresaleRequest;
import dev.onsale.proto.presale.v1.GetPresaleResponse;
import dev.onsale.proto.presale.v1.ListPresalesRequest;
import dev.onsale.proto.presale.v1.ListPresalesResponse;
import dev.onsale.proto.presale.v1.Presale;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.rpc.Call;
import dev.onsale.runtime.sql.Database;
import dev.onsale.runtime.sql.Sql;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Reads presales for operators: what is sold from PostgreSQL, what is held from Redis. */
final class PresaleReader {
    private static final Sql READ = Sql.load(PresaleReader.class, "read-presales.sql");

    private final Database database;
    private final Presales presales;

    PresaleReader(Database database, Presales presales) {
        this.database = database;
        this.presales = presales;
    }

    Future<GetPresaleResponse> get(Call call, GetPresaleRequest request) {
        return read(Tuple.tuple().addUUID(null).addUUID(UUID.fromString(request.getPresaleId())))
                .compose(found -> found.isEmpty()
                        ? Refusal.notFound("presale").future()
                        : Future.succeededFuture(GetPresaleResponse.newBuilder()
                                .setPresale(found.getFirst())
                                .build()));
    }

    Future<ListPresalesResponse> list(Call call, ListPresalesRequest request) {
        return read(Tuple.tuple().addUUID(UUID.fromString(request.getEventId())).addUUID(null))
                .map(found ->
                        ListPresalesResponse.newBuilder().addAllPresales(found).build());
    }

    private Future<List<Presale>> read(Tuple which) {
        return database.run(READ, which)
                .compose(rows -> rows.size() == 0 ? Future.succeededFuture(List.of()) : withHeld(rows));
    }

    private Future<List<Presale>> withHeld(RowSet<Row> rows) {
        List<Integer> numbers = new ArrayList<>();
        rows.forEach(row -> numbers.add(row.getInteger("number")));
        UUID eventId = rows.iterator().next().getUUID("event_id");
        return presales.taken(eventId, numbers).map(taken -> {
            List<Presale> found = new ArrayList<>();
            rows.forEach(
                    row -> found.add(PresaleRow.withStatistics(row, taken.getOrDefault(row.getInteger("number"), 0))));
            return found;
        });
    }
}
