package dev.onsale.command.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.onsale.command.BoxOffice;
import dev.onsale.command.Calls;
import dev.onsale.proto.booking.v1.Booking;
import dev.onsale.proto.booking.v1.BookingServiceGrpcClient;
import dev.onsale.proto.booking.v1.CreateBookingRequest;
import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.proto.gate.v1.GateServiceGrpcClient;
import dev.onsale.proto.gate.v1.GetSaleReportRequest;
import dev.onsale.proto.gate.v1.GetSaleReportResponse;
import dev.onsale.proto.gate.v1.SetGateRequest;
import dev.onsale.proto.inventory.v1.AreaSelection;
import dev.onsale.proto.inventory.v1.CreateHoldRequest;
import dev.onsale.proto.inventory.v1.Hold;
import dev.onsale.proto.inventory.v1.HoldServiceGrpcClient;
import dev.onsale.runtime.auth.Role;
import dev.onsale.runtime.auth.SigningKey;
import dev.onsale.runtime.error.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the gate outlives, and what happens when it can't know any more. */
class GateLifeIT {
    private static final Doorkeeper DOOR = new Doorkeeper();

    @RegisterExtension
    static final BoxOffice OFFICE = BoxOffice.exclusive()
            .with("admission.jwks-file", DOOR.file().toString())
            .with("gate.stale-after", "1s")
            .with("catalog.max-stale", "5m");

    private static UUID gated() {
        UUID event = OFFICE.event();
        SetGateRequest request = SetGateRequest.newBuilder()
                .setEventId(event.toString())
                .setAdmissionRequired(true)
                .setEpoch(2)
                .build();
        room().call(GateServiceGrpcClient.SetGate, request);
        return event;
    }

    private static Calls room() {
        return OFFICE.as(Role.SERVICE, "waiting-room");
    }

    private static Calls fan(String account, UUID event, String session) {
        return OFFICE.fan(account).with(DOOR.headers(account, event, session));
    }

    private static CreateHoldRequest standing(UUID event) {
        return CreateHoldRequest.newBuilder()
                .setRequestId(UUID.randomUUID().toString())
                .setEventId(event.toString())
                .setArea(AreaSelection.newBuilder().setAreaId("FLOOR").setQuantity(1))
                .build();
    }

    private static Hold held(Calls fan, UUID event) {
        return fan.call(HoldServiceGrpcClient.CreateHold, standing(event)).getHold();
    }

    private static Refusal refused(Calls fan, UUID event) {
        return fan.refused(HoldServiceGrpcClient.CreateHold, standing(event));
    }

    private static GetSaleReportResponse report(UUID event, long cursor) {
        return room().call(
                        GateServiceGrpcClient.GetSaleReport,
                        GetSaleReportRequest.newBuilder()
                                .setEventId(event.toString())
                                .setCursor(cursor)
                                .build());
    }

