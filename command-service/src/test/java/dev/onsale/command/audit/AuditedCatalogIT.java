package dev.onsale.command.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.util.Timestamps;
import dev.onsale.command.BoxOffice;
import dev.onsale.command.Calls;
import dev.onsale.command.Shows;
import dev.onsale.proto.audit.v1.AuditEntry;
import dev.onsale.proto.catalog.v1.BlockSeatsRequest;
import dev.onsale.proto.catalog.v1.CancelEventRequest;
import dev.onsale.proto.catalog.v1.CatalogAdminServiceGrpcClient;
import dev.onsale.proto.catalog.v1.CatalogAdminServiceGrpcService;
import dev.onsale.proto.catalog.v1.CloseSaleRequest;
import dev.onsale.proto.catalog.v1.CreateSeriesRequest;
import dev.onsale.proto.catalog.v1.Event;
import dev.onsale.proto.catalog.v1.ImportSeatMapRequest;
import dev.onsale.proto.catalog.v1.OpenSaleRequest;
import dev.onsale.proto.catalog.v1.PostponeEventRequest;
import dev.onsale.proto.catalog.v1.RefundPolicy;
import dev.onsale.proto.catalog.v1.SetEventSeriesRequest;
import dev.onsale.proto.catalog.v1.SetPricesRequest;
import dev.onsale.proto.catalog.v1.SetRefundPolicyRequest;
import dev.onsale.proto.catalog.v1.UnblockSeatsRequest;
import dev.onsale.runtime.auth.Role;
import io.vertx.core.json.JsonObject;
import io.vertx.grpc.common.ServiceMethod;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every method that changes the catalog is noted, once for each change. */
final class AuditedCatalogIT {
    @RegisterExtension
    static final BoxOffice OFFICE = new BoxOffice();

    private final String olga = "olga-" + UUID.randomUUID();
    private final Calls operator = OFFICE.as(Role.OPERATOR, olga);
    private final Log log = new Log(OFFICE);

    /** The same request twice: the second is a repeat. */
    private <Q, R> R twice(ServiceMethod<R, Q> method, Q request) {
        R first = operator.call(method, request);
        assertThat(operator.call(method, request)).isEqualTo(first);
        return first;
    }

    @Test
    void notesEveryMethodThatChangesTheCatalogOnceForEachRequest() throws Exception {
        String venue = twice(CatalogAdminServiceGrpcClient.CreateVenue, Shows.venueRequest())
                .getVenue()
                .getVenueId();
        List<ImportSeatMapRequest> chunks = Shows.chunks(venue, Shows.map(10, 50), 1_000);
        String map = operator.stream(CatalogAdminServiceGrpcClient.ImportSeatMap, chunks)
                .getSeatMap()
                .getSeatMapId();
        operator.stream(CatalogAdminServiceGrpcClient.ImportSeatMap, chunks);
        Event event = twice(
                        CatalogAdminServiceGrpcClient.CreateEvent,
                        Shows.request(map).build())
                .getEvent();
        change(event);

        for (MethodDescriptor method : CatalogAdminServiceGrpcService.SERVICE_DESCRIPTOR.getMethods()) {
            boolean changes =
                    method.isClientStreaming() || method.getInputType().findFieldByName("request_id") != null;
            assertThat(log.entries(request -> request.setActor(olga)
                            .setAction(method.getService().getFullName() + "/" + method.getName())))
                    .as(method.getName())
                    .hasSize(changes ? 1 : 0);
        }
        assertThat(log.entries(request -> request.setActor(olga).setEventId(event.getEventId())))
                .hasSize(10)
                .allSatisfy(entry -> {
                    assertThat(entry.getRoles()).isEqualTo("operator");
                    assertThat(entry.getSubjectKind()).isEqualTo("event");
                    assertThat(entry.getSubjectId()).isEqualTo(event.getEventId());
                    assertThat(entry.getChain()).isEqualTo("command/admin");
                });
        assertThat(log.verdict().problems()).isEmpty();
    }

