package dev.onsale.runtime.audit;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import dev.onsale.proto.audit.v1.AuditLogServiceGrpcService;
import dev.onsale.proto.audit.v1.ChainHead;
import dev.onsale.proto.audit.v1.GetAuditHeadRequest;
import dev.onsale.proto.audit.v1.GetAuditHeadResponse;
import dev.onsale.proto.audit.v1.ListAuditEntriesRequest;
import dev.onsale.proto.audit.v1.ListAuditEntriesResponse;
import dev.onsale.runtime.audit.AuditStore.Place;
import dev.onsale.runtime.audit.AuditStore.Wanted;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.rpc.Call;
import dev.onsale.runtime.rpc.RpcService;
import dev.onsale.runtime.sql.Database;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code onsale.audit.v1.AuditLogService} over the log of one service. For operators. */
public final class AuditLogRpc {
    private static final int DEFAULT_SIZE = 20;
    private static final OffsetDateTime FIRST = OffsetDateTime.of(1970, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);
    private static final OffsetDateTime LAST = OffsetDateTime.of(9999, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);

    private final AuditStore store;
    private final Anchors anchors;

    private AuditLogRpc(AuditStore store, Anchors anchors) {
        this.store = store;
        this.anchors = anchors;
    }

    /** The service, ready to be served. */
    public static RpcService service(Database database, Anchors anchors) {
        var rpc = new AuditLogRpc(new AuditStore(database), anchors);
        return RpcService.of(AuditLogServiceGrpcService.SERVICE_DESCRIPTOR)
                .unary(AuditLogServiceGrpcService.ListAuditEntries, rpc::list)
                .unary(AuditLogServiceGrpcService.GetAuditHead, rpc::head);
    }

    private Future<ListAuditEntriesResponse> list(Call call, ListAuditEntriesRequest request) {
        int size = request.getPageSize() == 0 ? DEFAULT_SIZE : request.getPageSize();
        Wanted wanted = new Wanted(
                request.hasFromTime() ? time("from_time", request.getFromTime()) : FIRST,
                request.hasToTime() ? time("to_time", request.getToTime()) : LAST,
                orNull(request.getActor()),
                orNull(request.getAction()),
                request.getEventId().isEmpty() ? null : UUID.fromString(request.getEventId()),
                orNull(request.getSubjectId()),
                place(request.getPageToken()),
                size + 1); // One more tells whether there is a next page.
        return store.list(wanted).map(found -> page(found, size));
    }

    private static ListAuditEntriesResponse page(List<AuditEntry> found, int size) {
        List<AuditEntry> shown = found.size() > size ? found.subList(0, size) : found;
        ListAuditEntriesResponse.Builder page = ListAuditEntriesResponse.newBuilder();
        shown.forEach(entry -> page.addEntries(message(entry)));
        if (found.size() > size) {
            page.setNextPageToken(token(shown.getLast()));
        }
        return page.build();
    }

    private Future<GetAuditHeadResponse> head(Call call, GetAuditHeadRequest request) {
        return anchors.now().map(anchor -> {
            GetAuditHeadResponse.Builder answer = GetAuditHeadResponse.newBuilder()
                    .setLog(anchor.log())
                    .setTime(timestamp(anchor.at()))
                    .setAnchor(anchor.toJson().encode());
            anchor.heads()
                    .forEach((chain, head) -> answer.addHeads(ChainHead.newBuilder()
                            .setChain(chain)
                            .setSeq(head.seq())
                            .setHash(head.hash())));
            return answer.build();
        });
    }

    private static dev.onsale.proto.audit.v1.AuditEntry message(AuditEntry entry) {
        return dev.onsale.proto.audit.v1.AuditEntry.newBuilder()
                .setChain(entry.chain())
                .setSeq(entry.seq())
                .setTime(timestamp(entry.at()))
                .setActor(entry.actor())
                .setRoles(entry.roles())
                .setAction(entry.action())
                .setSubjectKind(entry.subjectKind())
                .setSubjectId(entry.subjectId())
                .setEventId(Objects.toString(entry.event(), ""))
                .setReason(Objects.requireNonNullElse(entry.reason(), ""))
                .setReasonSalt(Objects.requireNonNullElse(entry.salt(), ""))
                .setReasonDigest(entry.reasonDigest())
                .setDetails(entry.details())
                .setKey(entry.key())
                .setPreviousHash(entry.prevHash())
                .setHash(entry.hash())
                .build();
    }

    private static Timestamp timestamp(Instant time) {
        return Timestamp.newBuilder()
                .setSeconds(time.getEpochSecond())
                .setNanos(time.getNano())
                .build();
    }

    private static OffsetDateTime time(String field, Timestamp time) {
        if (!Timestamps.isValid(time)) {
            throw Refusal.invalid(field, "must be a time from the year 1 to 9999");
        }
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanos()).atOffset(ZoneOffset.UTC);
    }

    private static String token(AuditEntry last) {
        String place = last.at() + " " + last.chain() + " " + last.seq();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(place.getBytes(StandardCharsets.UTF_8));
    }

    private static @Nullable Place place(String token) {
        if (token.isEmpty()) {
            return null;
        }
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8).split(" ", -1);
            if (parts.length != 3 || !parts[1].matches("[a-z0-9/-]+")) {
                throw new IllegalArgumentException("not a place");
            }
            return new Place(Instant.parse(parts[0]).atOffset(ZoneOffset.UTC), parts[1], Long.parseLong(parts[2]));
        } catch (IllegalArgumentException | DateTimeException notOurs) {
            throw Refusal.invalid("page_token", "must be from the answer before");
        }
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
