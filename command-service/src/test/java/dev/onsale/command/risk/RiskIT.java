package dev.onsale.command.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Duration;
import dev.onsale.command.BoxOffice;
import dev.onsale.command.Calls;
import dev.onsale.command.Shows;
import dev.onsale.proto.booking.v1.Booking;
import dev.onsale.proto.booking.v1.BookingServiceGrpcClient;
import dev.onsale.proto.booking.v1.BookingStatus;
import dev.onsale.proto.booking.v1.Contact;
import dev.onsale.proto.booking.v1.CreateBookingRequest;
import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.proto.inventory.v1.CreateHoldRequest;
import dev.onsale.proto.inventory.v1.ExactSeats;
import dev.onsale.proto.inventory.v1.Hold;
import dev.onsale.proto.inventory.v1.HoldServiceGrpcClient;
import dev.onsale.proto.inventory.v1.ReleaseHoldRequest;
import dev.onsale.proto.inventory.v1.SwapHoldRequest;
import dev.onsale.proto.risk.v1.GetVerdictRequest;
import dev.onsale.proto.risk.v1.ListOverridesRequest;
import dev.onsale.proto.risk.v1.ListVerdictsRequest;
import dev.onsale.proto.risk.v1.ListVerdictsResponse;
import dev.onsale.proto.risk.v1.RevokeOverrideRequest;
import dev.onsale.proto.risk.v1.RiskOverride;
import dev.onsale.proto.risk.v1.RiskServiceGrpcClient;
import dev.onsale.proto.risk.v1.SetOverrideRequest;
import dev.onsale.proto.risk.v1.Verdict;
import dev.onsale.proto.risk.v1.VerdictKind;
import dev.onsale.runtime.auth.Role;
import dev.onsale.runtime.error.Refusal;
import io.vertx.core.json.JsonObject;
import io.vertx.redis.client.Command;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The guard over real calls, stores and all. Four calls a minute are usual here, of two accounts on a device. */
final class RiskIT {
    private static final java.time.Duration PATIENCE = java.time.Duration.ofSeconds(60);

    @RegisterExtension
    static final BoxOffice OFFICE = new BoxOffice()
            .with("risk.mode", "enforce")
            .with("risk.velocity.calls", "4")
            .with("risk.device.accounts", "2")
            .with("risk.weight.shared-device", "1")
            .with("risk.weight.shared-contact", "0.5")
            .with("risk.threshold.slow", "0.7")
            .with("risk.slow.pause", "60s")
            .with("risk.drop-catching.within", "1ms") // Fans here take seats after each other.
            .with("risk.challenge.max-number", "500")
            .with("risk.records.every", "20ms")
            .with("risk.overrides.every", "50ms");

    private final String alice = "alice-" + UUID.randomUUID();
    private UUID eventId = new UUID(0, 0);

    @BeforeEach
    void openEvent() {
        eventId = OFFICE.event();
    }

    @Test
    void whoHoldsTooOftenSolvesAChallengeForEachHold() throws Exception {
        holdAndRelease(alice, 4);
        CreateHoldRequest fifth = seats("A-1-1");

        Refusal refusal = OFFICE.fan(alice).refused(HoldServiceGrpcClient.CreateHold, fifth);

        assertThat(refusal.reason()).isEqualTo(ErrorReason.ERROR_REASON_CHALLENGE_REQUIRED);
        Calls solved = OFFICE.fan(alice).with(Map.of(Risk.SOLUTION_HEADER, solve(refusal)));
        Hold hold = solved.call(HoldServiceGrpcClient.CreateHold, fifth).getHold();
        assertThat(OFFICE.fan(alice)
                        .call(HoldServiceGrpcClient.CreateHold, fifth)
                        .getHold())
                .as("what was granted stays granted, without a solution")
                .isEqualTo(hold);
        assertThat(solved.refused(HoldServiceGrpcClient.CreateHold, seats("A-1-2"))
                        .reason())
                .as("a solution is good for one hold")
                .isEqualTo(ErrorReason.ERROR_REASON_CHALLENGE_REQUIRED);
        SwapHoldRequest swap = SwapHoldRequest.newBuilder()
                .setRequestId(Shows.requestId())
                .setHoldId(hold.getHoldId())
                .setSeats(ExactSeats.newBuilder().addSeatIds("A-1-3"))
                .build();
        assertThat(OFFICE.fan(alice)
                        .refused(HoldServiceGrpcClient.SwapHold, swap)
                        .reason())
                .as("a swap is a call like any other")
                .isEqualTo(ErrorReason.ERROR_REASON_CHALLENGE_REQUIRED);
        assertThat(OFFICE.fan("bob-" + alice)
                        .with(Map.of(Risk.SOLUTION_HEADER, solve(refusal)))
                        .call(HoldServiceGrpcClient.CreateHold, seats("A-1-5"))
                        .hasHold())
                .as("others are not touched")
                .isTrue();
    }