    private void change(Event event) {
        String id = event.getEventId();
        String series = twice(
                        CatalogAdminServiceGrpcClient.CreateSeries,
                        CreateSeriesRequest.newBuilder()
                                .setRequestId(Shows.requestId())
                                .setName("World Tour")
                                .build())
                .getSeries()
                .getSeriesId();
        twice(
                CatalogAdminServiceGrpcClient.SetEventSeries,
                SetEventSeriesRequest.newBuilder()
                        .setRequestId(Shows.requestId())
                        .setEventId(id)
                        .setSeriesId(series)
                        .build());
        twice(CatalogAdminServiceGrpcClient.SetPrices, prices(event));
        twice(
                CatalogAdminServiceGrpcClient.SetRefundPolicy,
                SetRefundPolicyRequest.newBuilder()
                        .setRequestId(Shows.requestId())
                        .setEventId(id)
                        .setRefundPolicy(RefundPolicy.getDefaultInstance())
                        .build());
        twice(
                CatalogAdminServiceGrpcClient.OpenSale,
                OpenSaleRequest.newBuilder()
                        .setRequestId(Shows.requestId())
                        .setEventId(id)
                        .setStartNow(true)
                        .build());
        twice(
                CatalogAdminServiceGrpcClient.BlockSeats,
                BlockSeatsRequest.newBuilder()
                        .setRequestId(Shows.requestId())
                        .setEventId(id)
                        .setReason("kill")
                        .addSeatIds("A-1-3")
                        .build());
        twice(
                CatalogAdminServiceGrpcClient.UnblockSeats,
                UnblockSeatsRequest.newBuilder()
                        .setRequestId(Shows.requestId())
                        .setEventId(id)
                        .addSeatIds("A-1-3")
                        .build());
        end(id);
    }

    private void end(String id) {
        twice(
                CatalogAdminServiceGrpcClient.PostponeEvent,
                PostponeEventRequest.newBuilder()
                        .setRequestId(Shows.requestId())
                        .setEventId(id)
                        .setReason("The singer is ill")
                        .setOptOutUntil(Timestamps.fromMillis(
                                Instant.now().plusSeconds(86_400).toEpochMilli()))
                        .build());
        twice(
                CatalogAdminServiceGrpcClient.CloseSale,
                CloseSaleRequest.newBuilder()
                        .setRequestId(Shows.requestId())
                        .setEventId(id)
                        .build());
        twice(
                CatalogAdminServiceGrpcClient.CancelEvent,
                CancelEventRequest.newBuilder()
                        .setRequestId(Shows.requestId())
                        .setEventId(id)
                        .setReason("The hall has no roof any more")
                        .build());
    }

    private static SetPricesRequest prices(Event event) {
        return SetPricesRequest.newBuilder()
                .setRequestId(Shows.requestId())
                .setEventId(event.getEventId())
                .addAllPriceTiers(Shows.request("").getPriceTiersList())
                .build();
    }

    @Test
    void notesWhatWasAskedForAndWhyApartFromEachOther() {
        Event event = new Shows(operator).draft();
        operator.call(
                CatalogAdminServiceGrpcClient.CancelEvent,
                CancelEventRequest.newBuilder()
                        .setRequestId("cancel-" + event.getEventId())
                        .setEventId(event.getEventId())
                        .setReason("The hall burned down")
                        .build());

        AuditEntry entry = log.entries(request -> request.setEventId(event.getEventId())
                        .setAction("onsale.catalog.v1.CatalogAdminService/CancelEvent"))
                .getFirst();

        assertThat(entry.getReason()).isEqualTo("The hall burned down");
        assertThat(entry.getReasonDigest()).hasSize(64);
        assertThat(entry.getDetails()).doesNotContain("burned");
        assertThat(new JsonObject(entry.getDetails()).getJsonObject("request").getString("request_id"))
                .isEqualTo("cancel-" + event.getEventId());
    }

    @Test
    void notesNothingOfWhatIsRefused() {
        Event event = new Shows(operator).draft();
        CancelEventRequest cancel = CancelEventRequest.newBuilder()
                .setRequestId(Shows.requestId())
                .setEventId(event.getEventId())
                .setReason("Too late")
                .build();
        operator.call(CatalogAdminServiceGrpcClient.CancelEvent, cancel);
        long before = log.count();

        operator.refused(
                CatalogAdminServiceGrpcClient.CancelEvent,
                cancel.toBuilder().setRequestId(Shows.requestId()).build());
        operator.refused(CatalogAdminServiceGrpcClient.SetPrices, prices(event));
        OFFICE.as(Role.FAN, "fan")
                .refused(
                        CatalogAdminServiceGrpcClient.OpenSale,
                        OpenSaleRequest.newBuilder()
                                .setRequestId(Shows.requestId())
                                .setEventId(event.getEventId())
                                .build());

        assertThat(log.count()).isEqualTo(before);
    }
}
