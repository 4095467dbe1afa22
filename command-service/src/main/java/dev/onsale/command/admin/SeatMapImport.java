package dev.onsale.command.admin;

import dev.onsale.command.audit.CommandAudit;
import dev.onsale.command.catalog.seatmap.SeatMap;
import dev.onsale.command.catalog.seatmap.SeatMapFault;
import dev.onsale.command.catalog.seatmap.SeatMapParse;
import dev.onsale.command.catalog.seatmap.SeatMapReader;
import dev.onsale.command.catalog.seatmap.SeatMapWriter;
import dev.onsale.proto.catalog.v1.ImportSeatMapRequest;
import dev.onsale.proto.catalog.v1.ImportSeatMapResponse;
import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.runtime.audit.Act;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.idempotency.Idempotency;
import dev.onsale.runtime.idempotency.RequestKey;
import dev.onsale.runtime.rpc.Call;
import dev.onsale.runtime.rpc.RequestCollector;
import dev.onsale.runtime.sql.Sql;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;

/** Takes seat maps in chunks, checks them whole, and stores them as the next version of their name. */
final class SeatMapImport {
    private static final Sql LOCK_VENUE = Sql.load(SeatMapImport.class, "lock-venue.sql");
    private static final Sql INSERT_SEAT_MAP = Sql.load(SeatMapImport.class, "insert-seat-map.sql");
    private static final int AT_ONCE = 4;
    private static final int FAULT_CHARACTERS = 3_500;

    private final Vertx vertx;
    private final Idempotency idempotency;
    private final Semaphore room = new Semaphore(AT_ONCE);

    SeatMapImport(Vertx vertx, Idempotency idempotency) {
        this.vertx = vertx;
        this.idempotency = idempotency;
    }

    RequestCollector<ImportSeatMapRequest, ImportSeatMapResponse> open(Call call) {
        return new SeatMapUpload(room, upload -> store(call, upload));
    }

    private Future<ImportSeatMapResponse> store(Call call, SeatMapUpload.Whole upload) {
        return vertx.executeBlocking(() -> SeatMapReader.read(upload.json().toByteArray()), false)
                .compose(parse -> switch (parse) {
                    case SeatMapParse.Good good -> store(call, upload, good.map());
                    case SeatMapParse.Bad bad -> refusal(bad.faults()).future();
                });
    }

    private Future<ImportSeatMapResponse> store(Call call, SeatMapUpload.Whole upload, SeatMap map) {
        RequestKey key = RequestKey.of(call, upload.header().getRequestId());
        return idempotency.once(
                key,
                upload.requestHash(),
                ImportSeatMapResponse.parser(),
                connection -> insert(connection, upload, map)
                        .compose(answer -> CommandAudit.ADMIN.note(connection, act(call, answer), answer)));
    }

    private static Act act(Call call, ImportSeatMapResponse answer) {
        var map = answer.getSeatMap();
        return Act.by(call, "seat-map", map.getSeatMapId())
                .with("venue_id", map.getVenueId())
                .with("name", map.getName())
                .with("version", map.getVersion())
                .with("seats", map.getSeatCount())
                .with("area_places", map.getAreaCapacity())
                .with("content_hash", map.getContentHash());
    }

    private Future<ImportSeatMapResponse> insert(SqlConnection connection, SeatMapUpload.Whole upload, SeatMap map) {
        UUID venue = UUID.fromString(upload.header().getVenueId());
        Tuple values = Tuple.tuple()
                .addUUID(venue)
                .addString(upload.header().getName())
                .addString(SeatMapWriter.write(map).encode())
                .addString(upload.contentHash())
                .addInteger(map.seatCount())
                .addInteger(map.areaCapacity());
        return LOCK_VENUE
                .run(connection, Tuple.of(venue))
                .compose(rows -> rows.size() == 1
                        ? INSERT_SEAT_MAP.run(connection, values)
                        : Refusal.notFound("venue").future())
                .map(rows -> answer(upload, map, rows.iterator().next()));
    }

    private static ImportSeatMapResponse answer(SeatMapUpload.Whole upload, SeatMap map, Row row) {
        return ImportSeatMapResponse.newBuilder()
                .setSeatMap(dev.onsale.proto.catalog.v1.SeatMap.newBuilder()
                        .setSeatMapId(row.getUUID("id").toString())
                        .setVenueId(upload.header().getVenueId())
                        .setName(upload.header().getName())
                        .setVersion(row.getInteger("version"))
                        .setSeatCount(map.seatCount())
                        .setAreaCapacity(map.areaCapacity())
                        .setContentHash(upload.contentHash())
                        .addAllSections(map.sections().stream()
                                .map(SeatMap.Section::code)
                                .toList())
                        .addAllAreas(
                                map.areas().stream().map(SeatMap.Area::code).toList()))
                .build();
    }

    /** As many faults as fit into the trailers of a call; metadata {@code faults} says how many there are. */
    private static Refusal refusal(List<SeatMapFault> faults) {
        Refusal refusal = Refusal.of(ErrorReason.ERROR_REASON_SEAT_MAP_INVALID, "The seat map has faults")
                .with("faults", faults.size());
        int characters = 0;
        for (SeatMapFault fault : faults) {
            characters += fault.path().length() + fault.description().length() + 8;
            if (characters > FAULT_CHARACTERS) {
                break;
            }
            refusal = refusal.field(fault.path(), fault.description());
        }
        return refusal;
    }
}
