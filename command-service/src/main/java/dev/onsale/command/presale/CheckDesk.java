package dev.onsale.command.presale;

import dev.onsale.command.catalog.EventCatalog;
import dev.onsale.proto.presale.v1.CheckPresaleCodeRequest;
import dev.onsale.proto.presale.v1.CheckPresaleCodeResponse;
import dev.onsale.runtime.rpc.Call;
import dev.onsale.runtime.sql.Database;
import dev.onsale.runtime.sql.Sql;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.UUID;

/** Tells fans what their code opens. Wrong codes are counted together with those of holds. */
final class CheckDesk {
    private static final Sql OF_CODE = Sql.load(CheckDesk.class, "of-code.sql");

    private final Database database;
    private final EventCatalog catalog;
    private final Pepper pepper;
    private final PresaleDoor door;

    CheckDesk(Database database, EventCatalog catalog, Pepper pepper, PresaleDoor door) {
        this.database = database;
        this.catalog = catalog;
        this.pepper = pepper;
        this.door = door;
    }

    Future<CheckPresaleCodeResponse> check(Call call, CheckPresaleCodeRequest request) {
        UUID eventId = UUID.fromString(request.getEventId());
        byte[] hash = pepper.code(eventId, CodeText.canonical(request.getPresaleCode()));
        return catalog.event(eventId)
                .compose(event -> door.known(call, eventId, hash))
                .compose(known -> known
                        ? database.run(OF_CODE, Tuple.of(eventId, pepper.fan(call.account()), Buffer.buffer(hash)))
                                .compose(CheckDesk::answer)
                        : PresaleDoor.invalid("invalid").future());
    }

    private static Future<CheckPresaleCodeResponse> answer(RowSet<Row> rows) {
        for (Row row : rows) {
            boolean admitted = row.getBoolean("admitted");
            return admitted || row.getBoolean("unused")
                    ? Future.succeededFuture(CheckPresaleCodeResponse.newBuilder()
                            .setPresale(PresaleRow.of(row).forFans())
                            .setAdmitted(admitted)
                            .setListed(row.getBoolean("listed"))
                            .build())
                    : PresaleDoor.invalid("used_up").future();
        }
        return PresaleDoor.invalid("invalid").future(); // Revoked since.
    }
}
