package dev.onsale.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.MethodDescriptor;
import dev.onsale.embedded.StoreKind;
import dev.onsale.testkit.TestStores;
import dev.onsale.testkit.access.AccessCalls;
import dev.onsale.testkit.access.AccessCells;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who may call what of the read side, cell by cell. That lists are the caller's own is in {@link MyBookingsIT}. */
class AccessIT {
    @RegisterExtension
    static final TestStores stores =
            ReadSide.migrated(TestStores.with(StoreKind.REDIS, StoreKind.POSTGRES, StoreKind.ELASTICSEARCH));

    @Test
    void refusesExactlyThoseCallersWhomTheTableDoesNotName() throws Exception {
        try (ReadSide side = new ReadSide(stores);
                AccessCalls calls = new AccessCalls(side.vertx, side.grpcPort())) {
            List<MethodDescriptor> served = calls.served();
            AccessCells cells = new AccessCells(calls, side.tokens());

            assertThat(cells.wrong(served)).isEmpty();

            assertThat(cells.checked()).isEqualTo(served.size() * cells.each());
            assertThat(served)
                    .extracting(method -> method.getService().getName())
                    .contains(
                            "AccessRecordService",
                            "AvailabilityService",
                            "BookingSearchService",
                            "BookingTimelineService",
                            "CatalogQueryService",
                            "InventoryAuditService",
                            "ProjectionAdminService",
                            "SeatMapService");
        }
    }
}
