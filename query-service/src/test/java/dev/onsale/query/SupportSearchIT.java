package dev.onsale.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import dev.onsale.embedded.StoreKind;
import dev.onsale.proto.booking.v1.BookingStatus;
import dev.onsale.proto.query.v1.BookingRecord;
import dev.onsale.proto.query.v1.BookingSearchServiceGrpcClient;
import dev.onsale.proto.query.v1.SearchBookingsRequest;
import dev.onsale.proto.query.v1.SearchBookingsResponse;
import dev.onsale.query.SupportRows.Buyer;
import dev.onsale.runtime.auth.Role;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.rpc.RpcClient;
import dev.onsale.testkit.TestStores;
import io.vertx.core.json.JsonArray;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SupportSearchIT {
    @RegisterExtension
    static final TestStores stores =
            ReadSide.migrated(TestStores.with(StoreKind.REDIS, StoreKind.POSTGRES, StoreKind.ELASTICSEARCH));

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Instant DAY = Instant.parse("2026-03-01T12:00:00Z");
    private static final Buyer ZOE = new Buyer("acc-zoe", "Zoë Müller", "Zoe@Example.com", "+49 170 1234567");
    private static final Buyer ADAM = new Buyer("acc-adam", "Adam Novák", "adam@example.org", "+420 601 222 333");
    private static final Buyer EVE = new Buyer("acc-eve", "Eve Smith", "eve@example.net", "");
    private static final Buyer SMYTH = new Buyer("acc-smyth", "Eva Smyth", "es@example.net", "");
    private static final Buyer ZED = new Buyer("acc-zed", "Urho Xylander", "z@example.net", "");
    private static final Buyer TRICK = new Buyer("acc-trick", "Kqzw Dvvv", "k@example.net", "");

    private static ReadSide side;
    private static SupportRows rows;
    private static RpcClient support;
    private static Sale opera;
    private static UUID zoe;
    private static UUID eve;

    @BeforeAll
    static void start() throws SQLException {
        side = new ReadSide(stores);
        rows = new SupportRows(stores);
        support = Clients.with(side, side.supportToken());
        opera = side.sale("Rusalka at the Opera", "Praha").load();
        Sale metal = side.sale("Metal Fest", "Köln").load();
        zoe = rows.booking(opera, "K7QM-2XPA", ZOE, DAY, 10_000, "A-1-1", "A-1-2");
        rows.booking(opera, "ADAM-0001", ADAM, DAY.plusSeconds(60), 20_000, "B-2-10", "FLOOR");
        eve = rows.booking(metal, "EVEE-0002", EVE, DAY.plusSeconds(120), 30_000, "A-1-1");
        rows.booking(metal, "EVEE-0003", SMYTH, DAY.plusSeconds(180), 30_000, "C-1-3");
        rows.booking(metal, "KQZW-DVVV", TRICK, DAY.plusSeconds(240), 40_000, "C-1-4");
        rows.booking(metal, "TRIK-0005", TRICK, DAY.plusSeconds(300), 40_000, "C-1-5");
        rows.booking(metal, "9KQZ-WDVVV", ZED, DAY.plusSeconds(360), 50_000);
        rows.change(opera, zoe, "status = 'confirmed', confirmed_at = now()");
        await().atMost(LONG)
                .ignoreExceptions()
                .until(() -> find(ask()).getTotal() == 7
                        && references(ask().setStatus(BookingStatus.BOOKING_STATUS_CONFIRMED))
                                        .size()
                                == 1);
    }

    @AfterAll
    static void stop() throws SQLException {
        support.close().await();
        rows.close();
        side.close();
    }

    @Test
    void findsByAnyPartOfAReference() {
        for (String part : List.of("K7QM-2XPA", "k7qm2xpa", "m2x", "2XPA", "QM-2", "xpa")) {
            assertThat(references(ask().setReference(part))).as(part).containsExactly("K7QM-2XPA");
        }
        assertThat(references(ask().setReference("xpa0"))).isEmpty();
        refusesField("reference", ask().setReference("K7"));
        refusesField("reference", ask().setReference("---A"));
    }

    @Test
    void findsByWhatIsKnownOfTheBuyer() {
        assertThat(references(ask().setEmail(" zoe@example.COM"))).containsExactly("K7QM-2XPA");
        assertThat(references(ask().setEmail("zoe@example"))).isEmpty();
        for (String phone : List.of("+49 170 1234567", "0170/1234567", "0049-170-1234567", "1234567", "701234567")) {
            assertThat(references(ask().setPhone(phone))).as(phone).containsExactly("K7QM-2XPA");
        }
        assertThat(references(ask().setPhone("1234568"))).isEmpty();
        assertThat(references(ask().setPhone("7012345"))).as("in the middle").isEmpty();
        refusesField("phone", ask().setPhone("234567"));
        refusesField("phone", ask().setPhone("000 000 234567"));
        assertThat(references(ask().setAccount("acc-adam"))).containsExactly("ADAM-0001");
        assertThat(references(ask().setAccount("acc-ada"))).isEmpty();
        assertThat(references(ask().setName("muler zoe"))).containsExactly("K7QM-2XPA");
        assertThat(references(ask().setName("NOVAK"))).containsExactly("ADAM-0001");
        assertThat(references(ask().setName("zoe novak"))).isEmpty();
    }

    @Test
    void findsBySeatAsPeopleSayIt() {
        for (String seat : List.of("A-1-1", "section a row 1 seat 1", "seat 01, row 1, section A")) {
            assertThat(references(ask().setSeat(seat))).as(seat).containsExactly("EVEE-0002", "K7QM-2XPA");
        }
        assertThat(references(ask().setSeat("A-1-1").setEventId(opera.eventId.toString())))
                .containsExactly("K7QM-2XPA");
        assertThat(references(ask().setSeat("B-2-1")))
                .as("is no beginning of B-2-10")
                .isEmpty();
        assertThat(references(ask().setSeat("section B row 2"))).containsExactly("ADAM-0001");
        assertThat(references(ask().setSeat("section B"))).containsExactly("ADAM-0001");
        assertThat(references(ask().setSeat("floor"))).containsExactly("ADAM-0001");
        refusesField("seat", ask().setSeat("row 1"));
    }

    @Test
    void findsByEventStatusDateAmountAndPayment() throws ParseException, SQLException {
        assertThat(references(ask().setEventName("ruslka"))).containsExactlyInAnyOrder("K7QM-2XPA", "ADAM-0001");
        assertThat(references(ask().setEventId(opera.eventId.toString()))).containsExactly("ADAM-0001", "K7QM-2XPA");
        assertThat(references(ask().addStatuses(BookingStatus.BOOKING_STATUS_CONFIRMED)
                        .addStatuses(BookingStatus.BOOKING_STATUS_CANCELLED)))
                .containsExactly("K7QM-2XPA");
        assertThat(references(ask().addStatuses(BookingStatus.BOOKING_STATUS_CONFIRMED)
                        .addStatuses(BookingStatus.BOOKING_STATUS_PENDING)))
                .hasSize(7);
        assertThat(references(ask().setFromTime(Timestamps.parse("2026-03-01T12:01:00Z"))
                        .setToTime(Timestamps.parse("2026-03-01T12:02:00Z"))))
                .containsExactly("ADAM-0001");
        assertThat(references(ask().setAmountFrom(euros(150)).setAmountTo(euros(200))))
                .containsExactly("ADAM-0001");
        assertThat(references(ask().setAmountFrom(euros(100).toBuilder().setCurrencyCode("USD"))))
                .isEmpty();
        refusesField(
                "amount_to",
                ask().setAmountFrom(euros(1)).setAmountTo(euros(2).toBuilder().setCurrencyCode("USD")));
        refusesField("amount_from", ask().setAmountFrom(euros(1).toBuilder().setCurrencyCode("ZZZ")));
        refusesField("from_time", ask().setFromTime(impossible()));
        refusesField("to_time", ask().setToTime(impossible()));
        refusesField("to_time", ask().setFromTime(Timestamps.fromSeconds(9)).setToTime(Timestamps.fromSeconds(9)));
        String payment = rows.text("SELECT payment_id FROM bookings WHERE id = ?", eve);
        assertThat(references(ask().setPaymentId(payment))).containsExactly("EVEE-0002");
        assertThat(references(ask().setPaymentId(payment).setName("zoe")))
                .as("all must match")
                .isEmpty();
    }

    @Test
    void ranksWhatIsInHandSurestFirst() throws SQLException {
        assertThat(references(ask().setQuery("K7QM-2XPA"))).containsExactly("K7QM-2XPA");
        assertThat(references(ask().setQuery("m2xp"))).containsExactly("K7QM-2XPA");
        assertThat(references(ask().setQuery("zoe@example.com"))).containsExactly("K7QM-2XPA");
        assertThat(references(ask().setQuery("0170 1234567"))).containsExactly("K7QM-2XPA");
        assertThat(references(ask().setQuery("acc-adam"))).containsExactly("ADAM-0001");
        assertThat(references(ask().setQuery(rows.text("SELECT payment_id FROM bookings WHERE id = ?", eve))))
                .containsExactly("EVEE-0002");
        assertThat(references(ask().setQuery(eve.toString().toUpperCase(Locale.ROOT))))
                .containsExactly("EVEE-0002");
        assertThat(references(ask().setQuery("section B row 2 seat 10"))).containsExactly("ADAM-0001");
        assertThat(references(ask().setQuery("smith")))
                .as("a typo comes behind")
                .containsExactly("EVEE-0002", "EVEE-0003");
        assertThat(references(ask().setQuery("smyth"))).containsExactly("EVEE-0003", "EVEE-0002");
        assertThat(references(ask().setQuery("eve")))
                .as("a part of a reference comes before a name")
                .startsWith("EVEE-0003", "EVEE-0002");
    }

    @Test
    void theVeryReferenceOutranksANameThatLooksLikeIt() {
        assertThat(references(ask().setQuery("kqzw dvvv"))).containsExactly("TRIK-0005", "KQZW-DVVV");
        assertThat(references(ask().setQuery("KQZW-DVVV")))
                .as("then the reference it is a part of, then the name")
                .containsExactly("KQZW-DVVV", "9KQZ-WDVVV", "TRIK-0005");
    }

    @Test
    void masksMailAndPhoneInEveryAnswer() {
        BookingRecord found = find(ask().setReference("K7QM")).getBookings(0);

        assertThat(found.getEmail()).isEqualTo("Z***@E***.com");
        assertThat(found.getPhone()).isEqualTo("***567");
        assertThat(found.getMasked()).isTrue();
        assertThat(found.getName()).isEqualTo("Zoë Müller");
        assertThat(found.getPlacesList()).containsExactly("A-1-1", "A-1-2");
        assertThat(found.getPaymentId()).isNotEmpty();
        assertThat(find(ask().setQuery("zoe@example.com")).toString()).doesNotContainIgnoringCase("zoe@example");
    }

    @Test
    void placesGivenBackAreShownApartAndStillFound() throws SQLException {
        Sale sale = side.sale("Given back", "Wien").load();
        UUID id = rows.booking(sale, "BACK-0001", EVE, DAY.minusSeconds(9), "A-2-1", "A-2-2", "FLOOR");
        rows.giveBack(sale, id, 2);

        await().atMost(LONG).ignoreExceptions().untilAsserted(() -> {
            BookingRecord found = find(ask().setReference("BACK-0001")).getBookings(0);
            assertThat(found.getPlacesList()).containsExactly("A-2-1", "FLOOR");
            assertThat(found.getPlacesGivenBackList()).containsExactly("A-2-2");
        });
        assertThat(find(ask().setSeat("A-2-2")).getBookings(0).getReference()).isEqualTo("BACK-0001");
    }

    @Test
    void pagesShowWhatWasThereAtTheFirstWhateverIsWritten() throws SQLException {
        Sale sale = side.sale("Pages", "Wien").load();
        List<UUID> ids = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            ids.add(rows.booking(sale, "PAGE-000" + i, EVE, DAY.plusSeconds(i)));
        }
        SearchBookingsRequest.Builder question = ask().setEventId(sale.eventId.toString())
                .setName("smith")
                .addStatuses(BookingStatus.BOOKING_STATUS_PENDING)
                .setPageSize(2);
        await().atMost(LONG).until(() -> find(question.clone()).getTotal() == 6);
        SearchBookingsResponse first = find(question.clone());

        rows.booking(sale, "PAGE-0009", EVE, DAY.plusSeconds(9));
        for (UUID id : ids) {
            rows.change(sale, id, "status = 'confirmed'");
        }
        await().atMost(LONG).until(() -> find(question.clone()).getTotal() == 1);

        SearchBookingsResponse second = find(question.clone().setPageToken(first.getNextPageToken()));
        SearchBookingsResponse third = find(question.clone().setPageToken(second.getNextPageToken()));
        List<String> all = new ArrayList<>();
        List.of(first, second, third).forEach(page -> page.getBookingsList().forEach(b -> all.add(b.getReference())));
        assertThat(all).containsExactly("PAGE-0005", "PAGE-0004", "PAGE-0003", "PAGE-0002", "PAGE-0001", "PAGE-0000");
        assertThat(second.getTotal()).isEqualTo(6);
        assertThat(third.getNextPageToken()).isEmpty();
    }

    @Test
    void aTokenIsForItsQuestionAndCallerOnly() {
        SearchBookingsRequest.Builder question = ask().setPageSize(1);
        String token = find(question.clone()).getNextPageToken();

        assertThat(find(question.clone().setPageToken(token)).getBookingsCount())
                .isEqualTo(1);
        assertThat(find(question.clone().setPageSize(3).setPageToken(token)).getBookingsCount())
                .as("the size may change")
                .isEqualTo(3);
        refusesField("page_token", question.clone().setAccount("acc-zoe").setPageToken(token));
        refusesField("page_token", question.clone().setPageToken(token + "x"));
        refusesField("page_token", question.clone().setPageToken("x" + token));
        refusesField("page_token", question.clone().setPageToken("."));
        refusesField("page_token", question.clone().setPageToken("WyJ4Il0"));
        RpcClient other = Clients.with(side, side.token(Role.SUPPORT, "sue"));
        refuses("INVALID_FIELD", other, question.clone().setPageToken(token));
        other.close().await();
    }

    @Test
    void pagesThatAreKeptNoLongerAreRefusedAsSuch() throws Exception {
        SearchBookingsRequest.Builder question = ask().setPageSize(1);
        String token = find(question.clone()).getNextPageToken();
        String body = token.substring(0, token.indexOf('.'));
        String point =
                new JsonArray(new String(Base64.getUrlDecoder().decode(body), StandardCharsets.UTF_8)).getString(0);
        side.elastic.blocking().closePointInTime(close -> close.id(point));

        refuses("PAGE_EXPIRED", support, question.setPageToken(token));
    }

    @Test
    void pagesOfIndexesThatARebuildReplacedAreRefusedAsSuch() {
        SearchBookingsRequest.Builder question = ask().setPageSize(1);
        String token = find(question.clone()).getNextPageToken();
        await().atMost(LONG)
                .ignoreExceptions()
                .until(() -> QueryMain.rebuild(side.vertx, side.config()).await() != null);

        refuses("PAGE_EXPIRED", support, question.clone().setPageToken(token));
        assertThat(find(question).getNextPageToken()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a OR b",
                "zoe AND (",
                "name_words:zoe",
                "{\"match_all\":{}}",
                "zoe*",
                "zo?",
                "/.*/",
                "zoe~9",
                "a\\",
                "'; DROP TABLE bookings; --",
                "😀 zoe",
                "a b c d e f g h i j",
                "@",
                "x@",
                "١٢٣٤٥٦٧",
                "\tzoe\nmuller",
            })
    void queryLanguageIsJustWords(String text) {
        SearchBookingsRequest.Builder question = ask().setQuery(text);
        if (text.codePoints().noneMatch(Character::isLetterOrDigit)) {
            refusesField("query", question);
        } else {
            assertThat(references(question).size()).as("never everything").isLessThan(7);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "\"", "   ", "\0", "zoe\0", "\033[0m", "a b c d e f g h i j k", "😀"})
    void textWithNothingToLookForIsRefusedByItsField(String text) {
        refusesField("query", ask().setQuery(text));
        refusesField("name", ask().setName(text));
        refusesField("event_name", ask().setEventName(text));
    }

    @Test
    void longTextIsSoughtOrRefusedButNeverABug() {
        assertThat(references(ask().setQuery("x".repeat(200)))).isEmpty();
        assertThat(references(ask().setName("ü".repeat(200)))).isEmpty();
        assertThat(references(ask().setQuery("abc ".repeat(10).strip())
                        .setName("abcdef ".repeat(10).strip())
                        .setEventName("abcdefg ".repeat(10).strip())))
                .isEmpty();
        refusesField("query", ask().setQuery("x".repeat(201)));
        assertThat(references(ask().setQuery("漢".repeat(200)))).isEmpty();
        assertThat(references(ask().setAccount("*"))).isEmpty();
        assertThat(references(ask().setEmail("\"*@*"))).isEmpty();
        refusesField("seat", ask().setSeat("*-*-*"));
        refusesField("account", ask().setAccount("a\0"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"FAN", "PARTNER", "OPERATOR", "SCANNER", "SERVICE"})
    void onlySupportSearches(String role) {
        RpcClient other = Clients.with(side, side.token(Role.valueOf(role), "somebody"));
        refuses("ROLE_REQUIRED", other, ask());
        other.close().await();
    }

    private static SearchBookingsRequest.Builder ask() {
        return SearchBookingsRequest.newBuilder();
    }

    private static com.google.type.Money euros(long units) {
        return com.google.type.Money.newBuilder()
                .setCurrencyCode("EUR")
                .setUnits(units)
                .build();
    }

    private static Timestamp impossible() {
        return Timestamp.newBuilder().setSeconds(1_000_000_000_000_000L).build();
    }

    private static SearchBookingsResponse find(SearchBookingsRequest.Builder request) {
        return support.call(BookingSearchServiceGrpcClient.SearchBookings, request.build())
                .await();
    }

    /** Of the bookings all tests share. */
    private static List<String> references(SearchBookingsRequest.Builder request) {
        return find(request).getBookingsList().stream()
                .map(BookingRecord::getReference)
                .filter(reference -> !reference.startsWith("PAGE") && !reference.startsWith("BACK"))
                .toList();
    }

    private static void refusesField(String field, SearchBookingsRequest.Builder request) {
        assertThatThrownBy(() -> find(request)).isInstanceOfSatisfying(Refusal.class, no -> {
            assertThat(no.reasonName()).isEqualTo("INVALID_FIELD");
            assertThat(no.fields()).anyMatch(fault -> fault.toString().contains(field));
        });
    }

    private static void refuses(String reason, RpcClient client, SearchBookingsRequest.Builder request) {
        assertThatThrownBy(() -> client.call(BookingSearchServiceGrpcClient.SearchBookings, request.build())
                        .await())
                .isInstanceOfSatisfying(
                        Refusal.class, no -> assertThat(no.reasonName()).isEqualTo(reason));
    }
}