    @Test
    void whatTheHoldWasRefusedForIsNotHeld() {
        holdAndRelease(alice, 4);
        OFFICE.fan(alice).refused(HoldServiceGrpcClient.CreateHold, seats("A-1-1"));

        assertThat(OFFICE.fan("bob-" + alice)
                        .call(HoldServiceGrpcClient.CreateHold, seats("A-1-1"))
                        .hasHold())
                .isTrue();
    }

    @Test
    void supportFindsTheVerdictAndItsSignals() {
        holdAndRelease(alice, 4);
        Refusal refusal = OFFICE.fan(alice).refused(HoldServiceGrpcClient.CreateHold, seats("A-1-1"));
        UUID id = UUID.fromString(refusal.metadata().get("verdict_id"));

        List<Verdict> found = await().atMost(PATIENCE)
                .until(() -> verdicts(ListVerdictsRequest.newBuilder().setAccount(alice)), some -> !some.isEmpty());

        assertThat(found).singleElement().satisfies(verdict -> {
            assertThat(verdict.getVerdictId()).isEqualTo(id.toString());
            assertThat(verdict.getKind()).isEqualTo(VerdictKind.VERDICT_KIND_CHALLENGE);
            assertThat(verdict.getEventId()).isEqualTo(eventId.toString());
            assertThat(verdict.getMethod()).isEqualTo("HoldService/CreateHold");
            assertThat(verdict.getEnforced()).isTrue();
            assertThat(verdict.getSignalsList()).singleElement().satisfies(signal -> {
                assertThat(signal.getName()).isEqualTo(Signals.HOLD_VELOCITY);
                assertThat(signal.getShows()).isEqualTo("5 calls in 60 s");
            });
        });
        assertThat(OFFICE.as(Role.SUPPORT, "sue")
                        .call(RiskServiceGrpcClient.GetVerdict, get(id))
                        .getVerdict())
                .isEqualTo(found.getFirst());
        assertThat(verdicts(ListVerdictsRequest.newBuilder().setAccount(alice).setKind(VerdictKind.VERDICT_KIND_DENY)))
                .isEmpty();
        assertThat(verdicts(ListVerdictsRequest.newBuilder()
                        .setEventId(eventId.toString())
                        .setToTime(found.getFirst().getTime())))
                .isEmpty();
        assertThat(verdicts(ListVerdictsRequest.newBuilder()
                        .setEventId(eventId.toString())
                        .setFromTime(found.getFirst().getTime())))
                .hasSize(1);
        assertThat(OFFICE.as(Role.SUPPORT, "sue")
                        .refused(RiskServiceGrpcClient.GetVerdict, get(UUID.randomUUID()))
                        .reason())
                .isEqualTo(ErrorReason.ERROR_REASON_RESOURCE_NOT_FOUND);
        assertThat(OFFICE.fan(alice)
                        .refused(RiskServiceGrpcClient.GetVerdict, get(id))
                        .reason())
                .isEqualTo(ErrorReason.ERROR_REASON_ROLE_REQUIRED);
    }

    @Test
    void pagesShowEveryVerdictOnce() {
        for (int i = 0; i < 5; i++) {
            String fan = "fan-" + i + "-" + alice;
            holdAndRelease(fan, 4);
            OFFICE.fan(fan).refused(HoldServiceGrpcClient.CreateHold, seats("A-1-1"));
        }
        ListVerdictsRequest.Builder wanted = ListVerdictsRequest.newBuilder().setEventId(eventId.toString());
        List<Verdict> all = await().atMost(PATIENCE).until(() -> verdicts(wanted), found -> found.size() == 5);

        ListVerdictsResponse first = list(wanted.setPageSize(3));
        ListVerdictsResponse second = list(wanted.setPageToken(first.getNextPageToken()));

        assertThat(first.getVerdictsList()).isEqualTo(all.subList(0, 3));
        assertThat(second.getVerdictsList()).isEqualTo(all.subList(3, 5));
        assertThat(second.getNextPageToken()).isEmpty();
        assertThat(OFFICE.as(Role.SUPPORT, "sue")
                        .refused(
                                RiskServiceGrpcClient.ListVerdicts,
                                wanted.setPageToken("bm8=").build())
                        .reason())
                .isEqualTo(ErrorReason.ERROR_REASON_INVALID_FIELD);
    }

