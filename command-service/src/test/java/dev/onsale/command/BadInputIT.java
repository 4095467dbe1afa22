package dev.onsale.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import com.google.protobuf.UnknownFieldSet;
import dev.onsale.command.inventory.HoldRecord;
import dev.onsale.proto.booking.v1.Booking;
import dev.onsale.proto.booking.v1.BookingServiceGrpcClient;
import dev.onsale.proto.booking.v1.CancelBookingRequest;
import dev.onsale.proto.booking.v1.CreateBookingRequest;
import dev.onsale.proto.booking.v1.CreateBookingResponse;
import dev.onsale.proto.booking.v1.GetBookingRequest;
import dev.onsale.proto.booking.v1.WatchBookingRequest;
import dev.onsale.proto.catalog.v1.CatalogAdminServiceGrpcClient;
import dev.onsale.proto.catalog.v1.CloseSaleRequest;
import dev.onsale.proto.catalog.v1.CreateEventRequest;
import dev.onsale.proto.catalog.v1.Event;
import dev.onsale.proto.catalog.v1.OpenSaleRequest;
import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.proto.inventory.v1.AreaSelection;
import dev.onsale.proto.inventory.v1.BestAvailable;
import dev.onsale.proto.inventory.v1.CreateHoldRequest;
import dev.onsale.proto.inventory.v1.ExactSeats;
import dev.onsale.proto.inventory.v1.GetHoldRequest;
import dev.onsale.proto.inventory.v1.Hold;
import dev.onsale.proto.inventory.v1.HoldServiceGrpcClient;
import dev.onsale.proto.inventory.v1.ReleaseHoldRequest;
import dev.onsale.proto.inventory.v1.SwapHoldRequest;
import dev.onsale.runtime.auth.Role;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.inventory.InventoryKeys;
import io.vertx.core.Future;
import io.vertx.grpc.common.ServiceMethod;
import io.vertx.redis.client.Command;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The corpus of bad input: every row is refused for the stated reason, over the wire, and changes nothing at all. */
final class BadInputIT {
    /** What no id, key, name of a place or token may look like. */
    private static final List<String> BAD_WORDS = List.of(
            "",
            "a".repeat(300),
            "a b",
            "abc\n",
            "line\nbreak",
            "\u202eevil",
            "zero\u200bwidth",
            "nul\0",
            "\uff41",
            "{s17}",
            "}",
            "../etc",
            "'; --",
            "$where",
            "<script>");

    private static final List<String> BAD_NAMES =
            List.of("", "a".repeat(201), "line\nbreak", "\u202eevil", "zero\u200bwidth", "nul\0");

    private static final String MEGABYTE = "a".repeat(1 << 20);

    @RegisterExtension
    static final BoxOffice OFFICE = new BoxOffice();

    private static final String ALICE = "alice";
    private static final String BOB = "bob";
    private static final String CAROL = "carol";
    private static UUID eventId = new UUID(0, 0);
    private static String seatMapId = "";
    private static Booking booked = Booking.getDefaultInstance();
    private static CreateBookingRequest bookedBy = CreateBookingRequest.getDefaultInstance();
    private static CreateHoldRequest heldBy = CreateHoldRequest.getDefaultInstance();
    private static Hold active = Hold.getDefaultInstance();
    private static Hold released = Hold.getDefaultInstance();
    private static Hold bobs = Hold.getDefaultInstance();
    private static Hold expired = Hold.getDefaultInstance();
    private static String draft = "";
    private static String closed = "";
    private static String early = "";

    /** One row: who sends what, and why it is refused. */
    private record Row(String name, Function<BadInputIT, Refusal> call, Set<ErrorReason> reasons) {}

    private final List<Row> rows = new ArrayList<>();

