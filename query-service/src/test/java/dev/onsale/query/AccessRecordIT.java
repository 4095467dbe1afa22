package dev.onsale.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import dev.onsale.embedded.Login;
import dev.onsale.embedded.StoreKind;
import dev.onsale.proto.query.v1.AccessRecord;
import dev.onsale.proto.query.v1.AccessRecordServiceGrpcClient;
import dev.onsale.proto.query.v1.BookingRecord;
import dev.onsale.proto.query.v1.BookingSearchServiceGrpcClient;
import dev.onsale.proto.query.v1.GetBookingRecordRequest;
import dev.onsale.proto.query.v1.ListAccessRecordsRequest;
import dev.onsale.proto.query.v1.ListAccessRecordsResponse;
import dev.onsale.proto.query.v1.ListMyBookingsRequest;
import dev.onsale.proto.query.v1.SearchBookingsRequest;
import dev.onsale.query.SupportRows.Buyer;
import dev.onsale.runtime.auth.Role;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.rpc.RpcClient;
import dev.onsale.testkit.TestStores;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessRecordIT {
    @RegisterExtension
    static final TestStores stores =
            ReadSide.migrated(TestStores.with(StoreKind.REDIS, StoreKind.POSTGRES, StoreKind.ELASTICSEARCH));

    private static final Buyer ZOE = new Buyer("acc-zoe", "Zoë Müller", "zoe@example.com", "+49 170 1234567");
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    private static ReadSide side;
    private static SupportRows rows;
    private static RpcClient support;
    private static RpcClient operator;
    private static UUID booking;

    @BeforeAll
    static void start() throws SQLException {
        side = new ReadSide(stores);
        rows = new SupportRows(stores);
        support = Clients.with(side, side.supportToken());
        operator = Clients.with(side, side.token(Role.OPERATOR, "olga"));
        Sale sale = side.sale("Audited", "Praha").load();
        booking = rows.booking(sale, "AUDI-0001", ZOE, Instant.now(), "A-1-1");
        rows.booking(sale, "AUDI-0002", ZOE, Instant.now(), "A-1-2");
        await().atMost(Duration.ofSeconds(20))
                .ignoreExceptions()
                .until(() -> as("waiting")
                                .call(
                                        BookingSearchServiceGrpcClient.SearchBookings,
                                        SearchBookingsRequest.getDefaultInstance())
                                .await()
                                .getTotal()
                        == 2);
    }

    @AfterAll
    static void stop() throws SQLException {
        support.close().await();
        operator.close().await();
        rows.close();
        side.close();
    }

    @Test
    void aSearchIsRecordedWithWhoWhatAndWhatWasSeen() throws SQLException {
        RpcClient sue = as("sue");
        sue.call(
                        BookingSearchServiceGrpcClient.SearchBookings,
                        SearchBookingsRequest.newBuilder()
                                .setEmail("Zoe@example.com")
                                .setSeat("A-1-1")
                                .build(),
                        Duration.ofSeconds(10),
                        "00-" + TRACE + "-b7ad6b7169203331-01")
                .await();
        sue.call(
                        BookingSearchServiceGrpcClient.SearchBookings,
                        SearchBookingsRequest.newBuilder()
                                .setQuery("zoe@EXAMPLE.com ")
                                .setPageSize(1)
                                .build())
                .await();

        List<AccessRecord> records = list(ask().setActor("sue")).getRecordsList();
        assertThat(records).hasSize(2);
        AccessRecord first = records.get(1);
        assertThat(first.getRolesList()).containsExactly("support");
        assertThat(first.getMethod()).isEqualTo("onsale.query.v1.BookingSearchService/SearchBookings");
        assertThat(first.getBookingIdsList()).containsExactly(booking.toString());
        assertThat(first.getShown()).isEqualTo(1);
        assertThat(first.getTraceId()).isEqualTo(TRACE);
        assertThat(first.getPeer()).isEqualTo("127.0.0.1");
        assertThat(first.getReason()).isEmpty();
        assertThat(records.getFirst().getBookingIdsCount())
                .as("at most the page")
                .isEqualTo(1);
        JsonObject asked = new JsonObject(first.getQuestion());
        assertThat(asked.getString("seat")).isEqualTo("A-1-1");
        assertThat(new JsonObject(records.getFirst().getQuestion()).getString("query"))
                .as("the same address gives the same hash, wherever it was asked")
                .isEqualTo(asked.getString("email"))
                .startsWith("hash:");
    }

    @Test
    void noPersonalValueIsStored() throws SQLException {
        RpcClient sue = as("secretive");
        for (SearchBookingsRequest.Builder question : List.of(
                SearchBookingsRequest.newBuilder().setQuery("zoe@example.com"),
                SearchBookingsRequest.newBuilder().setQuery("Zoë Müller"),
                SearchBookingsRequest.newBuilder().setQuery("+49 170 1234567"),
                SearchBookingsRequest.newBuilder().setQuery("acc-zoe"),
                SearchBookingsRequest.newBuilder()
                        .setName("Zoe Muller")
                        .setAccount("acc-zoe")
                        .setPhone("0170 1234567")
                        .setEmail("zoe@example.com"))) {
            sue.call(BookingSearchServiceGrpcClient.SearchBookings, question.build())
                    .await();
        }

        assertThat(rows.number("SELECT count(*) FROM audit.access_records WHERE actor = 'secretive'"))
                .isEqualTo(5);
        for (String personal : List.of("zoe", "muller", "müller", "1234567", "example.com", "acc-")) {
            assertThat(rows.number(
                            "SELECT count(*) FROM audit.access_records r " + "WHERE strpos(lower(r::text), ?) > 0",
                            personal))
                    .as(personal)
                    .isZero();
        }
    }

    @Test
    void aRevealNeedsAReasonThatIsRecorded() {
        RpcClient rita = as("rita");
        BookingRecord masked = read(rita, "").await();
        assertThat(masked.getMasked()).isTrue();
        assertThat(masked.getEmail()).isEqualTo("z***@e***.com");
        assertThat(masked.getPhone()).isEqualTo("***567");

        BookingRecord whole = read(rita, "the buyer is on the phone").await();
        assertThat(whole.getMasked()).isFalse();
        assertThat(whole.getEmail()).isEqualTo("zoe@example.com");
        assertThat(whole.getPhone()).isEqualTo("+49 170 1234567");
        assertThat(whole.getPlacesList()).containsExactly("A-1-1");

        for (String bad : List.of("abcd", "      ", "x".repeat(501), "abcde\0")) {
            refuses("INVALID_FIELD", read(rita, bad));
        }
        List<AccessRecord> records =
                list(ask().setBookingId(booking.toString()).setActor("rita")).getRecordsList();
        assertThat(records).extracting(AccessRecord::getReason).containsExactly("the buyer is on the phone", "");
        assertThat(records.getFirst().getMethod()).endsWith("/GetBookingRecord");
    }

    @Test
    void aBookingThatIsNotThereIsRecordedAsAsked() {
        UUID nobody = UUID.randomUUID();
        RpcClient guesser = as("guesser");
        refuses(
                "RESOURCE_NOT_FOUND",
                guesser.call(
                        BookingSearchServiceGrpcClient.GetBookingRecord,
                        GetBookingRecordRequest.newBuilder()
                                .setBookingId(nobody.toString())
                                .build()));

        assertThat(list(ask().setActor("guesser")).getRecords(0).getQuestion()).contains(nobody.toString());
        assertThat(list(ask().setBookingId(nobody.toString())).getRecordsCount())
                .as("it was not shown")
                .isZero();
    }

    @Test
    void everyOneOfManyCallsAtOnceIsRecorded() {
        RpcClient crowd = as("crowd");
        List<Future<BookingRecord>> reads = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            reads.add(read(crowd, ""));
        }
        Future.all(reads).await();

        List<String> seen = new ArrayList<>();
        String token = "";
        do {
            ListAccessRecordsResponse page =
                    list(ask().setActor("crowd").setPageSize(25).setPageToken(token));
            page.getRecordsList().forEach(record -> seen.add(record.getRecordId()));
            token = page.getNextPageToken();
        } while (!token.isEmpty());
        assertThat(seen).hasSize(60).doesNotHaveDuplicates();
    }

    @Test
    void recordsAreListedByTimeAndPagedForTheirQuestionOnly() {
        read(support, "").await();
        read(support, "").await();
        AccessRecord newest = list(ask().setPageSize(1)).getRecords(0);

        assertThat(list(ask().setFromTime(newest.getTime())).getRecordsList()).contains(newest);
        assertThat(list(ask().setToTime(newest.getTime())).getRecordsList()).doesNotContain(newest);
        assertThat(list(ask().setFromTime(Timestamps.fromMillis(System.currentTimeMillis() + 60_000)))
                        .getRecordsCount())
                .isZero();
        String token = list(ask().setPageSize(1)).getNextPageToken();
        assertThat(list(ask().setPageSize(1).setPageToken(token)).getRecords(0)).isNotEqualTo(newest);
        refuses("INVALID_FIELD", listing(operator, ask().setActor("sam").setPageToken(token)));
        refuses("INVALID_FIELD", listing(operator, ask().setPageToken("x.y")));
        refuses(
                "INVALID_FIELD",
                listing(operator, ask().setFromTime(Timestamp.newBuilder().setNanos(-1))));
        refuses("INVALID_FIELD", listing(operator, ask().setActor("a\0")));
    }

    @Test
    void nobodyCanChangeARecord() throws SQLException {
        read(support, "").await();
        for (String change : List.of(
                "UPDATE audit.access_records SET actor = 'nobody'",
                "DELETE FROM audit.access_records",
                "TRUNCATE audit.access_records")) {
            for (Login login : List.of(
                    stores.postgres().reader(),
                    stores.postgres().app(),
                    stores.postgres().owner())) {
                try (Connection connection = stores.connect(login);
                        var statement = connection.createStatement()) {
                    assertThatThrownBy(() -> statement.execute(change))
                            .as(login.user() + ": " + change)
                            .isInstanceOfSatisfying(
                                    SQLException.class,
                                    no -> assertThat(no.getSQLState()).isEqualTo("42501"));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"FAN", "PARTNER", "OPERATOR", "SCANNER", "SERVICE"})
    void onlySupportReadsRecordsOfBookings(String role) {
        RpcClient other = Clients.with(side, side.token(Role.valueOf(role), "somebody"));
        refuses("ROLE_REQUIRED", read(other, ""));
        other.close().await();
    }

    @ParameterizedTest
    @ValueSource(strings = {"FAN", "PARTNER", "SUPPORT", "SCANNER", "SERVICE"})
    void onlyOperatorsSeeWhoLooked(String role) {
        RpcClient other = Clients.with(side, side.token(Role.valueOf(role), "somebody"));
        refuses("ROLE_REQUIRED", listing(other, ask()));
        other.close().await();
    }

    @Test
    void aFansOwnListIsNotRecorded() throws SQLException {
        RpcClient zoe = Clients.with(side, side.token(Role.FAN, "acc-zoe"));
        assertThat(zoe.call(BookingSearchServiceGrpcClient.ListMyBookings, ListMyBookingsRequest.getDefaultInstance())
                        .await()
                        .getBookingsCount())
                .isEqualTo(2);
        assertThat(rows.number("SELECT count(*) FROM audit.access_records WHERE actor = 'acc-zoe'"))
                .isZero();
        zoe.close().await();
    }

    private static RpcClient as(String account) {
        return support.as(side.token(Role.SUPPORT, account));
    }

    private static Future<BookingRecord> read(RpcClient client, String reason) {
        return client.call(
                        BookingSearchServiceGrpcClient.GetBookingRecord,
                        GetBookingRecordRequest.newBuilder()
                                .setBookingId(booking.toString())
                                .setRevealReason(reason)
                                .build())
                .map(answer -> answer.getBooking());
    }

    private static ListAccessRecordsRequest.Builder ask() {
        return ListAccessRecordsRequest.newBuilder();
    }

    private static ListAccessRecordsResponse list(ListAccessRecordsRequest.Builder request) {
        return listing(operator, request).await();
    }

    private static Future<ListAccessRecordsResponse> listing(
            RpcClient client, ListAccessRecordsRequest.Builder request) {
        return client.call(AccessRecordServiceGrpcClient.ListAccessRecords, request.build());
    }

    private static void refuses(String reason, Future<?> call) {
        assertThatThrownBy(call::await)
                .isInstanceOfSatisfying(
                        Refusal.class, no -> assertThat(no.reasonName()).isEqualTo(reason));
    }
}