    @Test
    void manyAccountsOnOneDeviceAreSlowedAndThenDenied() {
        Map<String, String> device = Map.of(Risk.DEVICE_HEADER, "device-" + eventId);
        for (int i = 0; i < 2; i++) {
            OFFICE.fan("a" + i + alice).with(device).call(HoldServiceGrpcClient.CreateHold, seats("A-1-" + (1 + i)));
        }
        Calls third = OFFICE.fan("a2" + alice).with(device);
        Refusal challenged = third.refused(HoldServiceGrpcClient.CreateHold, seats("A-1-3"));
        assertThat(challenged.reason())
                .as("its first call came after a pause")
                .isEqualTo(ErrorReason.ERROR_REASON_CHALLENGE_REQUIRED);
        assertThat(challenged.retryAfter()).isEqualTo(java.time.Duration.ofSeconds(60));
        Refusal slowed = third.refused(HoldServiceGrpcClient.CreateHold, seats("A-1-3"));
        assertThat(slowed.reason()).isEqualTo(ErrorReason.ERROR_REASON_RATE_LIMITED);
        assertThat(slowed.retryAfter()).isEqualTo(java.time.Duration.ofSeconds(60));
        Refusal denied =
                OFFICE.fan("a3" + alice).with(device).refused(HoldServiceGrpcClient.CreateHold, seats("A-1-3"));
        assertThat(denied.reason()).isEqualTo(ErrorReason.ERROR_REASON_RISK_DENIED);
        assertThat(denied.retryAfter()).as("waiting won't help").isNull();
        assertThat(OFFICE.fan("a0" + alice)
                        .call(HoldServiceGrpcClient.CreateHold, seats("A-1-3"))
                        .hasHold())
                .as("it is about the device")
                .isTrue();
        assertThat(OFFICE.as(Role.PARTNER, "partner")
                        .with(device)
                        .call(HoldServiceGrpcClient.CreateHold, seats("A-1-4"))
                        .hasHold())
                .as("partners answer for their own")
                .isTrue();
    }

    @Test
    void anOverrideLetsThroughUntilItIsRevoked() {
        holdAndRelease(alice, 4);
        Calls support = OFFICE.as(Role.SUPPORT, "sue");
        CreateHoldRequest wanted = seats("A-1-1");
        OFFICE.fan(alice).refused(HoldServiceGrpcClient.CreateHold, wanted);
        SetOverrideRequest request = override(alice);

        RiskOverride set =
                support.call(RiskServiceGrpcClient.SetOverride, request).getOverride();

        assertThat(support.call(RiskServiceGrpcClient.SetOverride, request).getOverride())
                .isEqualTo(set);
        Hold hold = await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(
                        () -> OFFICE.fan(alice)
                                .call(HoldServiceGrpcClient.CreateHold, wanted)
                                .getHold(),
                        made -> true);
        release(alice, hold);
        RiskOverride revoked =
                support.call(RiskServiceGrpcClient.RevokeOverride, revoke(set)).getOverride();
        assertThat(revoked.getRevokedBy()).isEqualTo("sue");
        assertThat(revoked.getRevokeReason()).isEqualTo("was a mistake");
        assertThat(OFFICE.as(Role.OPERATOR, "olga")
                        .call(RiskServiceGrpcClient.RevokeOverride, revoke(set))
                        .getOverride())
                .as("once is enough")
                .isEqualTo(revoked);
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(
                        () -> refusedOrReleased(alice),
                        reason -> reason == ErrorReason.ERROR_REASON_CHALLENGE_REQUIRED
                                || reason == ErrorReason.ERROR_REASON_RATE_LIMITED);
        assertThat(support.call(
                                RiskServiceGrpcClient.ListOverrides,
                                ListOverridesRequest.newBuilder()
                                        .setAccount(alice)
                                        .build())
                        .getOverridesList())
                .containsExactly(revoked);
        assertThat(OFFICE.as(Role.SUPPORT, alice)
                        .refused(RiskServiceGrpcClient.SetOverride, override(alice))
                        .reason())
                .as("nobody overrules a verdict about themselves")
                .isEqualTo(ErrorReason.ERROR_REASON_ROLE_REQUIRED);
    }

