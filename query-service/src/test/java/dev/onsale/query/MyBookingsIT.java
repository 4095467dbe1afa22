package dev.onsale.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.onsale.embedded.StoreKind;
import dev.onsale.proto.booking.v1.BookingStatus;
import dev.onsale.proto.query.v1.BookingRecord;
import dev.onsale.proto.query.v1.BookingSearchServiceGrpcClient;
import dev.onsale.proto.query.v1.ListMyBookingsRequest;
import dev.onsale.proto.query.v1.ListMyBookingsResponse;
import dev.onsale.query.SupportRows.Buyer;
import dev.onsale.runtime.auth.Role;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.rpc.RpcClient;
import dev.onsale.testkit.TestStores;
import io.vertx.core.Future;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MyBookingsIT {
    @RegisterExtension
    static final TestStores stores =
            ReadSide.migrated(TestStores.with(StoreKind.REDIS, StoreKind.POSTGRES, StoreKind.ELASTICSEARCH));

    private static final Instant DAY = Instant.parse("2026-03-01T12:00:00Z");
    private static final Buyer ZOE = new Buyer("zoe", "Zoë Müller", "zoe@example.com", "+49 170 1234567");
    private static final Buyer ADAM = new Buyer("adam", "Zoë Müller", "zoe@example.com", "+49 170 1234567");

    private static ReadSide side;
    private static SupportRows rows;
    private static RpcClient zoe;
    private static RpcClient adam;
    private static Sale opera;

    @BeforeAll
    static void start() throws SQLException {
        side = new ReadSide(stores);
        rows = new SupportRows(stores);
        zoe = Clients.with(side, side.token(Role.FAN, "zoe"));
        adam = zoe.as(side.token(Role.FAN, "adam"));
        opera = side.sale("Opera", "Praha").load();
        Sale metal = side.sale("Metal", "Praha").load();
        UUID first = rows.booking(opera, "ZOES-0001", ZOE, DAY, "A-1-1");
        rows.booking(metal, "ZOES-0002", ZOE, DAY.plusSeconds(2), "A-1-1");
        rows.booking(opera, "ZOES-0003", ZOE, DAY.plusSeconds(1), "A-1-2");
        rows.booking(opera, "ADAM-0001", ADAM, DAY.plusSeconds(3), "A-1-3");
        rows.change(opera, first, "status = 'confirmed', confirmed_at = now()");
        await().atMost(Duration.ofSeconds(20))
                .ignoreExceptions()
                .until(() -> mine(ask()).size() == 3
                        && mine(ask().addStatuses(BookingStatus.BOOKING_STATUS_CONFIRMED))
                                        .size()
                                == 1
                        && list(adam, ask()).await().getBookingsCount() == 1);
    }

    @AfterAll
    static void stop() throws SQLException {
        zoe.close().await();
        rows.close();
        side.close();
    }

    @Test
    void listsTheCallersOwnNewestFirstAndUnmasked() {
        ListMyBookingsResponse answer = list(zoe, ask()).await();

        assertThat(answer.getBookingsList())
                .extracting(BookingRecord::getReference)
                .containsExactly("ZOES-0002", "ZOES-0003", "ZOES-0001");
        assertThat(answer.getTotal()).isEqualTo(3);
        assertThat(answer.getBookings(0).getEmail()).isEqualTo("zoe@example.com");
        assertThat(answer.getBookings(0).getPhone()).isEqualTo("+49 170 1234567");
        assertThat(answer.getBookings(0).getMasked()).isFalse();
        assertThat(answer.getAsOf().getStale()).isFalse();
        assertThat(answer.getAsOf().hasTime()).isTrue();
    }

    @Test
    void nobodySeesAnothersHoweverAlikeTheyAre() {
        assertThat(list(adam, ask()).await().getBookingsList())
                .extracting(BookingRecord::getReference)
                .containsExactly("ADAM-0001");
        assertThat(list(zoe.as(side.token(Role.FAN, "ZOE")), ask()).await().getBookingsCount())
                .isZero();
    }

    @Test
    void listsByEventAndStatus() {
        assertThat(mine(ask().setEventId(opera.eventId.toString()))).containsExactly("ZOES-0003", "ZOES-0001");
        assertThat(mine(ask().addStatuses(BookingStatus.BOOKING_STATUS_CONFIRMED)))
                .containsExactly("ZOES-0001");
        assertThat(mine(ask().addStatuses(BookingStatus.BOOKING_STATUS_CANCELLED)))
                .isEmpty();
        refuses("INVALID_FIELD", list(zoe, ask().setEventId("x")));
        refuses("INVALID_FIELD", list(zoe, ask().addStatuses(BookingStatus.BOOKING_STATUS_UNSPECIFIED)));
    }

    @Test
    void pagesAreForTheirQuestionAndCallerOnly() {
        ListMyBookingsResponse first = list(zoe, ask().setPageSize(2)).await();
        String token = first.getNextPageToken();

        assertThat(mine(ask().setPageSize(2).setPageToken(token))).containsExactly("ZOES-0001");
        refuses("INVALID_FIELD", list(adam, ask().setPageSize(2).setPageToken(token)));
        refuses(
                "INVALID_FIELD",
                list(zoe, ask().setEventId(opera.eventId.toString()).setPageToken(token)));
        refuses("INVALID_FIELD", list(zoe, ask().setPageToken("WyJhYmMiXQ")));
        refuses("INVALID_FIELD", list(zoe, ask().setPageSize(101)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PARTNER", "SUPPORT", "OPERATOR", "SCANNER", "SERVICE"})
    void onlyFansHaveAList(String role) {
        refuses("ROLE_REQUIRED", list(zoe.as(side.token(Role.valueOf(role), "zoe")), ask()));
    }

    private static ListMyBookingsRequest.Builder ask() {
        return ListMyBookingsRequest.newBuilder();
    }

    private static Future<ListMyBookingsResponse> list(RpcClient client, ListMyBookingsRequest.Builder request) {
        return client.call(BookingSearchServiceGrpcClient.ListMyBookings, request.build());
    }

    private static List<String> mine(ListMyBookingsRequest.Builder request) {
        return list(zoe, request).await().getBookingsList().stream()
                .map(BookingRecord::getReference)
                .toList();
    }

    private static void refuses(String reason, Future<?> call) {
        assertThatThrownBy(call::await)
                .isInstanceOfSatisfying(
                        Refusal.class, no -> assertThat(no.reasonName()).isEqualTo(reason));
    }
}