    @BeforeAll
    static void sell() {
        Shows shows = new Shows(OFFICE.as(Role.OPERATOR, "olga"));
        eventId = OFFICE.event();
        HoldRecord bought = OFFICE.hold(eventId, ALICE, 0, 1);
        bookedBy = BoxOffice.checkout(bought, "tok_approve");
        booked = OFFICE.settled(OFFICE.fan(ALICE)
                .call(BookingServiceGrpcClient.CreateBooking, bookedBy)
                .getBooking());
        heldBy = seats(eventId, "A-2-1", "A-2-2").build();
        active = held(ALICE, heldBy);
        released = held(ALICE, seats(eventId, "A-2-3").build());
        OFFICE.fan(ALICE).call(HoldServiceGrpcClient.ReleaseHold, release(released, "release"));
        bobs = held(BOB, seats(eventId, "A-2-4").build());
        UUID brief = OFFICE.event(event ->
                event.setHoldTtl(com.google.protobuf.Duration.newBuilder().setSeconds(1)));
        expired = held(ALICE, seats(brief, "A-1-1").build());
        draft = shows.draft().getEventId();
        closed = shows.onSale().getEventId();
        OFFICE.as(Role.OPERATOR, "olga")
                .call(
                        CatalogAdminServiceGrpcClient.CloseSale,
                        CloseSaleRequest.newBuilder()
                                .setRequestId(Shows.requestId())
                                .setEventId(closed)
                                .build());
        Event later = shows.draft();
        early = later.getEventId();
        OFFICE.as(Role.OPERATOR, "olga")
                .call(
                        CatalogAdminServiceGrpcClient.OpenSale,
                        OpenSaleRequest.newBuilder()
                                .setRequestId(Shows.requestId())
                                .setEventId(early)
                                .build());
        seatMapId = shows.seatMap(shows.venue(), Shows.map(12, 5)).getSeatMapId();
        OFFICE.auditedClean(eventId);
        Awaitility.await()
                .until(() -> OFFICE.ledger()
                        .get(dev.onsale.command.inventory.HoldId.parse(expired.getHoldId())
                                .orElseThrow())
                        .await()
                        .filter(HoldRecord::active)
                        .isEmpty());
    }

    @TestFactory
    Stream<DynamicTest> refusesBadFields() {
        for (String word : BAD_WORDS) {
            words(word);
        }
        for (String name : BAD_NAMES) {
            booking(
                    "name " + shown(name),
                    book -> book.setContact(book.getContact().toBuilder().setName(name)));
        }
        holding("two megabytes", hold -> hold.setRequestId(MEGABYTE + MEGABYTE), TOO_LARGE);
        holding(
                "10,001 seats",
                hold -> hold.setSeats(ExactSeats.newBuilder()
                        .addAllSeatIds(IntStream.rangeClosed(1, 10_001)
                                .mapToObj(i -> "A-1-" + i)
                                .toList())),
                TOO_LARGE);
        numbers();
        places();
        times();
        return tests();
    }

    private static final Set<ErrorReason> INVALID = Set.of(ErrorReason.ERROR_REASON_INVALID_FIELD);
    private static final Set<ErrorReason> NOT_FOUND = Set.of(ErrorReason.ERROR_REASON_RESOURCE_NOT_FOUND);
    private static final Set<ErrorReason> REUSED = Set.of(ErrorReason.ERROR_REASON_REQUEST_ID_REUSED);
    private static final Set<ErrorReason> NOT_ACTIVE = Set.of(ErrorReason.ERROR_REASON_HOLD_NOT_ACTIVE);
    private static final Set<ErrorReason> NOT_ON_SALE = Set.of(ErrorReason.ERROR_REASON_NOT_ON_SALE);
    private static final Set<ErrorReason> TOO_LARGE =
            Set.of(ErrorReason.ERROR_REASON_MALFORMED_REQUEST, ErrorReason.ERROR_REASON_INVALID_FIELD);