    @Test
    void anAddressThatManyAccountsGiveIsUnusualButWhatWasBookedStays() throws Exception {
        CreateBookingRequest first = booking(hold("a0" + alice, "A-1-1"), "shared+0@example.org");
        Booking booked = book("a0" + alice, first);
        book("a1" + alice, booking(hold("a1" + alice, "A-1-2"), "Shared+1@example.org"));
        CreateBookingRequest third = booking(hold("a2" + alice, "A-1-3"), "shared@example.org");

        Refusal refusal = OFFICE.fan("a2" + alice).refused(BookingServiceGrpcClient.CreateBooking, third);

        assertThat(refusal.reason()).isEqualTo(ErrorReason.ERROR_REASON_CHALLENGE_REQUIRED);
        assertThat(OFFICE.count("SELECT count(*) FROM bookings WHERE user_id = $1", "a2" + alice))
                .as("nothing was booked")
                .isZero();
        assertThat(book("a0" + alice, first).getBookingId())
                .as("the first answer stays the answer")
                .isEqualTo(booked.getBookingId());
        assertThat(OFFICE.fan("a2" + alice)
                        .with(Map.of(Risk.SOLUTION_HEADER, solve(refusal)))
                        .call(BookingServiceGrpcClient.CreateBooking, third)
                        .hasBooking())
                .isTrue();
    }

    /** Its hold is free again by then, so nothing but the booking tells that the request is an old one. */
    @Test
    void aBookingThatWasDeclinedIsStillTheAnswerToItsRequest() {
        String buyer = "a0" + alice;
        CreateBookingRequest declined = booking(hold(buyer, "A-1-1"), "shared@example.org").toBuilder()
                .setPaymentToken("tok_decline")
                .build();
        String id = book(buyer, declined).getBookingId();
        Booking first = await().atMost(PATIENCE)
                .until(
                        () -> OFFICE.booking(buyer, id),
                        now -> now.getStatus() == BookingStatus.BOOKING_STATUS_CANCELLED);
        book("a1" + alice, booking(hold("a1" + alice, "A-1-2"), "shared@example.org"));
        OFFICE.fan("a2" + alice)
                .refused(
                        BookingServiceGrpcClient.CreateBooking,
                        booking(hold("a2" + alice, "A-1-3"), "shared@example.org"));

        assertThat(book(buyer, declined)).isEqualTo(first);
    }

    @Test
    void nothingPersonalIsInRedisAndAnErasureLeavesNothingInPostgres() {
        holdAndRelease(alice, 4);
        OFFICE.fan(alice)
                .with(Map.of(Risk.DEVICE_HEADER, "device-of-" + alice))
                .refused(HoldServiceGrpcClient.CreateHold, seats("A-1-1"));
        OFFICE.as(Role.SUPPORT, "sue").call(RiskServiceGrpcClient.SetOverride, override(alice));
        await().atMost(PATIENCE)
                .until(() -> OFFICE.count("SELECT count(*) FROM risk_verdicts WHERE account = $1", alice) == 1);
        assertThat(OFFICE.count(
                        "SELECT count(*) FROM risk_verdicts v WHERE v::text LIKE '%device-of-%' AND account = $1",
                        alice))
                .isZero();

        String removed = OFFICE.text(
                "SELECT (erase_account($1, $2) || erase_risk($1, $2))::text", alice, "erased-" + alice.hashCode());

        assertThat(removed).contains("\"risk verdicts\": 1", "\"risk overrides\": 1");
        for (String table : List.of("risk_verdicts", "risk_overrides")) {
            assertThat(OFFICE.count("SELECT count(*) FROM " + table + " t WHERE t::text LIKE '%' || $1 || '%'", alice))
                    .as(table)
                    .isZero();
        }
        assertThat(BoxOffice.await(OFFICE.redis().send(Command.KEYS, "*:risk:*")))
                .isNotEmpty()
                .noneMatch(key -> key.toString().contains(alice));
    }

