package dev.onsale.command.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.onsale.command.BoxOffice;
import dev.onsale.command.Calls;
import dev.onsale.command.CommandMain;
import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.proto.gate.v1.GateServiceGrpcClient;
import dev.onsale.proto.gate.v1.GetSaleReportRequest;
import dev.onsale.proto.gate.v1.GetSaleReportResponse;
import dev.onsale.proto.gate.v1.SetGateRequest;
import dev.onsale.proto.inventory.v1.AreaSelection;
import dev.onsale.proto.inventory.v1.CreateHoldRequest;
import dev.onsale.proto.inventory.v1.HoldServiceGrpcClient;
import dev.onsale.runtime.auth.Role;
import dev.onsale.runtime.service.Running;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the waiting room is told, whichever of several nodes it asks. */
class SaleReportIT {

    private static final Doorkeeper DOOR = new Doorkeeper();

    @RegisterExtension
    static final BoxOffice OFFICE =
            new BoxOffice().with("admission.jwks-file", DOOR.file().toString());

    private static GetSaleReportResponse report(UUID event) {
        return OFFICE.as(Role.SERVICE, "waiting-room")
                .call(
                        GateServiceGrpcClient.GetSaleReport,
                        GetSaleReportRequest.newBuilder()
                                .setEventId(event.toString())
                                .build());
    }

    /** The second node can't reach the waiting room's keys, so every gated hold fails there by no fault of the fan. */
    @Test
    void speaksOfAllNodesAndNotOfThoseThatAreGone() throws Exception {
        // Given
        UUID event = OFFICE.event();
        OFFICE.as(Role.SERVICE, "waiting-room")
                .call(
                        GateServiceGrpcClient.SetGate,
                        SetGateRequest.newBuilder()
                                .setEventId(event.toString())
                                .setAdmissionRequired(true)
                                .setEpoch(2)
                                .build());
        Running second = CommandMain.start(
                        OFFICE.vertx(), OFFICE.config().with(Map.of("admission.jwks-file", "nowhere.json")))
                .await(60, TimeUnit.SECONDS);
        assertThat(report(event).getErrorRate()).isZero();

        // When
        Calls ada = OFFICE.at(second.grpcPort(), Role.FAN, "ada").with(DOOR.headers("ada", event, "e1"));
        for (int i = 0; i < 20; i++) {
            assertThat(ada.refused(HoldServiceGrpcClient.CreateHold, standing(event))
                            .reason())
                    .isEqualTo(ErrorReason.ERROR_REASON_DEPENDENCY_UNAVAILABLE);
        }
        Instant failed = Instant.now();

        // Then
        await().atMost(Duration.ofSeconds(3))
                .untilAsserted(() -> assertThat(report(event).getErrorRate()).isGreaterThan(0.9));
        assertThat(report(event).hasP99()).isTrue();
        second.stop().await(30, TimeUnit.SECONDS);
        await().atMost(Duration.ofSeconds(6))
                .untilAsserted(() -> assertThat(report(event).getErrorRate()).isZero());
        assertThat(Instant.now()).as("before they are too old anyway").isBefore(failed.plusSeconds(9));
    }

    private static CreateHoldRequest standing(UUID event) {
        return CreateHoldRequest.newBuilder()
                .setRequestId(UUID.randomUUID().toString())
                .setEventId(event.toString())
                .setArea(AreaSelection.newBuilder().setAreaId("FLOOR").setQuantity(1))
                .build();
    }
}