    private void words(String word) {
        String as = shown(word);
        holding("request_id " + as, hold -> hold.setRequestId(word), INVALID);
        holding("event_id " + as, hold -> hold.setEventId(word), INVALID);
        holding("seat_id " + as, hold -> hold.setSeats(ExactSeats.newBuilder().addSeatIds(word)), INVALID);
        holding("area_id " + as, hold -> hold.setArea(area(1).setAreaId(word)), INVALID);
        holding("section " + as, hold -> hold.setBestAvailable(best(1).addSections(word)), INVALID);
        holding("price tier " + as, hold -> hold.setBestAvailable(best(1).addPriceTiers(word)), INVALID);
        row("swap request_id " + as, ALICE, HoldServiceGrpcClient.SwapHold, swap(active, word), INVALID);
        row("swap hold_id " + as, ALICE, HoldServiceGrpcClient.SwapHold, swap(hold(word), "s"), INVALID);
        row("release request_id " + as, ALICE, HoldServiceGrpcClient.ReleaseHold, release(active, word), INVALID);
        row("release hold_id " + as, ALICE, HoldServiceGrpcClient.ReleaseHold, release(hold(word), "r"), INVALID);
        row(
                "get hold_id " + as,
                ALICE,
                HoldServiceGrpcClient.GetHold,
                GetHoldRequest.newBuilder().setHoldId(word).build(),
                INVALID);
        booking("booking request_id " + as, book -> book.setRequestId(word));
        booking("booking hold_id " + as, book -> book.setHoldId(word));
        booking("payment_token " + as, book -> book.setPaymentToken(word));
        booking(
                "email " + as,
                book -> book.setContact(book.getContact().toBuilder().setEmail(word)));
        if (!word.isEmpty()) {
            booking(
                    "phone " + as,
                    book -> book.setContact(book.getContact().toBuilder().setPhone(word)));
        }
        row("cancel request_id " + as, ALICE, BookingServiceGrpcClient.CancelBooking, cancel(booked, word), INVALID);
        bookingId(word, "booking_id " + as, INVALID);
    }

    private void bookingId(String id, String as, Set<ErrorReason> reasons) {
        Booking named = Booking.newBuilder().setBookingId(id).build();
        row("cancel " + as, CAROL, BookingServiceGrpcClient.CancelBooking, cancel(named, "c"), reasons);
        row(
                "get " + as,
                CAROL,
                BookingServiceGrpcClient.GetBooking,
                GetBookingRequest.newBuilder().setBookingId(id).build(),
                reasons);
        row(
                "watch " + as,
                CAROL,
                BookingServiceGrpcClient.WatchBooking,
                WatchBookingRequest.newBuilder().setBookingId(id).build(),
                reasons);
    }