    @Test
    void letsASessionThatHasBoughtReadButNotHold() {
        UUID event = gated();
        Calls ada = fan("ada", event, "e7");
        Hold hold = held(ada, event);
        CreateBookingRequest checkout = checkout(hold, "ada");
        Booking booking =
                ada.call(BookingServiceGrpcClient.CreateBooking, checkout).getBooking();
        GatedCall.Belongings own =
                new GatedCall.Belongings(event, "ada", OFFICE.hold(event, "ada", 1), booking.getBookingId(), "A-1-1");

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() ->
                        assertThat(report(event, 0).getFinishedSessionsList()).containsExactly("e7"));
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(
                                GatedCall.of("x/SwapHold", own).refusedTo(ada).metadata())
                        .containsEntry("cause", "finished"));
        assertThat(refused(ada, event).metadata()).containsEntry("cause", "finished");
        assertThat(GatedCall.of("x/CreateBooking", own).refusedTo(ada).metadata())
                .containsEntry("cause", "finished");
        for (String reading : List.of("x/GetHold", "x/GetBooking", "x/WatchBooking")) {
            assertThat(GatedCall.of(reading, own).answeredTo(ada)).isNotNull();
        }
        assertThat(ada.call(BookingServiceGrpcClient.CreateBooking, checkout)
                        .getBooking()
                        .getBookingId())
                .isEqualTo(booking.getBookingId());
        long next = report(event, 0).getNextCursor();
        assertThat(next).isPositive();
        await().untilAsserted(() -> assertThat(
                        report(event, report(event, 0).getNextCursor()).getFinishedSessionsList())
                .isEmpty());
    }

    private static CreateBookingRequest checkout(Hold hold, String account) {
        return CreateBookingRequest.newBuilder()
                .setRequestId(UUID.randomUUID().toString())
                .setHoldId(hold.getHoldId())
                .setFence(hold.getFence())
                .setPaymentToken("tok_approve")
                .setContact(dev.onsale.proto.booking.v1.Contact.newBuilder()
                        .setName("Ada Ünal")
                        .setEmail(account + "@example.org"))
                .build();
    }

    @Test
    void reportsTheSale() {
        UUID event = gated();
        held(fan("bea", event, "e1"), event);
        held(fan("bea", event, "e1"), event);

        await().untilAsserted(() -> assertThat(report(event, 0).getHeld()).isEqualTo(2));
        GetSaleReportResponse report = report(event, 0);
        assertThat(report.getFree()).isEqualTo(78);
        assertThat(report.getReserved()).isZero();
        assertThat(report.getOnSale()).isTrue();
        assertThat(report.getP99().getNanos() + report.getP99().getSeconds()).isPositive();
        assertThat(report.getErrorRate()).isBetween(0.0, 1.0);
    }

    @Test
    void outlivesARestartAndAnEmptiedRedis() throws Exception {
        UUID event = gated();

        OFFICE.restart();
        OFFICE.stores().redis().flush();

        assertThat(refused(OFFICE.fan("cleo"), event).metadata()).containsEntry("cause", "missing");
        await().atMost(Duration.ofSeconds(30))
                .ignoreExceptionsInstanceOf(Refusal.class)
                .untilAsserted(() -> assertThat(
                                held(fan("cleo", event, "e1"), event).getHoldId())
                        .isNotEmpty());
    }

    @Test
    void sellsWithoutAGateButNotBehindOneWhenPostgresqlIsAway() {
        UUID event = gated();
        UUID open = OFFICE.event();
        Calls dora = fan("dora", event, "e1");
        CreateHoldRequest again = standing(event); // The same each time: more would end at the ticket limit.
        dora.call(HoldServiceGrpcClient.CreateHold, again);
        held(dora, open);

        OFFICE.stores().postgres().stop();
        try {
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(dora.refused(HoldServiceGrpcClient.CreateHold, again)
                                    .reason())
                            .isEqualTo(ErrorReason.ERROR_REASON_DEPENDENCY_UNAVAILABLE));
            assertThat(held(dora, open).getHoldId()).isNotEmpty();
        } finally {
            OFFICE.stores().postgres().start();
        }

        await().atMost(Duration.ofSeconds(30))
                .ignoreExceptionsInstanceOf(Refusal.class)
                .untilAsserted(() -> assertThat(dora.call(HoldServiceGrpcClient.CreateHold, again)
                                .getHold()
                                .getHoldId())
                        .isNotEmpty());
    }

    @Test
    void rejectsNoGoodAdmissionWhileKeysFollowEachOtherAndNoneOfARetiredOne() throws Exception {
        UUID event = gated();
        Hold hold = held(fan("eve", event, "e1"), event);
        Map<String, String> old = DOOR.headers("eve", event, "e1");
        var read = dev.onsale.proto.inventory.v1.GetHoldRequest.newBuilder()
                .setHoldId(hold.getHoldId())
                .build();
        SigningKey next = SigningKey.generateEd25519();
        SigningKey first = DOOR.signing();

        DOOR.show(DOOR.and(next));
        Thread.sleep(5_500); // Shown before it signs; in production for more than a minute.
        for (int i = 0; i < 50; i++) {
            OFFICE.fan("eve").with(old).call(HoldServiceGrpcClient.GetHold, read);
            fan("eve", event, "e1").call(HoldServiceGrpcClient.GetHold, read);
        }
        DOOR.show(List.of(next));

        assertThat(first.id()).isNotEqualTo(next.id());
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> {
                    fan("eve", event, "e1").call(HoldServiceGrpcClient.GetHold, read);
                    assertThat(OFFICE.fan("eve")
                                    .with(old)
                                    .refused(HoldServiceGrpcClient.GetHold, read)
                                    .metadata())
                            .containsEntry("cause", "invalid");
                });
    }
}
