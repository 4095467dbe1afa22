package dev.onsale.command.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onsale.command.BoxOffice;
import dev.onsale.command.Calls;
import dev.onsale.command.gate.GatedCall.Belongings;
import dev.onsale.command.inventory.Choice;
import dev.onsale.command.inventory.HoldRecord;
import dev.onsale.proto.booking.v1.BookingServiceGrpcClient;
import dev.onsale.proto.booking.v1.GetBookingRequest;
import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.proto.gate.v1.GateServiceGrpcClient;
import dev.onsale.proto.gate.v1.RevokeAdmissionRequest;
import dev.onsale.proto.gate.v1.SetGateRequest;
import dev.onsale.proto.inventory.v1.GetHoldRequest;
import dev.onsale.proto.inventory.v1.HoldServiceGrpcClient;
import dev.onsale.runtime.admission.Admission;
import dev.onsale.runtime.auth.Role;
import dev.onsale.runtime.auth.SigningKey;
import dev.onsale.runtime.error.Refusal;
import io.vertx.grpc.common.GrpcStatus;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Nobody gets past the gate by any call of the buy path, and everybody with an admission does. */
class GateIT {
    private static final Doorkeeper DOOR = new Doorkeeper();

    @RegisterExtension
    static final BoxOffice OFFICE =
            new BoxOffice().with("admission.jwks-file", DOOR.file().toString());

    private static final String ALICE = "alice";
    private static final SigningKey DEVICE = SigningKey.generate();

    private static UUID event;
    private static UUID otherEvent;
    private static Belongings alices;

    @BeforeAll
    static void sellBehindAGate() {
        event = OFFICE.event();
        otherEvent = OFFICE.event();
        alices = belongings(ALICE, 0);
        OFFICE.auditedClean(event); // The last saga has ended.
        gate(event, true, 1);
        gate(otherEvent, true, 1);
        gate(event, true, 2);
        revoke(RevokeAdmissionRequest.newBuilder().setSessionId("e13"));
        revoke(RevokeAdmissionRequest.newBuilder().setAccount("rob"));
    }

    /** The first ten buy in the first row and hold in the second; those after them buy in the third and hold on the floor. */
    private static Belongings belongings(String account, int seat) {
        boolean early = seat < 10;
        String booking = OFFICE.settled(
                        OFFICE.book(OFFICE.hold(event, account, early ? seat : seat + 20), "tok_approve"))
                .getBookingId();
        HoldRecord hold =
                early ? OFFICE.hold(event, account, seat + 11) : OFFICE.hold(event, account, new Choice.Area(0, 1));
        return new Belongings(event, account, hold, booking, "B-1-" + (seat + 1));
    }

    private static Calls room() {
        return OFFICE.as(Role.SERVICE, "waiting-room");
    }

    private static void gate(UUID which, boolean required, int epoch) {
        SetGateRequest request = SetGateRequest.newBuilder()
                .setEventId(which.toString())
                .setAdmissionRequired(required)
                .setEpoch(epoch)
                .build();
        room().call(GateServiceGrpcClient.SetGate, request);
    }

    private static void revoke(RevokeAdmissionRequest.Builder whom) {
        room().call(
                        GateServiceGrpcClient.RevokeAdmission,
                        whom.setEventId(event.toString()).build());
    }

