package dev.onsale.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.onsale.embedded.StoreKind;
import dev.onsale.proto.query.v1.BookingSearchServiceGrpcClient;
import dev.onsale.proto.query.v1.ExportBookingsRequest;
import dev.onsale.proto.query.v1.ExportBookingsResponse;
import dev.onsale.proto.query.v1.GetBookingRecordRequest;
import dev.onsale.proto.query.v1.ListMyBookingsRequest;
import dev.onsale.proto.query.v1.SearchBookingsRequest;
import dev.onsale.query.SupportRows.Buyer;
import dev.onsale.runtime.auth.Role;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.rpc.RpcClient;
import dev.onsale.testkit.TestStores;
import io.vertx.core.Future;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SupportOutageIT {
    @RegisterExtension
    static final TestStores stores =
            ReadSide.migrated(TestStores.exclusive(StoreKind.REDIS, StoreKind.POSTGRES, StoreKind.ELASTICSEARCH));

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Buyer ZOE = new Buyer("zoe", "Zoë Müller", "zoe@example.com", "+49 170 1234567");

    private static ReadSide side;
    private static SupportRows rows;
    private static RpcClient support;
    private static RpcClient zoe;
    private static UUID booking;

    @BeforeAll
    static void start() throws SQLException {
        side = new ReadSide(stores);
        rows = new SupportRows(stores);
        support = Clients.with(side, side.supportToken());
        zoe = support.as(side.token(Role.FAN, "zoe"));
        Sale sale = side.sale("Outage", "Praha").load();
        booking = rows.booking(sale, "OUTA-0001", ZOE, Instant.now(), "A-1-1");
        await().atMost(LONG).ignoreExceptions().until(() -> found() == 1);
    }

    @AfterAll
    static void stop() throws SQLException {
        support.close().await();
        rows.close();
        side.close();
    }

    @Test
    @Order(1)
    void nothingIsShownThatCanNotBeRecorded() throws SQLException {
        rows.update("REVOKE INSERT ON audit.access_records FROM onsale_reader");

        refused("postgresql", search());
        refused("postgresql", record());
        List<ExportBookingsResponse> sent = new ArrayList<>();
        refused("postgresql", export(sent));
        assertThat(sent).isEmpty();
        assertThat(mine()).isEqualTo(1);

        rows.update("GRANT INSERT ON audit.access_records TO onsale_reader");
        assertThat(found()).isEqualTo(1);
    }

    @Test
    @Order(2)
    void aRecordThatTakesTooLongIsNone() throws SQLException {
        rows.update("BEGIN");
        rows.update("LOCK TABLE audit.access_records IN EXCLUSIVE MODE");
        long begun = System.nanoTime();

        refused("postgresql", search());

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
        rows.update("ROLLBACK");
        await().atMost(LONG).ignoreExceptions().until(() -> found() == 1);
    }

    @Test
    @Order(3)
    void elasticsearchAwayIsSaidAndTheRecordIsStillRead() {
        stores.elasticsearch().stop();

        refused("elasticsearch", search());
        refused("elasticsearch", export(new ArrayList<>()));
        refused(
                "elasticsearch",
                zoe.call(BookingSearchServiceGrpcClient.ListMyBookings, ListMyBookingsRequest.getDefaultInstance()));
        assertThat(record().await()).isNotNull();

        stores.elasticsearch().start();
        await().atMost(LONG).ignoreExceptions().until(() -> found() == 1);
    }

    @Test
    @Order(4)
    void withoutPostgresqlSupportSeesNothingButFansSeeTheirOwn() throws SQLException {
        stores.postgres().stop();

        refused("postgresql", search());
        refused("postgresql", record());
        List<ExportBookingsResponse> sent = new ArrayList<>();
        refused("postgresql", export(sent));
        assertThat(sent).isEmpty();
        assertThat(mine()).isEqualTo(1);

        stores.postgres().start();
        await().atMost(LONG).ignoreExceptions().until(() -> found() == 1);
    }

    private static Future<?> search() {
        return support.call(BookingSearchServiceGrpcClient.SearchBookings, SearchBookingsRequest.getDefaultInstance());
    }

    private static int found() {
        return support.call(BookingSearchServiceGrpcClient.SearchBookings, SearchBookingsRequest.getDefaultInstance())
                .await()
                .getBookingsCount();
    }

    private static int mine() {
        return zoe.call(BookingSearchServiceGrpcClient.ListMyBookings, ListMyBookingsRequest.getDefaultInstance())
                .await()
                .getBookingsCount();
    }

    private static Future<?> record() {
        return support.call(
                BookingSearchServiceGrpcClient.GetBookingRecord,
                GetBookingRecordRequest.newBuilder()
                        .setBookingId(booking.toString())
                        .build());
    }

    private static Future<Void> export(List<ExportBookingsResponse> sent) {
        return support.stream(
                BookingSearchServiceGrpcClient.ExportBookings,
                ExportBookingsRequest.getDefaultInstance(),
                LONG,
                sent::add);
    }

    private static void refused(String dependency, Future<?> call) {
        assertThatThrownBy(call::await).isInstanceOfSatisfying(Refusal.class, no -> {
            assertThat(no.reasonName()).isEqualTo("DEPENDENCY_UNAVAILABLE");
            assertThat(no.metadata()).containsEntry("dependency", dependency);
            assertThat(no.retryAfter()).isNotNull();
        });
    }
}
