package dev.onsale.command.admin;

import dev.onsale.command.audit.CommandAudit;
import dev.onsale.proto.catalog.v1.CreateVenueRequest;
import dev.onsale.proto.catalog.v1.CreateVenueResponse;
import dev.onsale.proto.catalog.v1.Venue;
import dev.onsale.runtime.audit.Act;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.idempotency.Idempotency;
import dev.onsale.runtime.idempotency.RequestKey;
import dev.onsale.runtime.rpc.Call;
import dev.onsale.runtime.sql.Sql;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.time.ZoneId;

/** Adds venues. */
final class VenueDesk {
    private static final Sql INSERT_VENUE = Sql.load(VenueDesk.class, "insert-venue.sql");

    private final Idempotency idempotency;

    VenueDesk(Idempotency idempotency) {
        this.idempotency = idempotency;
    }

    Future<CreateVenueResponse> create(Call call, CreateVenueRequest request) {
        if (!ZoneId.getAvailableZoneIds().contains(request.getTimeZone())) {
            return Refusal.invalid("time_zone", "must be an IANA time zone, such as Europe/Berlin")
                    .future();
        }
        RequestKey key = RequestKey.of(call, request.getRequestId());
        return idempotency.once(
                key,
                request,
                CreateVenueResponse.parser(),
                connection -> INSERT_VENUE
                        .run(connection, values(request))
                        .map(rows -> rows.iterator().next().getUUID("id").toString())
                        .map(id -> CreateVenueResponse.newBuilder()
                                .setVenue(venue(id, request))
                                .build())
                        .compose(answer -> CommandAudit.ADMIN.note(
                                connection,
                                Act.by(call, "venue", answer.getVenue().getVenueId())
                                        .asked(request),
                                answer)));
    }

    private static Tuple values(CreateVenueRequest request) {
        return Tuple.tuple()
                .addString(request.getName())
                .addString(request.getAddress())
                .addString(request.getCity())
                .addString(request.getCountry())
                .addString(request.getTimeZone())
                .addDouble(request.getLatitude())
                .addDouble(request.getLongitude());
    }

    private static Venue venue(String id, CreateVenueRequest request) {
        return Venue.newBuilder()
                .setVenueId(id)
                .setName(request.getName())
                .setAddress(request.getAddress())
                .setCity(request.getCity())
                .setCountry(request.getCountry())
                .setTimeZone(request.getTimeZone())
                .setLatitude(request.getLatitude())
                .setLongitude(request.getLongitude())
                .build();
    }
}