    /** Every admission that is worth nothing: what the call shows, by its method, and the cause it is told. */
    private static Map<String, Function<String, Map<String, String>>> worthless() {
        Admission good = Doorkeeper.admission(ALICE, event, "e1");
        String bound = DOOR.sign(Doorkeeper.bound(good, DEVICE));
        SigningKey stranger = SigningKey.generate();
        Map<String, Function<String, Map<String, String>>> all = new LinkedHashMap<>();
        all.put("missing: none", method -> Map.of());
        all.put("invalid: another account's", method -> DOOR.headers("bob", event, "e1"));
        all.put("invalid: another event's", method -> DOOR.headers(ALICE, otherEvent, "e1"));
        all.put("invalid: forged", method -> Doorkeeper.shown(Doorkeeper.sign(good, SigningKey.generateEd25519())));
        all.put("invalid: an access token", method -> Doorkeeper.shown(OFFICE.token(Role.FAN, ALICE)));
        all.put(
                "expired: over",
                method -> Doorkeeper.shown(DOOR.sign(at(good, 2, Instant.now().minusSeconds(60)))));
        all.put("revoked: an older epoch's", method -> Doorkeeper.shown(DOOR.sign(at(good, 1, good.expires()))));
        all.put("revoked: the session", method -> DOOR.headers(ALICE, event, "e13"));
        all.put("proof: none", method -> Doorkeeper.shown(bound));
        all.put(
                "proof: another device's",
                method -> Doorkeeper.shown(bound, Doorkeeper.proof(stranger, bound, method)));
        all.put("proof: another method's", method -> Doorkeeper.shown(bound, Doorkeeper.proof(DEVICE, bound, "x/Y")));
        all.put(
                "proof: another token's",
                method -> Doorkeeper.shown(bound, Doorkeeper.proof(DEVICE, DOOR.sign(good), method)));
        return all;
    }

    private static String word(String name) {
        return name.substring(0, name.indexOf(':'));
    }

    private static Admission at(Admission same, int epoch, Instant expires) {
        return new Admission(same.account(), same.event(), same.session(), epoch, expires, Optional.empty());
    }

    @TestFactory
    Stream<DynamicTest> refusesEveryCallWithoutALiveAdmission() {
        Map<String, Function<String, Map<String, String>>> worthless = worthless();
        return GatedCall.methods()
                .flatMap(method -> worthless.entrySet().stream()
                        .map(shown -> DynamicTest.dynamicTest(method + ", " + shown.getKey(), () -> {
                            String before = state();
                            Calls alice =
                                    OFFICE.fan(ALICE).with(shown.getValue().apply(method));
                            Refusal refusal = GatedCall.of(method, alices).refusedTo(alice);

                            assertThat(refusal.reason()).isEqualTo(ErrorReason.ERROR_REASON_ADMISSION_REQUIRED);
                            assertThat(refusal.status()).isEqualTo(GrpcStatus.UNAUTHENTICATED);
                            assertThat(refusal.metadata()).containsEntry("cause", word(shown.getKey()));
                            assertThat(state()).isEqualTo(before);
                        })));
    }

    @TestFactory
    Stream<DynamicTest> refusesEveryCallOfARevokedAccount() {
        return GatedCall.methods()
                .filter(method -> method.contains("HoldService"))
                .map(method -> DynamicTest.dynamicTest(method, () -> {
                    Calls rob = OFFICE.fan("rob").with(DOOR.headers("rob", event, "e14"));

                    assertThat(GatedCall.of(method, alices).refusedTo(rob).metadata())
                            .containsEntry("cause", "revoked");
                }));
    }

    @TestFactory
    Stream<DynamicTest> letsEveryCallWithALiveAdmissionThrough() {
        List<String> methods = GatedCall.methods().toList();
        return IntStream.range(0, methods.size()).mapToObj(i -> {
            String method = methods.get(i);
            return DynamicTest.dynamicTest(method, () -> {
                String fan = "fan-" + i;
                gate(event, false, 2);
                Belongings own = belongings(fan, i + 1);
                gate(event, true, 2);
                String token = DOOR.sign(Doorkeeper.bound(Doorkeeper.admission(fan, event, "e20" + i), DEVICE));
                Calls client = OFFICE.fan(fan).with(Doorkeeper.shown(token, Doorkeeper.proof(DEVICE, token, method)));

                assertThat(GatedCall.of(method, own).answeredTo(client)).isNotNull();
                OFFICE.auditedClean(event);
            });
        });
    }

    @Test
    void looksLikeNothingToAStrangerWithAnAdmission() {
        Calls bob = OFFICE.fan("bob").with(DOOR.headers("bob", event, "e2"));

        GatedCall.methods()
                .filter(method -> !method.endsWith("CreateHold"))
                .forEach(method -> assertThat(
                                GatedCall.of(method, alices).refusedTo(bob).reason())
                        .as(method)
                        .isEqualTo(ErrorReason.ERROR_REASON_RESOURCE_NOT_FOUND));
        assertThat(GatedCall.of("onsale.booking.v1.BookingService/GetBooking", alices)
                        .refusedTo(OFFICE.fan("bob"))
                        .reason())
                .isEqualTo(ErrorReason.ERROR_REASON_RESOURCE_NOT_FOUND);
    }

