package dev.onsale.command.admin;

import dev.onsale.command.audit.CommandAudit;
import dev.onsale.proto.catalog.v1.CreateSeriesRequest;
import dev.onsale.proto.catalog.v1.CreateSeriesResponse;
import dev.onsale.proto.catalog.v1.Series;
import dev.onsale.proto.catalog.v1.SetEventSeriesRequest;
import dev.onsale.proto.catalog.v1.SetEventSeriesResponse;
import dev.onsale.runtime.audit.Act;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.idempotency.Idempotency;
import dev.onsale.runtime.idempotency.RequestKey;
import dev.onsale.runtime.rpc.Call;
import dev.onsale.runtime.sql.Sql;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.Optional;
import java.util.UUID;

/** Adds series, and puts events into them. */
final class SeriesDesk {
    private static final Sql INSERT_SERIES = Sql.load(SeriesDesk.class, "insert-series.sql");
    private static final Sql SERIES = Sql.load(SeriesDesk.class, "series.sql");
    private static final Sql SET_EVENT_SERIES = Sql.load(SeriesDesk.class, "set-event-series.sql");

    private final Idempotency idempotency;
    private final EventChanges changes;

    SeriesDesk(Idempotency idempotency, EventChanges changes) {
        this.idempotency = idempotency;
        this.changes = changes;
    }

    /** Fails with RESOURCE_NOT_FOUND if a series is named that does not exist. */
    static Future<Void> exists(SqlConnection connection, Optional<UUID> series) {
        return series.isEmpty()
                ? Future.succeededFuture()
                : SERIES.run(connection, Tuple.of(series.get()))
                        .compose(rows -> rows.size() == 1
                                ? Future.succeededFuture()
                                : Refusal.notFound("series").future());
    }

    Future<CreateSeriesResponse> create(Call call, CreateSeriesRequest request) {
        RequestKey key = RequestKey.of(call, request.getRequestId());
        return idempotency.once(
                key,
                request,
                CreateSeriesResponse.parser(),
                connection -> INSERT_SERIES
                        .run(connection, Tuple.of(request.getName(), request.getDescription()))
                        .map(rows -> CreateSeriesResponse.newBuilder()
                                .setSeries(Series.newBuilder()
                                        .setSeriesId(rows.iterator()
                                                .next()
                                                .getUUID("id")
                                                .toString())
                                        .setName(request.getName())
                                        .setDescription(request.getDescription()))
                                .build())
                        .compose(answer -> CommandAudit.ADMIN.note(
                                connection,
                                Act.by(call, "series", answer.getSeries().getSeriesId())
                                        .asked(request),
                                answer)));
    }

    Future<SetEventSeriesResponse> set(Call call, SetEventSeriesRequest request) {
        UUID eventId = UUID.fromString(request.getEventId());
        Optional<UUID> series =
                Optional.of(request.getSeriesId()).filter(id -> !id.isEmpty()).map(UUID::fromString);
        RequestKey key = RequestKey.of(call, request.getRequestId());
        return idempotency.once(
                key,
                request,
                SetEventSeriesResponse.parser(),
                connection -> changes.lock(connection, eventId)
                        .compose(event -> exists(connection, series))
                        .compose(known -> SET_EVENT_SERIES.run(connection, Tuple.of(eventId, series.orElse(null))))
                        .compose(done -> changes.changed(connection, eventId, call))
                        .compose(done -> EventReader.event(connection, eventId))
                        .map(event -> SetEventSeriesResponse.newBuilder()
                                .setEvent(event)
                                .build())
                        .compose(answer -> CommandAudit.ADMIN.note(
                                connection, Act.byToEvent(call, eventId).asked(request), answer)));
    }
}
