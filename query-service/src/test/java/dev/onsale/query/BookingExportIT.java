package dev.onsale.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.onsale.embedded.StoreKind;
import dev.onsale.proto.booking.v1.BookingStatus;
import dev.onsale.proto.query.v1.BookingRecord;
import dev.onsale.proto.query.v1.BookingSearchServiceGrpcClient;
import dev.onsale.proto.query.v1.ExportBookingsRequest;
import dev.onsale.proto.query.v1.ExportBookingsResponse;
import dev.onsale.proto.query.v1.SearchBookingsRequest;
import dev.onsale.query.SupportRows.Buyer;
import dev.onsale.query.elastic.IndexKind;
import dev.onsale.runtime.auth.Role;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.rpc.RpcClient;
import dev.onsale.testkit.TestStores;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BookingExportIT {
    @RegisterExtension
    static final TestStores stores =
            ReadSide.migrated(TestStores.with(StoreKind.REDIS, StoreKind.POSTGRES, StoreKind.ELASTICSEARCH));

    private static final int MANY = 20_000;
    private static final Duration LONG = Duration.ofMinutes(2);

    private static ReadSide side;
    private static SupportRows rows;
    private static RpcClient support;
    private static Sale sale;

    @BeforeAll
    static void start() throws Exception {
        side = new ReadSide(stores);
        rows = new SupportRows(stores);
        support = Clients.with(side, side.supportToken());
        sale = side.sale("Export", "Praha").load();
        // Several of the same millisecond: only the id tells them apart. Every third is confirmed.
        rows.update(
                "INSERT INTO bookings (id, reference, user_id, event_id, hold_id, fence, total_amount, currency, "
                        + "price_version, payment_token, contact_name, contact_email, contact_phone, created_at, status) "
                        + "SELECT gen_random_uuid(), 'EXP-' || lpad(n::text, 6, '0'), 'fan-' || n % 500, ?, 'h' || n, 1, n, "
                        + "'EUR', 1, 't', 'Fan ' || n, 'fan' || n || '@example.com', '+49 170 ' || 1000000 + n, "
                        + "timestamptz '2026-01-01' + (n / 7) * interval '1 ms', "
                        + "(CASE n % 3 WHEN 0 THEN 'confirmed' ELSE 'pending' END)::booking_status "
                        + "FROM generate_series(1, ?) n",
                sale.eventId, MANY);
        rebuild();
        assertThat(side.count(IndexKind.BOOKINGS, sale.eventId)).isEqualTo(MANY);
    }

    @AfterAll
    static void stop() throws SQLException {
        support.close().await();
        rows.close();
        side.close();
    }

    @Test
    void aStreamCutAnywhereAndResumedGivesEveryBookingOnceInOrder() throws SQLException {
        ExportBookingsRequest whole = ExportBookingsRequest.getDefaultInstance();
        List<String> seen = new ArrayList<>();
        String token = "";
        for (int messages : new int[] {1, 37, 2, Integer.MAX_VALUE}) {
            token = readSome(whole, token, messages, seen);
        }

        assertThat(seen).hasSize(MANY);
        String inOrder =
                rows.text("SELECT string_agg(id::text, ',' ORDER BY date_trunc('milliseconds', created_at), id) "
                        + "FROM bookings");
        assertThat(String.join(",", seen)).isEqualTo(inOrder);
    }

    @Test
    void exportsWhatTheSearchWouldFind() throws SQLException {
        SearchBookingsRequest.Builder confirmed = SearchBookingsRequest.newBuilder()
                .addStatuses(BookingStatus.BOOKING_STATUS_CONFIRMED)
                .setAccount("fan-3");
        List<BookingRecord> found = export(ask().setSearch(confirmed));

        assertThat(found)
                .hasSize((int)
                        rows.number("SELECT count(*) FROM bookings WHERE status = 'confirmed' AND user_id = 'fan-3'"))
                .hasSizeGreaterThan(10)
                .allMatch(booking -> booking.getAccount().equals("fan-3") && booking.getMasked());
        assertThat(export(ask().setSearch(SearchBookingsRequest.newBuilder().setQuery("fan19999@example.com"))))
                .singleElement()
                .satisfies(booking -> assertThat(booking.getEmail()).isEqualTo("f***9@e***.com"));
    }

    @Test
    void revealsOnlyForAReason() {
        SearchBookingsRequest.Builder one = SearchBookingsRequest.newBuilder().setReference("EXP-000042");

        assertThat(export(ask().setSearch(one)).getFirst().getPhone()).isEqualTo("***042");
        assertThat(export(ask().setSearch(one).setRevealReason("the promoter's insurance asks"))
                        .getFirst()
                        .getEmail())
                .isEqualTo("fan42@example.com");
        refuses("INVALID_FIELD", stream(support, ask().setSearch(one).setRevealReason("why")));
        refuses("INVALID_FIELD", stream(support, ask().setSearch(one).setRevealReason("        ")));
    }

    @Test
    void isRecordedAtItsBeginningAndAtItsEndWithTheCount() throws SQLException {
        RpcClient olga = support.as(side.token(Role.OPERATOR, "olga"));
        SearchBookingsRequest.Builder account =
                SearchBookingsRequest.newBuilder().setAccount("fan-7");
        List<BookingRecord> found = new ArrayList<>();
        olga.stream(
                        BookingSearchServiceGrpcClient.ExportBookings,
                        ask().setSearch(account)
                                .setRevealReason("audit of fan 7")
                                .build(),
                        LONG,
                        (ExportBookingsResponse message) -> found.addAll(message.getBookingsList()))
                .await();

        assertThat(records("olga"))
                .containsExactly("begin 0 audit of fan 7", "end " + found.size() + " audit of fan 7");
        assertThat(rows.text("SELECT question::text FROM audit.access_records WHERE actor = 'olga' LIMIT 1"))
                .contains("hash:")
                .doesNotContain("fan-7");
    }

    @Test
    void aStreamThatIsCutIsRecordedWithWhatWasSent() throws SQLException {
        RpcClient cutter = support.as(side.token(Role.SUPPORT, "cutter"));
        assertThatThrownBy(() -> cutter.follow(
                                BookingSearchServiceGrpcClient.ExportBookings,
                                ask().build(),
                                LONG,
                                (ExportBookingsResponse message) -> Future.failedFuture("enough"))
                        .await())
                .isNotNull();

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            List<String> records = records("cutter");
            assertThat(records).hasSize(2).first().isEqualTo("begin 0 ");
            assertThat(records.getLast()).startsWith("cut ");
        });
        long sent = rows.number(
                "SELECT shown FROM audit.access_records WHERE actor = 'cutter' AND question->>'export' = 'cut'");
        assertThat(sent).isBetween(200L, MANY - 1L);
    }

    @Test
    void doesNotRunAheadOfItsReader() throws SQLException {
        RpcClient slow = support.as(side.token(Role.SUPPORT, "slow"));
        Promise<Void> later = Promise.promise();
        List<Integer> sizes = new CopyOnWriteArrayList<>();
        Future<Void> stream = slow.follow(
                BookingSearchServiceGrpcClient.ExportBookings,
                ask().build(),
                LONG,
                (ExportBookingsResponse message) -> {
                    sizes.add(message.getBookingsCount());
                    return sizes.size() == 1 ? later.future() : Future.succeededFuture();
                });
        await().pollDelay(Duration.ofSeconds(3)).until(() -> sizes.size() == 1);
        assertThat(records("slow")).as("it waits for its reader").containsExactly("begin 0 ");

        later.complete();
        stream.await();
        assertThat(sizes.stream().mapToInt(Integer::intValue).sum()).isEqualTo(MANY);
        assertThat(records("slow")).containsExactly("begin 0 ", "end " + MANY + " ");
    }

    @Test
    void leavesOutWhatIsMadeAfterItBegan() throws SQLException {
        SearchBookingsRequest.Builder late = SearchBookingsRequest.newBuilder().setEventName("Late");
        Sale other = side.sale("Late", "Praha").load();
        Buyer fan = new Buyer("late", "Late Fan", "late@example.com", "");
        for (int i = 0; i < 201; i++) {
            rows.booking(
                    other,
                    "LATE-" + i,
                    fan,
                    Instant.parse("2025-01-01T00:00:00Z").plusMillis(i));
        }
        await().atMost(Duration.ofSeconds(30))
                .until(() -> export(ask().setSearch(late)).size() == 201);
        List<String> seen = new ArrayList<>();
        ExportBookingsRequest question = ask().setSearch(late).build();
        String token = readSome(question, "", 1, seen);
        rows.booking(other, "LATE-999", fan, Instant.now().plusSeconds(1));
        await().atMost(Duration.ofSeconds(30))
                .pollDelay(Duration.ofSeconds(2))
                .until(() -> export(ask().setSearch(late)).size() == 202);
        readSome(question, token, Integer.MAX_VALUE, seen);

        assertThat(seen).hasSize(201).doesNotHaveDuplicates();
        rows.update("DELETE FROM bookings WHERE user_id = 'late'");
        rebuild();
    }

    @Test
    void aTokenIsForItsQuestionAndCallerOnly() {
        String token = readSome(ExportBookingsRequest.getDefaultInstance(), "", 1, new ArrayList<>());

        refuses(
                "INVALID_FIELD",
                stream(
                        support,
                        ask().setSearch(SearchBookingsRequest.newBuilder().setAccount("fan-1"))
                                .setResumeToken(token)));
        refuses(
                "INVALID_FIELD",
                stream(support, ask().setRevealReason("a good reason").setResumeToken(token)));
        refuses("INVALID_FIELD", stream(support.as(side.token(Role.SUPPORT, "sue")), ask().setResumeToken(token)));
        refuses("INVALID_FIELD", stream(support, ask().setResumeToken("x")));
        refuses(
                "INVALID_FIELD",
                stream(
                        support,
                        ask().setSearch(SearchBookingsRequest.newBuilder().setPageSize(3))));
    }

    @Test
    void onlySoManyRunAtOnce() {
        List<Promise<Void>> stalled = new ArrayList<>();
        List<Future<Void>> streams = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Promise<Void> later = Promise.promise();
            Promise<Void> first = Promise.promise();
            stalled.add(later);
            streams.add(support.follow(
                    BookingSearchServiceGrpcClient.ExportBookings,
                    ask().build(),
                    LONG,
                    (ExportBookingsResponse message) -> {
                        first.tryComplete();
                        return later.future();
                    }));
            first.future().await();
        }
        refuses("OVERLOADED", stream(support, ask()));

        stalled.forEach(later -> later.fail("enough"));
        streams.forEach(stream -> assertThatThrownBy(stream::await).isNotNull());
        await().atMost(Duration.ofSeconds(20))
                .ignoreExceptions()
                .until(() -> export(ask().setSearch(SearchBookingsRequest.newBuilder()
                                        .setAccount("fan-1")))
                                .size()
                        > 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"FAN", "PARTNER", "SCANNER", "SERVICE"})
    void onlySupportAndOperatorsExport(String role) {
        refuses("ROLE_REQUIRED", stream(support.as(side.token(Role.valueOf(role), "somebody")), ask()));
    }

    /** The read side may be at a rebuild of its own when it finds its indexes missing. */
    private static void rebuild() {
        await().atMost(LONG)
                .ignoreExceptions()
                .until(() -> QueryMain.rebuild(side.vertx, side.config()).await() != null);
    }

    /** Reads at most so many messages, then breaks off; answers where to go on. */
    private static String readSome(ExportBookingsRequest question, String token, int messages, List<String> seen) {
        List<String> tokens = new ArrayList<>();
        Future<Void> stream = support.follow(
                BookingSearchServiceGrpcClient.ExportBookings,
                question.toBuilder().setResumeToken(token).build(),
                LONG,
                (ExportBookingsResponse message) -> {
                    message.getBookingsList().forEach(booking -> seen.add(booking.getBookingId()));
                    tokens.add(message.getResumeToken());
                    return tokens.size() == messages ? Future.failedFuture("enough") : Future.succeededFuture();
                });
        stream.transform(ended -> Future.succeededFuture()).await();
        if (messages == Integer.MAX_VALUE) {
            assertThat(stream.succeeded()).isTrue();
        }
        return tokens.getLast();
    }

    private static List<String> records(String actor) throws SQLException {
        String all = rows.text(
                "SELECT coalesce(json_agg(json_build_object('line', "
                        + "concat(question->>'export', ' ', shown, ' ', reason)) ORDER BY at, id), '[]') "
                        + "FROM audit.access_records WHERE actor = ?",
                actor);
        return new JsonObject("{\"a\":" + all + "}")
                .getJsonArray("a").stream()
                        .map(line -> ((JsonObject) line).getString("line"))
                        .toList();
    }

    private static ExportBookingsRequest.Builder ask() {
        return ExportBookingsRequest.newBuilder();
    }

    private static List<BookingRecord> export(ExportBookingsRequest.Builder request) {
        List<BookingRecord> found = new ArrayList<>();
        support.stream(
                        BookingSearchServiceGrpcClient.ExportBookings,
                        request.build(),
                        LONG,
                        (ExportBookingsResponse message) -> found.addAll(message.getBookingsList()))
                .await();
        return found;
    }

    private static Future<Void> stream(RpcClient client, ExportBookingsRequest.Builder request) {
        return client.stream(
                BookingSearchServiceGrpcClient.ExportBookings,
                request.build(),
                LONG,
                (ExportBookingsResponse message) -> {});
    }

    private static void refuses(String reason, Future<?> call) {
        assertThatThrownBy(call::await)
                .isInstanceOfSatisfying(
                        Refusal.class, no -> assertThat(no.reasonName()).isEqualTo(reason));
    }
}