    @Test
    void letsSupportThrough() {
        assertThat(GatedCall.of("onsale.booking.v1.BookingService/GetBooking", alices)
                        .answeredTo(OFFICE.as(Role.SUPPORT, "sue")))
                .isNotNull();
    }

    @Test
    void takesOneAdmissionAHundredTimesAtOnce() {
        Calls alice = OFFICE.fan(ALICE).with(DOOR.headers(ALICE, event, "e3"));
        GetHoldRequest request = GetHoldRequest.newBuilder()
                .setHoldId(alices.hold().id().value())
                .build();

        var answers = IntStream.range(0, 100)
                .mapToObj(i -> alice.send(HoldServiceGrpcClient.GetHold, request))
                .toList();

        answers.forEach(answer ->
                assertThat(BoxOffice.await(answer).getHold().getHoldId()).isEqualTo(request.getHoldId()));
    }

    @Test
    void ignoresAnOlderEpochAndUnknownEvents() {
        gate(otherEvent, true, 5);
        gate(otherEvent, false, 4);

        assertThat(OFFICE.text("SELECT admission_required::text || epoch FROM gates WHERE event_id = $1", otherEvent))
                .isEqualTo("true5");
        assertThat(room().refused(
                                GateServiceGrpcClient.SetGate,
                                SetGateRequest.newBuilder()
                                        .setEventId(UUID.randomUUID().toString())
                                        .setEpoch(1)
                                        .build())
                        .reason())
                .isEqualTo(ErrorReason.ERROR_REASON_RESOURCE_NOT_FOUND);
        assertThat(OFFICE.fan(ALICE)
                        .refused(GateServiceGrpcClient.SetGate, SetGateRequest.getDefaultInstance())
                        .reason())
                .isEqualTo(ErrorReason.ERROR_REASON_ROLE_REQUIRED);
    }

    @Test
    void whatWasBoughtCanBeLookedAtOnceTheRoomIsClosedButNothingMoreBeHeld() {
        UUID sold = OFFICE.event();
        HoldRecord hold = OFFICE.hold(sold, ALICE, 0);
        String booking = OFFICE.settled(OFFICE.book(hold, "tok_approve")).getBookingId();
        Belongings own = new Belongings(sold, ALICE, hold, booking, "B-1-3");

        room().call(
                        GateServiceGrpcClient.SetGate,
                        SetGateRequest.newBuilder()
                                .setEventId(sold.toString())
                                .setAdmissionRequired(true)
                                .setRoomClosed(true)
                                .setEpoch(1)
                                .build());

        Calls alice = OFFICE.fan(ALICE);
        GetBookingRequest look =
                GetBookingRequest.newBuilder().setBookingId(booking).build();
        assertThat(alice.call(BookingServiceGrpcClient.GetBooking, look)
                        .getBooking()
                        .getBookingId())
                .isEqualTo(booking);
        assertThat(GatedCall.of("HoldService/CreateHold", own).refusedTo(alice).reason())
                .isEqualTo(ErrorReason.ERROR_REASON_ADMISSION_REQUIRED);
    }

    /** Everything a refused call could have changed. */
    private static String state() {
        return OFFICE.text("""
                SELECT concat_ws(' ',
                    (SELECT md5(string_agg(b::text, ';' ORDER BY b.id)) FROM bookings b WHERE b.event_id = $1),
                    (SELECT md5(string_agg(s::text, ';' ORDER BY s.ordinal)) FROM seats s WHERE s.event_id = $1),
                    (SELECT md5(string_agg(f::text, ';' ORDER BY f.session_id)) FROM finished_sessions f
                        WHERE f.event_id = $1))
                """, event)
                + BoxOffice.await(OFFICE.ledger().snapshot(event)).orElseThrow();
    }
}