    private void numbers() {
        for (int quantity : new int[] {0, -1, 21, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            holding(quantity + " places", hold -> hold.setArea(area(quantity)), INVALID);
            holding(quantity + " best", hold -> hold.setBestAvailable(best(quantity)), INVALID);
        }
        holding("-1 accessible", hold -> hold.setBestAvailable(best(1).setAccessibleQuantity(-1)), INVALID);
        holding("more accessible", hold -> hold.setBestAvailable(best(1).setAccessibleQuantity(2)), INVALID);
        for (long fence : new long[] {0, -1, Long.MIN_VALUE}) {
            booking("fence " + fence, book -> book.setFence(fence));
        }
        booking(
                "fence of the future",
                book -> book.setFence(Long.MAX_VALUE),
                Set.of(ErrorReason.ERROR_REASON_FENCE_STALE));
        booking("no contact", CreateBookingRequest.Builder::clearContact);
    }

    private void places() {
        holding("no selection", CreateHoldRequest.Builder::clearSelection, INVALID);
        holding("no seats", hold -> hold.setSeats(ExactSeats.getDefaultInstance()), INVALID);
        holding("a seat twice", hold -> hold.setSeats(exact("A-1-5", "A-1-5")), INVALID);
        holding(
                "21 seats",
                hold -> hold.setSeats(exact(
                        IntStream.rangeClosed(1, 21).mapToObj(i -> "A-1-" + i).toArray(String[]::new))),
                INVALID);
        holding("an unknown seat", hold -> hold.setSeats(exact("Z-9-1")), NOT_FOUND);
        holding("a seat of another map", hold -> hold.setSeats(exact("A-1-12")), NOT_FOUND);
        holding("one known seat of two", hold -> hold.setSeats(exact("A-1-5", "Z-9-1")), NOT_FOUND);
        holding("an unknown area", hold -> hold.setArea(area(1).setAreaId("ROOF")), NOT_FOUND);
        holding("an unknown section", hold -> hold.setBestAvailable(best(1).addSections("Z")), NOT_FOUND);
        holding("an unknown price tier", hold -> hold.setBestAvailable(best(1).addPriceTiers("GOLD")), NOT_FOUND);
        holding("an unknown event", hold -> hold.setEventId(UUID.randomUUID().toString()), NOT_FOUND);
    }

    private void times() {
        for (Timestamp time : List.of(
                Timestamp.newBuilder().setSeconds(-62_167_219_200L).build(),
                Timestamp.newBuilder().setSeconds(253_402_300_800L).build(),
                Timestamp.newBuilder().setSeconds(Long.MIN_VALUE).build(),
                Timestamp.newBuilder().setSeconds(4_000_000_000L).setNanos(-1).build(),
                Timestamp.newBuilder()
                        .setSeconds(4_000_000_000L)
                        .setNanos(1_000_000_000)
                        .build())) {
            String as = time.getSeconds() + "s " + time.getNanos();
            event("event_time " + as, event -> event.setEventTime(time));
            event("sale_start " + as, event -> event.setSaleStart(time));
            event("sale_end " + as, event -> event.setSaleEnd(time));
        }
        event("sale ends first", event -> event.setSaleEnd(event.getSaleStart()));
        for (Duration ttl : List.of(Duration.ZERO, Duration.ofSeconds(-5), Duration.ofDays(1))) {
            event(
                    "hold_ttl " + ttl,
                    event -> event.setHoldTtl(
                            com.google.protobuf.Duration.newBuilder().setSeconds(ttl.toSeconds())));
        }
        event("an unknown locking mode", event -> event.setLockingModeValue(99));
    }

    @TestFactory
    Stream<DynamicTest> refusesReusedRequestIds() {
        row(
                "hold, other seats",
                ALICE,
                HoldServiceGrpcClient.CreateHold,
                heldBy.toBuilder().setSeats(exact("A-1-7")).build(),
                REUSED);
        row(
                "booking, other token",
                ALICE,
                BookingServiceGrpcClient.CreateBooking,
                bookedBy.toBuilder().setPaymentToken("tok_other").build(),
                REUSED);
        row(
                "booking, other contact",
                ALICE,
                BookingServiceGrpcClient.CreateBooking,
                bookedBy.toBuilder()
                        .setContact(bookedBy.getContact().toBuilder().setName("Eve"))
                        .build(),
                REUSED);
        return tests();
    }

    @TestFactory
    Stream<DynamicTest> refusesStepsOutOfOrder() {
        booking("no such hold", book -> book.setHoldId("a".repeat(43)), NOT_FOUND);
        booking("a released hold", book -> book.setHoldId(released.getHoldId()), NOT_ACTIVE);
        booking("somebody else's hold", book -> book.setHoldId(bobs.getHoldId()), NOT_FOUND);
        booking(
                "a hold that ran out",
                book -> book.setHoldId(expired.getHoldId()).setFence(expired.getFence()),
                Set.of(ErrorReason.ERROR_REASON_HOLD_EXPIRED));
        holding("a draft", hold -> hold.setEventId(draft), NOT_ON_SALE);
        holding("after the sale", hold -> hold.setEventId(closed), NOT_ON_SALE);
        holding("before the sale", hold -> hold.setEventId(early), NOT_ON_SALE);
        Hold sold = hold(bookedBy.getHoldId());
        row("release what is booked", ALICE, HoldServiceGrpcClient.ReleaseHold, release(sold, "r"), NOT_ACTIVE);
        row("swap what is booked", ALICE, HoldServiceGrpcClient.SwapHold, swap(sold, "s"), NOT_ACTIVE);
        row("swap what was released", ALICE, HoldServiceGrpcClient.SwapHold, swap(released, "s"), NOT_ACTIVE);
        row("release somebody else's", CAROL, HoldServiceGrpcClient.ReleaseHold, release(active, "r"), NOT_FOUND);
        row("swap somebody else's", CAROL, HoldServiceGrpcClient.SwapHold, swap(active, "s"), NOT_FOUND);
        bookingId(booked.getBookingId(), "somebody else's booking", NOT_FOUND);
        bookingId(UUID.randomUUID().toString(), "no booking", NOT_FOUND);
        rows.add(new Row(
                "hold without a token",
                test -> OFFICE.withToken("").refused(HoldServiceGrpcClient.CreateHold, seat().build()),
                Set.of(ErrorReason.ERROR_REASON_TOKEN_INVALID)));
        rows.add(new Row(
                "hold as a scanner",
                test -> OFFICE.as(Role.SCANNER, "gate").refused(HoldServiceGrpcClient.CreateHold, seat().build()),
                Set.of(ErrorReason.ERROR_REASON_ROLE_REQUIRED)));
        return tests();
    }

    @Test
    void answersASecondPaymentWithTheFirstBooking() {
        String before = state();

        assertThat(OFFICE.fan(ALICE)
                        .call(BookingServiceGrpcClient.CreateBooking, bookedBy)
                        .getBooking())
                .isEqualTo(booked);
        assertThat(OFFICE.fan(ALICE)
                        .call(
                                BookingServiceGrpcClient.CreateBooking,
                                bookedBy.toBuilder().setRequestId("twice").build())
                        .getBooking())
                .isEqualTo(booked);
        assertThat(state()).isEqualTo(before);
    }

    @Test
    void knowsAHundredCallsAtOnceForOneBookingAndIgnoresAPriceOfTheClients() throws Exception {
        UUID own = OFFICE.event();
        HoldRecord hold = OFFICE.hold(own, CAROL, 3, 4);
        UnknownFieldSet price = UnknownFieldSet.newBuilder()
                .addField(7, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
                .build();
        CreateBookingRequest request = BoxOffice.checkout(hold, "tok_approve").toBuilder()
                .setUnknownFields(price)
                .build();
        Calls carol = OFFICE.fan(CAROL);

        List<Future<CreateBookingResponse>> calls = IntStream.range(0, 100)
                .mapToObj(i -> carol.send(BookingServiceGrpcClient.CreateBooking, request))
                .toList();
        List<Booking> bookings =
                calls.stream().map(call -> BoxOffice.await(call).getBooking()).toList();

        assertThat(bookings)
                .extracting(Booking::getBookingId)
                .containsOnly(bookings.getFirst().getBookingId());
        assertThat(OFFICE.settled(bookings.getFirst()).getTotal()).isEqualTo(Shows.euros(9416));
        assertThat(OFFICE.payments(own)).hasSize(1);
        OFFICE.auditedClean(own);
    }

    @Test
    void treatsTheSameRequestIdOfTwoFansAsTwoRequests() {
        UUID own = OFFICE.event();
        CreateHoldRequest.Builder request = seats(own, "A-1-1");

        Hold first = held("dave", request.build());
        Hold second = held("erin", request.setSeats(exact("A-1-2")).build());

        assertThat(first.getHoldId()).isNotEqualTo(second.getHoldId());
    }

    private void holding(String name, UnaryOperator<CreateHoldRequest.Builder> change, Set<ErrorReason> reasons) {
        row(
                "hold: " + name,
                CAROL,
                HoldServiceGrpcClient.CreateHold,
                change.apply(seat()).build(),
                reasons);
    }

    private void booking(String name, UnaryOperator<CreateBookingRequest.Builder> change) {
        booking(name, change, INVALID);
    }

    private void booking(String name, UnaryOperator<CreateBookingRequest.Builder> change, Set<ErrorReason> reasons) {
        CreateBookingRequest.Builder request = bookedBy.toBuilder()
                .setRequestId(UUID.randomUUID().toString())
                .setHoldId(active.getHoldId())
                .setFence(active.getFence());
        row(
                "book: " + name,
                ALICE,
                BookingServiceGrpcClient.CreateBooking,
                change.apply(request).build(),
                reasons);
    }

    private void event(String name, UnaryOperator<CreateEventRequest.Builder> change) {
        CreateEventRequest request = change.apply(Shows.request(seatMapId)).build();
        rows.add(new Row(
                "event: " + name,
                test -> OFFICE.as(Role.OPERATOR, "olga").refused(CatalogAdminServiceGrpcClient.CreateEvent, request),
                INVALID));
    }

    private <Q, R> void row(
            String name, String account, ServiceMethod<R, Q> method, Q request, Set<ErrorReason> reasons) {
        rows.add(new Row(name, test -> OFFICE.fan(account).refused(method, request), reasons));
    }

    private Stream<DynamicTest> tests() {
        return rows.stream()
                .map(row -> DynamicTest.dynamicTest(row.name(), () -> {
                    String before = state();
                    Refusal refusal = row.call().apply(this);
                    assertThat(row.reasons()).as(refusal.getMessage()).contains(refusal.reason());
                    assertThat(state()).isEqualTo(before);
                }));
    }

    /** Everything a refused call could have changed: rows, and the inventory of the event. */
    private static String state() {
        String rows = OFFICE.text("""
                SELECT concat_ws(' ',
                    (SELECT md5(string_agg(b::text, ';' ORDER BY b.id)) FROM bookings b WHERE b.event_id = $1),
                    (SELECT md5(string_agg(i::text, ';' ORDER BY i.booking_id, i.item_no)) FROM booking_items i
                        WHERE i.event_id = $1),
                    (SELECT md5(string_agg(s::text, ';' ORDER BY s.ordinal)) FROM seats s WHERE s.event_id = $1),
                    (SELECT md5(string_agg(a::text, ';' ORDER BY a.area_index)) FROM areas a WHERE a.event_id = $1),
                    (SELECT md5(string_agg(t::text, ';' ORDER BY t.id)) FROM tickets t WHERE t.event_id = $1),
                    (SELECT md5(string_agg(e::text, ';')) FROM events e WHERE e.id = $1))
                """, eventId);
        InventoryKeys keys = InventoryKeys.of(eventId, InventoryKeys.DEFAULT_SHARDS);
        return rows + " " + BoxOffice.await(OFFICE.ledger().snapshot(eventId)).orElseThrow() + " "
                + redis(Command.HGETALL, keys.holds()) + " " + redis(Command.HGETALL, keys.fans());
    }

    private static String redis(Command command, String key) {
        return String.valueOf(BoxOffice.await(OFFICE.redis().send(command, key)));
    }

    private static String shown(String word) {
        return word.length() > 20
                ? word.length() + " characters"
                : "'"
                        + word.codePoints()
                                .mapToObj(c -> c > 32 && c < 127 ? Character.toString(c) : "\\u%04x".formatted(c))
                                .collect(java.util.stream.Collectors.joining())
                        + "'";
    }

    private static CreateHoldRequest.Builder seat() {
        return seats(eventId, "A-1-5");
    }

    private static CreateHoldRequest.Builder seats(UUID event, String... seatIds) {
        return CreateHoldRequest.newBuilder()
                .setRequestId(UUID.randomUUID().toString())
                .setEventId(event.toString())
                .setSeats(exact(seatIds));
    }

    private static ExactSeats exact(String... seatIds) {
        return ExactSeats.newBuilder().addAllSeatIds(List.of(seatIds)).build();
    }

    private static AreaSelection.Builder area(int quantity) {
        return AreaSelection.newBuilder().setAreaId("FLOOR").setQuantity(quantity);
    }

    private static BestAvailable.Builder best(int quantity) {
        return BestAvailable.newBuilder().setQuantity(quantity);
    }

    private static Hold hold(String id) {
        return Hold.newBuilder().setHoldId(id).build();
    }

    private static Hold held(String account, CreateHoldRequest request) {
        return OFFICE.fan(account)
                .call(HoldServiceGrpcClient.CreateHold, request)
                .getHold();
    }

    private static ReleaseHoldRequest release(Hold hold, String requestId) {
        return ReleaseHoldRequest.newBuilder()
                .setRequestId(requestId)
                .setHoldId(hold.getHoldId())
                .build();
    }

    private static SwapHoldRequest swap(Hold hold, String requestId) {
        return SwapHoldRequest.newBuilder()
                .setRequestId(requestId)
                .setHoldId(hold.getHoldId())
                .setSeats(exact("A-1-6"))
                .build();
    }

    private static CancelBookingRequest cancel(Booking booking, String requestId) {
        return CancelBookingRequest.newBuilder()
                .setRequestId(requestId)
                .setBookingId(booking.getBookingId())
                .build();
    }
}
