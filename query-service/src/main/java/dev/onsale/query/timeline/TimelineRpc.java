package dev.onsale.query.timeline;

import dev.onsale.proto.query.v1.BookingTimelineServiceGrpcService;
import dev.onsale.proto.query.v1.GetBookingTimelineRequest;
import dev.onsale.proto.query.v1.GetBookingTimelineResponse;
import dev.onsale.query.audit.AccessLog;
import dev.onsale.query.audit.AccessRecord;
import dev.onsale.query.audit.SupportSecret;
import dev.onsale.runtime.rpc.Call;
import dev.onsale.runtime.rpc.RpcService;
import dev.onsale.runtime.service.ServiceContext;
import dev.onsale.runtime.sql.Database;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The edge of `BookingTimelineService`. What support is about to see is recorded first. */
public final class TimelineRpc {
    private final SaleStory sale;
    private final Timeline timeline;
    private final AccessLog access;
    private final SupportSecret secret;

    private TimelineRpc(SaleStory sale, Timeline timeline, AccessLog access, SupportSecret secret) {
        this.sale = sale;
        this.timeline = timeline;
        this.access = access;
        this.secret = secret;
    }

    /**
     * The service with its handlers; it ends with the service it is part of.
     *
     * @param context of the service
     * @param database PostgreSQL, as the reader role
     * @param access records what is looked at
     * @param secret keys the hashes of the records
     * @return for the RPC server
     */
    public static RpcService service(
            ServiceContext context, Database database, AccessLog access, SupportSecret secret) {
        Neighbours neighbours = Neighbours.of(context.vertx(), context.config());
        context.onStop(neighbours::close);
        SaleStory sale = new SaleStory(database);
        TimelineRpc rpc = new TimelineRpc(sale, new Timeline(sale, neighbours), access, secret);
        return RpcService.of(BookingTimelineServiceGrpcService.SERVICE_DESCRIPTOR)
                .unary(BookingTimelineServiceGrpcService.GetBookingTimeline, rpc::timeline);
    }

    private Future<GetBookingTimelineResponse> timeline(Call call, GetBookingTimelineRequest request) {
        return subjects(request)
                .compose(subjects ->
                        access.write(record(call, request, subjects)).compose(recorded -> timeline.of(subjects)));
    }

    private Future<Subjects> subjects(GetBookingTimelineRequest request) {
        return request.hasBookingId()
                ? sale.ofBooking(UUID.fromString(request.getBookingId()))
                : sale.ofAccount(request.getAccount(), event(request));
    }

    private static @Nullable UUID event(GetBookingTimelineRequest request) {
        return request.getEventId().isEmpty() ? null : UUID.fromString(request.getEventId());
    }

    private AccessRecord record(Call call, GetBookingTimelineRequest request, Subjects subjects) {
        JsonObject question = request.hasBookingId()
                ? new JsonObject().put("booking_id", request.getBookingId())
                : new JsonObject().put("account", "hash:" + secret.hash("account", request.getAccount()));
        if (!request.getEventId().isEmpty()) {
            question.put("event_id", request.getEventId());
        }
        List<String> ids = subjects.bookings().stream()
                .map(booked -> booked.id().toString())
                .toList();
        return AccessRecord.of(call, question, ids, ids.size(), "");
    }
}