    @Test
    void verdictsAndSignalsAreCounted() throws Exception {
        holdAndRelease(alice, 4);
        OFFICE.fan(alice).refused(HoldServiceGrpcClient.CreateHold, seats("A-1-1"));

        assertThat(OFFICE.metrics())
                .containsPattern(
                        "onsale_risk_verdicts_total\\{[^}]*enforced=\"true\",[^}]*verdict=\"challenge\"[^}]*} [1-9]")
                .containsPattern("onsale_risk_signals_total\\{[^}]*signal=\"hold_velocity\"[^}]*} [1-9]");
    }

    private ErrorReason refusedOrReleased(String account) {
        try {
            release(
                    account,
                    OFFICE.fan(account)
                            .call(HoldServiceGrpcClient.CreateHold, seats("A-1-1"))
                            .getHold());
            return ErrorReason.ERROR_REASON_UNSPECIFIED;
        } catch (Refusal refusal) {
            return refusal.reason();
        }
    }

    private Hold hold(String account, String seat) {
        return OFFICE.fan(account)
                .call(HoldServiceGrpcClient.CreateHold, seats(seat))
                .getHold();
    }

    private static Booking book(String account, CreateBookingRequest request) {
        return OFFICE.fan(account)
                .call(BookingServiceGrpcClient.CreateBooking, request)
                .getBooking();
    }

    private static CreateBookingRequest booking(Hold hold, String email) {
        return CreateBookingRequest.newBuilder()
                .setRequestId(Shows.requestId())
                .setHoldId(hold.getHoldId())
                .setFence(hold.getFence())
                .setPaymentToken("tok_approve")
                .setContact(Contact.newBuilder().setName("Ada").setEmail(email))
                .build();
    }

    private void holdAndRelease(String account, int times) {
        for (int i = 0; i < times; i++) {
            release(account, hold(account, "B-1-" + (1 + i)));
        }
    }

    private static void release(String account, Hold hold) {
        OFFICE.fan(account)
                .call(
                        HoldServiceGrpcClient.ReleaseHold,
                        ReleaseHoldRequest.newBuilder()
                                .setRequestId(Shows.requestId())
                                .setHoldId(hold.getHoldId())
                                .build());
    }

    private CreateHoldRequest seats(String... ids) {
        return CreateHoldRequest.newBuilder()
                .setRequestId(Shows.requestId())
                .setEventId(eventId.toString())
                .setSeats(ExactSeats.newBuilder().addAllSeatIds(List.of(ids)))
                .build();
    }

    private SetOverrideRequest override(String account) {
        return SetOverrideRequest.newBuilder()
                .setRequestId(Shows.requestId())
                .setAccount(account)
                .setEventId(eventId.toString())
                .setDuration(Duration.newBuilder().setSeconds(600))
                .setReason("a teacher, buys for her class, spoke to " + account)
                .build();
    }

    private static RevokeOverrideRequest revoke(RiskOverride override) {
        return RevokeOverrideRequest.newBuilder()
                .setRequestId(Shows.requestId())
                .setOverrideId(override.getOverrideId())
                .setReason("was a mistake")
                .build();
    }

    private static GetVerdictRequest get(UUID id) {
        return GetVerdictRequest.newBuilder().setVerdictId(id.toString()).build();
    }

    private static List<Verdict> verdicts(ListVerdictsRequest.Builder request) {
        return list(request).getVerdictsList();
    }

    private static ListVerdictsResponse list(ListVerdictsRequest.Builder request) {
        return OFFICE.as(Role.SUPPORT, "sue").call(RiskServiceGrpcClient.ListVerdicts, request.build());
    }

    private static String solve(Refusal refusal) throws Exception {
        JsonObject challenge = new JsonObject(refusal.metadata().get("challenge"));
        MessageDigest sha = MessageDigest.getInstance("SHA-256");
        for (long number = 0; number <= challenge.getLong("maxnumber"); number++) {
            byte[] hash = sha.digest((challenge.getString("salt") + number).getBytes(StandardCharsets.UTF_8));
            if (HexFormat.of().formatHex(hash).equals(challenge.getString("challenge"))) {
                String json = challenge.put("number", number).encode();
                return Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
            }
        }
        throw new AssertionError("no solution");
    }
}
