package dev.onsale.command.gate;

import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import dev.onsale.command.catalog.EventCatalog;
import dev.onsale.command.catalog.EventDetail;
import dev.onsale.command.inventory.SeatLedger;
import dev.onsale.proto.gate.v1.GateServiceGrpcService;
import dev.onsale.proto.gate.v1.GetSaleReportRequest;
import dev.onsale.proto.gate.v1.GetSaleReportResponse;
import dev.onsale.proto.gate.v1.RevokeAdmissionRequest;
import dev.onsale.proto.gate.v1.RevokeAdmissionResponse;
import dev.onsale.proto.gate.v1.SetGateRequest;
import dev.onsale.proto.gate.v1.SetGateResponse;
import dev.onsale.runtime.audit.Act;
import dev.onsale.runtime.auth.Role;
import dev.onsale.runtime.rpc.Access;
import dev.onsale.runtime.rpc.Call;
import dev.onsale.runtime.rpc.RpcService;
import dev.onsale.runtime.sql.Database;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.UUID;
import java.util.function.Consumer;

/** {@code GateService} at the edge: what the waiting room tells this side, and what it asks it. */
public final class GateRpc {
    private final Gate gate;
    private final GateStore store;
    private final EventCatalog catalog;
    private final SaleReports reports;
    private final SharedCalls calls;

    private GateRpc(Gate gate, GateStore store, EventCatalog catalog, SaleReports reports, SharedCalls calls) {
        this.gate = gate;
        this.store = store;
        this.catalog = catalog;
        this.reports = reports;
        this.calls = calls;
    }

    /**
     * What the service is built on.
     *
     * @param lost is told of events that Redis should have and has not
     * @param calls of all nodes
     */
    public record Needs(
            Vertx vertx,
            Database database,
            EventCatalog catalog,
            SeatLedger ledger,
            Consumer<UUID> lost,
            SharedCalls calls) {}

    /** The service, ready to be served. */
    public static RpcService service(Gate gate, Needs needs) {
        SaleReports reports = new SaleReports(needs.vertx(), needs.ledger(), needs.lost());
        var rpc = new GateRpc(gate, new GateStore(needs.database()), needs.catalog(), reports, needs.calls());
        Access services = Access.of(Role.SERVICE);
        return RpcService.of(GateServiceGrpcService.SERVICE_DESCRIPTOR)
                .unary(GateServiceGrpcService.SetGate, services, rpc::setGate)
                .unary(GateServiceGrpcService.RevokeAdmission, services, rpc::revokeAdmission)
                .unary(GateServiceGrpcService.GetSaleReport, services, rpc::getSaleReport);
    }

    private Future<SetGateResponse> setGate(Call call, SetGateRequest request) {
        return store.set(
                        UUID.fromString(request.getEventId()),
                        request.getAdmissionRequired(),
                        request.getRoomClosed(),
                        request.getEpoch(),
                        Act.byToEvent(call, UUID.fromString(request.getEventId()))
                                .asked(request))
                .compose(set -> gate.refresh())
                .map(known -> SetGateResponse.getDefaultInstance());
    }

    private Future<RevokeAdmissionResponse> revokeAdmission(Call call, RevokeAdmissionRequest request) {
        UUID eventId = UUID.fromString(request.getEventId());
        Act act = request.getAccount().isEmpty()
                ? Act.by(call, "session", request.getSessionId())
                : Act.ofAccount(call, request.getAccount());
        return store.revoke(eventId, request.getSessionId(), request.getAccount(), act.about(eventId))
                .compose(revoked -> gate.refresh())
                .map(known -> RevokeAdmissionResponse.getDefaultInstance());
    }

    private Future<GetSaleReportResponse> getSaleReport(Call call, GetSaleReportRequest request) {
        return catalog.event(UUID.fromString(request.getEventId()))
                .compose(event -> reports.counts(event)
                        .compose(counts -> store.finished(event.eventId(), request.getCursor())
                                .map(finished -> report(event, counts, finished))));
    }

    private GetSaleReportResponse report(EventDetail event, SaleCounts counts, GateStore.Finished finished) {
        CallTally recent = calls.all();
        var report = GetSaleReportResponse.newBuilder()
                .setFree(counts.free())
                .setHeld(counts.held())
                .setReserved(counts.reserved())
                .setSold(counts.sold())
                .setOnSale(SaleReports.onSale(event))
                .setErrorRate(recent.errorRate())
                .addAllFinishedSessions(finished.sessions())
                .setNextCursor(finished.next())
                .setAsOfTime(Timestamps.now());
        recent.quantile(0.99).ifPresent(p99 -> report.setP99(Durations.fromNanos(p99.toNanos())));
        return report.build();
    }
}
