package dev.onsale.command.presale;

import com.google.protobuf.Timestamp;
import dev.onsale.command.audit.CommandAudit;
import dev.onsale.command.catalog.EventCatalog;
import dev.onsale.command.catalog.EventDetail;
import dev.onsale.proto.presale.v1.ClosePresaleRequest;
import dev.onsale.proto.presale.v1.ClosePresaleResponse;
import dev.onsale.proto.presale.v1.CreatePresaleRequest;
import dev.onsale.proto.presale.v1.CreatePresaleResponse;
import dev.onsale.proto.presale.v1.PresaleAccess;
import dev.onsale.proto.presale.v1.UpdatePresaleRequest;
import dev.onsale.proto.presale.v1.UpdatePresaleResponse;
import dev.onsale.runtime.audit.Act;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.idempotency.Idempotency;
import dev.onsale.runtime.idempotency.RequestKey;
import dev.onsale.runtime.rpc.Call;
import dev.onsale.runtime.sql.Sql;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Adds, changes and closes presales. PostgreSQL first; then Redis is told, also when the call is a repeat. */
final class PresaleDesk {
    private static final Sql LOCK_EVENT = Sql.load(PresaleDesk.class, "lock-event.sql");
    private static final Sql INSERT = Sql.load(PresaleDesk.class, "insert-presale.sql");
    private static final Sql UPDATE = Sql.load(PresaleDesk.class, "update-presale.sql");
    private static final Sql CLOSE = Sql.load(PresaleDesk.class, "close-presale.sql");
    private static final int MOST_PRESALES = 20;

    private final EventCatalog catalog;
    private final Idempotency idempotency;
    private final Presales presales;

    PresaleDesk(EventCatalog catalog, Idempotency idempotency, Presales presales) {
        this.catalog = catalog;
        this.idempotency = idempotency;
        this.presales = presales;
    }

    Future<CreatePresaleResponse> create(Call call, CreatePresaleRequest request) {
        UUID eventId = UUID.fromString(request.getEventId());
        return catalog.event(eventId)
                .compose(event -> idempotency.once(
                        RequestKey.of(call, request.getRequestId()),
                        request,
                        CreatePresaleResponse.parser(),
                        tx -> LOCK_EVENT
                                .run(tx, Tuple.of(eventId))
                                .compose(rows -> create(tx, event, request, rows))
                                .compose(answer -> CommandAudit.ADMIN.note(
                                        tx,
                                        Act.by(
                                                        call,
                                                        "presale",
                                                        answer.getPresale().getPresaleId())
                                                .about(eventId)
                                                .asked(request),
                                        answer))))
                .compose(answer -> presales.tell(eventId).map(answer));
    }

    private static Future<CreatePresaleResponse> create(
            SqlConnection tx, EventDetail event, CreatePresaleRequest request, RowSet<Row> rows) {
        Row locked = rows.iterator().next();
        if (locked.getString("status").equals("cancelled")) {
            return Presales.state("The event is cancelled", "CANCELLED").future();
        }
        if (locked.getLong("presales") >= MOST_PRESALES) {
            return Presales.state("The event has " + MOST_PRESALES + " presales", "FULL")
                    .future();
        }
        Times times = Times.of(request.getStartTime(), request.getEndTime());
        times.check(locked.getOffsetDateTime("sale_start").toInstant());
        Opening opening = Opening.of(event, request.getPriceTiersList(), request.getSectionsList());
        Tuple values = Tuple.of(
                        event.eventId(), request.getName(), times.start(), times.end(), column(request.getAccess()))
                .addArrayOfString(request.getPriceTiersList().toArray(String[]::new))
                .addArrayOfString(request.getSectionsList().toArray(String[]::new))
                .addString(opening.ranges())
                .addString(opening.areas())
                .addInteger(orNull(request.getQuota()))
                .addInteger(orNull(request.getFanLimit()));
        return INSERT.run(tx, values)
                .map(PresaleDesk::row)
                .compose(presale -> Presales.changed(tx, event.eventId())
                        .map(done -> CreatePresaleResponse.newBuilder()
                                .setPresale(presale.forOperators())
                                .build()));
    }

    Future<UpdatePresaleResponse> update(Call call, UpdatePresaleRequest request) {
        return idempotency
                .once(
                        RequestKey.of(call, request.getRequestId()),
                        request,
                        UpdatePresaleResponse.parser(),
                        tx -> Presales.lockOpen(tx, request.getPresaleId())
                                .compose(locked -> update(tx, request, locked)
                                        .compose(answer -> CommandAudit.ADMIN.note(
                                                tx,
                                                Presales.act(call, locked.presale())
                                                        .asked(request),
                                                answer))))
                .compose(answer -> presales.tell(
                                UUID.fromString(answer.getPresale().getEventId()))
                        .map(answer));
    }

    private static Future<UpdatePresaleResponse> update(
            SqlConnection tx, UpdatePresaleRequest request, Presales.Locked locked) {
        Times times = Times.of(request.getStartTime(), request.getEndTime());
        times.check(locked.saleStart());
        Tuple values = Tuple.of(locked.presale().id(), request.getName(), times.start(), times.end())
                .addInteger(orNull(request.getQuota()))
                .addInteger(orNull(request.getFanLimit()));
        return UPDATE.run(tx, values)
                .map(PresaleDesk::row)
                .compose(presale -> Presales.changed(tx, presale.eventId())
                        .map(done -> UpdatePresaleResponse.newBuilder()
                                .setPresale(presale.forOperators())
                                .build()));
    }

    Future<ClosePresaleResponse> close(Call call, ClosePresaleRequest request) {
        return idempotency
                .once(
                        RequestKey.of(call, request.getRequestId()),
                        request,
                        ClosePresaleResponse.parser(),
                        tx -> Presales.lock(tx, request.getPresaleId())
                                .compose(locked ->
                                        CLOSE.run(tx, Tuple.of(locked.presale().id())))
                                .map(PresaleDesk::row)
                                .compose(presale -> Presales.changed(tx, presale.eventId())
                                        .compose(done -> CommandAudit.ADMIN.note(
                                                tx,
                                                Presales.act(call, presale).asked(request),
                                                ClosePresaleResponse.newBuilder()
                                                        .setPresale(presale.forOperators())
                                                        .build()))))
                .compose(answer -> presales.tell(
                                UUID.fromString(answer.getPresale().getEventId()))
                        .map(answer));
    }

    private static PresaleRow row(RowSet<Row> rows) {
        return PresaleRow.of(rows.iterator().next());
    }

    private static String column(PresaleAccess access) {
        return access.name().substring("PRESALE_ACCESS_".length()).toLowerCase(Locale.ROOT);
    }

    private static @Nullable Integer orNull(int number) {
        return number == 0 ? null : number;
    }

    /** When a presale is open, to the millisecond: so the scripts know it. */
    private record Times(OffsetDateTime start, OffsetDateTime end) {

        static Times of(Timestamp start, Timestamp end) {
            return new Times(time(start), time(end));
        }

        private static OffsetDateTime time(Timestamp time) {
            return Instant.ofEpochSecond(time.getSeconds(), time.getNanos())
                    .truncatedTo(ChronoUnit.MILLIS)
                    .atOffset(ZoneOffset.UTC);
        }

        /** Throws INVALID_FIELD. */
        void check(Instant saleStart) {
            if (!end.isAfter(start)) {
                throw Refusal.invalid("end_time", "must be after start_time");
            }
            if (end.toInstant().isAfter(saleStart)) {
                throw Refusal.invalid("end_time", "must not be after the start of the general sale");
            }
        }
    }
}
