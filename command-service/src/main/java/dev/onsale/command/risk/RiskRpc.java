package dev.onsale.command.risk;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import dev.onsale.command.audit.CommandAudit;
import dev.onsale.command.risk.RiskStore.Place;
import dev.onsale.command.risk.RiskStore.Placed;
import dev.onsale.command.risk.RiskStore.Wanted;
import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.proto.risk.v1.GetVerdictRequest;
import dev.onsale.proto.risk.v1.GetVerdictResponse;
import dev.onsale.proto.risk.v1.ListOverridesRequest;
import dev.onsale.proto.risk.v1.ListOverridesResponse;
import dev.onsale.proto.risk.v1.ListVerdictsRequest;
import dev.onsale.proto.risk.v1.ListVerdictsResponse;
import dev.onsale.proto.risk.v1.RevokeOverrideRequest;
import dev.onsale.proto.risk.v1.RevokeOverrideResponse;
import dev.onsale.proto.risk.v1.RiskServiceGrpcService;
import dev.onsale.proto.risk.v1.SetOverrideRequest;
import dev.onsale.proto.risk.v1.SetOverrideResponse;
import dev.onsale.proto.risk.v1.VerdictKind;
import dev.onsale.runtime.audit.Act;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.idempotency.Idempotency;
import dev.onsale.runtime.idempotency.RequestKey;
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
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The edge of {@code onsale.risk.v1.RiskService}. */
public final class RiskRpc {
    private static final int PAGE_SIZE = 50;

    private final RiskStore store;
    private final Idempotency idempotency;

    private RiskRpc(RiskStore store, Idempotency idempotency) {
        this.store = store;
        this.idempotency = idempotency;
    }

    /** The service, ready to be served; also while {@code risk.mode} is off. */
    public static RpcService service(Database database, Idempotency idempotency) {
        RiskRpc rpc = new RiskRpc(new RiskStore(database), idempotency);
        return RpcService.of(RiskServiceGrpcService.SERVICE_DESCRIPTOR)
                .unary(RiskServiceGrpcService.ListVerdicts, rpc::listVerdicts)
                .unary(RiskServiceGrpcService.GetVerdict, rpc::getVerdict)
                .unary(RiskServiceGrpcService.SetOverride, rpc::setOverride)
                .unary(RiskServiceGrpcService.RevokeOverride, rpc::revokeOverride)
                .unary(RiskServiceGrpcService.ListOverrides, rpc::listOverrides);
    }

    private Future<ListVerdictsResponse> listVerdicts(Call call, ListVerdictsRequest request) {
        int size = request.getPageSize() == 0 ? PAGE_SIZE : request.getPageSize();
        boolean any = request.getKind() == VerdictKind.VERDICT_KIND_UNSPECIFIED;
        Wanted wanted = new Wanted(
                request.getAccount().isEmpty() ? null : request.getAccount(),
                request.getEventId().isEmpty() ? null : UUID.fromString(request.getEventId()),
                any ? null : Verdict.of(request.getKind()).word(),
                request.hasFromTime() ? time("from_time", request.getFromTime()) : null,
                request.hasToTime() ? time("to_time", request.getToTime()) : null,
                place(request.getPageToken()),
                size + 1); // One more tells whether there is a next page.
        return store.verdicts(wanted).map(found -> page(found, size));
    }

    private static ListVerdictsResponse page(List<Placed> found, int size) {
        List<Placed> shown = found.size() > size ? found.subList(0, size) : found;
        ListVerdictsResponse.Builder page = ListVerdictsResponse.newBuilder();
        shown.forEach(placed -> page.addVerdicts(placed.verdict()));
        return found.size() > size
                ? page.setNextPageToken(token(shown.getLast().place())).build()
                : page.build();
    }

    private static String token(Place place) {
        String text = place.at().toInstant() + " " + place.id();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static @Nullable Place place(String token) {
        if (token.isEmpty()) {
            return null;
        }
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8).split(" ", 2);
            return new Place(Instant.parse(parts[0]).atOffset(ZoneOffset.UTC), UUID.fromString(parts[1]));
        } catch (IllegalArgumentException | DateTimeException | ArrayIndexOutOfBoundsException notOurs) {
            throw Refusal.invalid("page_token", "must be from the answer before");
        }
    }

    private static OffsetDateTime time(String field, Timestamp time) {
        if (!Timestamps.isValid(time)) {
            throw Refusal.invalid(field, "must be a time from the year 1 to 9999");
        }
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanos()).atOffset(ZoneOffset.UTC);
    }

    private Future<GetVerdictResponse> getVerdict(Call call, GetVerdictRequest request) {
        return store.verdict(UUID.fromString(request.getVerdictId()))
                .map(verdict ->
                        GetVerdictResponse.newBuilder().setVerdict(verdict).build());
    }

    private Future<SetOverrideResponse> setOverride(Call call, SetOverrideRequest request) {
        if (request.getAccount().equals(call.account())) {
            return Refusal.of(ErrorReason.ERROR_REASON_ROLE_REQUIRED, "Nobody overrules a verdict about themselves")
                    .future();
        }
        return idempotency.once(
                RequestKey.of(call, request.getRequestId()),
                request,
                SetOverrideResponse.parser(),
                tx -> RiskStore.insert(tx, request, call.account())
                        .compose(set -> CommandAudit.ADMIN.note(
                                tx,
                                Act.ofAccount(call, request.getAccount())
                                        .about(UUID.fromString(request.getEventId()))
                                        .because(request.getReason())
                                        .asked(request, "account", "reason")
                                        .with("override", set.getOverrideId()),
                                SetOverrideResponse.newBuilder()
                                        .setOverride(set)
                                        .build())));
    }

    private Future<RevokeOverrideResponse> revokeOverride(Call call, RevokeOverrideRequest request) {
        return idempotency.once(
                RequestKey.of(call, request.getRequestId()),
                request,
                RevokeOverrideResponse.parser(),
                tx -> RiskStore.revoke(tx, request, call.account())
                        .compose(ended -> CommandAudit.ADMIN.note(
                                tx,
                                Act.by(call, "risk_override", request.getOverrideId())
                                        .because(request.getReason())
                                        .asked(request, "reason"),
                                RevokeOverrideResponse.newBuilder()
                                        .setOverride(ended)
                                        .build())));
    }

    private Future<ListOverridesResponse> listOverrides(Call call, ListOverridesRequest request) {
        return store.overrides(request)
                .map(found -> ListOverridesResponse.newBuilder()
                        .addAllOverrides(found)
                        .build());
    }
}
