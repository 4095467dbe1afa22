package dev.onsale.query.audit;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import dev.onsale.proto.query.v1.AccessRecordServiceGrpcService;
import dev.onsale.proto.query.v1.ListAccessRecordsRequest;
import dev.onsale.proto.query.v1.ListAccessRecordsResponse;
import dev.onsale.query.audit.AccessRecordStore.Place;
import dev.onsale.query.audit.AccessRecordStore.Stored;
import dev.onsale.query.audit.AccessRecordStore.Wanted;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.rpc.Call;
import dev.onsale.runtime.rpc.RpcService;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The edge of `AccessRecordService`. For operators. */
public final class AccessRecordRpc {
    private static final int DEFAULT_SIZE = 20;
    private static final OffsetDateTime FIRST = OffsetDateTime.of(1970, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);
    private static final OffsetDateTime LAST = OffsetDateTime.of(9999, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);

    private final AccessRecordStore store;
    private final PageSeal seal;

    /**
     * The edge.
     *
     * @param store reads the records
     * @param seal makes page tokens
     */
    public AccessRecordRpc(AccessRecordStore store, PageSeal seal) {
        this.store = store;
        this.seal = seal;
    }

    /**
     * The service with its handler.
     *
     * @return for the RPC server
     */
    public RpcService service() {
        return RpcService.of(AccessRecordServiceGrpcService.SERVICE_DESCRIPTOR)
                .unary(AccessRecordServiceGrpcService.ListAccessRecords, this::list);
    }

    private Future<ListAccessRecordsResponse> list(Call call, ListAccessRecordsRequest request) {
        PageSeal.Owner owner = new PageSeal.Owner(
                "page_token",
                call.account(),
                request.toBuilder().clearPageSize().clearPageToken().build());
        int size = request.getPageSize() == 0 ? DEFAULT_SIZE : request.getPageSize();
        Wanted wanted = new Wanted(
                request.getActor(),
                request.getBookingId().isEmpty()
                        ? Optional.empty()
                        : Optional.of(UUID.fromString(request.getBookingId())),
                request.hasFromTime() ? time("from_time", request.getFromTime()) : FIRST,
                request.hasToTime() ? time("to_time", request.getToTime()) : LAST,
                last(owner, request.getPageToken()),
                size + 1); // One more tells whether there is a next page.
        return store.list(wanted).map(found -> answer(owner, size, found));
    }

    private ListAccessRecordsResponse answer(PageSeal.Owner owner, int size, List<Stored> found) {
        ListAccessRecordsResponse.Builder answer = ListAccessRecordsResponse.newBuilder();
        List<Stored> shown = found.size() > size ? found.subList(0, size) : found;
        shown.forEach(stored -> answer.addRecords(message(stored)));
        if (found.size() > size) {
            Place last = shown.getLast().place();
            answer.setNextPageToken(seal.seal(
                    owner,
                    new JsonArray().add(last.at().toString()).add(last.id().toString())));
        }
        return answer.build();
    }

    private @Nullable Place last(PageSeal.Owner owner, String token) {
        if (token.isEmpty()) {
            return null;
        }
        JsonArray content = seal.open(owner, token);
        return new Place(OffsetDateTime.parse(content.getString(0)), UUID.fromString(content.getString(1)));
    }

    private static dev.onsale.proto.query.v1.AccessRecord message(Stored stored) {
        AccessRecord record = stored.record();
        Instant at = stored.place().at().toInstant();
        return dev.onsale.proto.query.v1.AccessRecord.newBuilder()
                .setRecordId(stored.place().id().toString())
                .setTime(Timestamp.newBuilder().setSeconds(at.getEpochSecond()).setNanos(at.getNano()))
                .setActor(record.actor())
                .addAllRoles(record.roles())
                .setMethod(record.method())
                .setQuestion(record.question().encode())
                .addAllBookingIds(record.bookings())
                .setShown(record.shown())
                .setReason(record.reason())
                .setTraceId(record.traceId())
                .setPeer(record.peer())
                .build();
    }

    private static OffsetDateTime time(String field, Timestamp time) {
        if (!Timestamps.isValid(time)) {
            throw Refusal.invalid(field, "must be a time from the year 1 to 9999");
        }
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanos()).atOffset(ZoneOffset.UTC);
    }
}
