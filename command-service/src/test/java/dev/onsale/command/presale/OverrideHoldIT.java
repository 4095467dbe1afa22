package dev.onsale.command.presale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onsale.command.CommandServer;
import dev.onsale.command.Shows;
import dev.onsale.proto.inventory.v1.BestAvailable;
import dev.onsale.proto.inventory.v1.BoxOfficeServiceGrpcClient;
import dev.onsale.proto.inventory.v1.ExactSeats;
import dev.onsale.proto.inventory.v1.GetHoldRequest;
import dev.onsale.proto.inventory.v1.Hold;
import dev.onsale.proto.inventory.v1.HoldServiceGrpcClient;
import dev.onsale.proto.inventory.v1.HoldState;
import dev.onsale.proto.inventory.v1.OverrideHoldRequest;
import dev.onsale.proto.inventory.v1.ReleaseHoldRequest;
import dev.onsale.runtime.auth.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The box office holds for somebody against the rules, and that is written down. */
class OverrideHoldIT {
    @RegisterExtension
    static final CommandServer server = CommandServer.on(CommandServer.stores());

    private final PresaleHouse house = new PresaleHouse(server);

    private static OverrideHoldRequest request(String event, int quantity) {
        return OverrideHoldRequest.newBuilder()
                .setRequestId(Shows.requestId())
                .setEventId(event)
                .setAccount("ann")
                .setReason("guest of the band")
                .setBestAvailable(
                        BestAvailable.newBuilder().setQuantity(quantity).setAllowSplit(true))
                .build();
    }

    private static String row(Hold hold, String column) {
        return server.select("SELECT " + column + " FROM hold_overrides WHERE hold_id = '" + hold.getHoldId() + "'");
    }

    @Test
    void holdsBeforeTheSaleAndAboveTheLimit() {
        String event = house.event();
        OverrideHoldRequest request = request(event, 12);
        Hold hold = house.operator()
                .call(BoxOfficeServiceGrpcClient.OverrideHold, request)
                .getHold();

        assertThat(hold.getSeatsCount()).as("the limit is 8").isEqualTo(12);
        assertThat(row(hold, "actor || ' ' || account || ' ' || reason || ' ' || outcome"))
                .isEqualTo("olga ann guest of the band HELD");
        assertThat(house.operator()
                        .call(BoxOfficeServiceGrpcClient.OverrideHold, request)
                        .getHold()
                        .getHoldId())
                .isEqualTo(hold.getHoldId());
        assertThat(house.fan("ann")
                        .call(
                                HoldServiceGrpcClient.GetHold,
                                GetHoldRequest.newBuilder()
                                        .setHoldId(hold.getHoldId())
                                        .build())
                        .getHold()
                        .getState())
                .isEqualTo(HoldState.HOLD_STATE_ACTIVE);
        assertThat(house.fan("ann")
                        .call(
                                HoldServiceGrpcClient.ReleaseHold,
                                ReleaseHoldRequest.newBuilder()
                                        .setRequestId("r")
                                        .setHoldId(hold.getHoldId())
                                        .build())
                        .getHold()
                        .getState())
                .isEqualTo(HoldState.HOLD_STATE_RELEASED);
    }

    @Test
    void takesNoSeatThatIsTaken() {
        String event = house.event();
        OverrideHoldRequest seat = request(event, 1).toBuilder()
                .setSeats(ExactSeats.newBuilder().addSeatIds("A-1-2"))
                .build();
        house.operator().call(BoxOfficeServiceGrpcClient.OverrideHold, seat);
        var refusal = house.operator()
                .refused(
                        BoxOfficeServiceGrpcClient.OverrideHold,
                        seat.toBuilder().setRequestId(Shows.requestId()).build());
        assertThat(refusal.reasonName()).isEqualTo("SEAT_TAKEN");
        assertThat(server.select(
                        "SELECT string_agg(outcome, ',' ORDER BY created_at) FROM hold_overrides WHERE event_id = '"
                                + event + "'"))
                .isEqualTo("HELD,SEAT_TAKEN");
    }

    @Test
    void isForOperatorsWithAReasonAndForEventsOnSale() {
        String event = house.event();
        for (Role role : new Role[] {Role.FAN, Role.PARTNER, Role.SUPPORT}) {
            assertThat(server.as(role, "x")
                            .refused(BoxOfficeServiceGrpcClient.OverrideHold, request(event, 1))
                            .reasonName())
                    .isEqualTo("ROLE_REQUIRED");
        }
        assertThat(house.operator()
                        .refused(
                                BoxOfficeServiceGrpcClient.OverrideHold,
                                request(event, 1).toBuilder().clearReason().build())
                        .reasonName())
                .isEqualTo("INVALID_FIELD");
        String draft = new Shows(house.operator()).draft().getEventId();
        assertThat(house.operator()
                        .refused(BoxOfficeServiceGrpcClient.OverrideHold, request(draft, 1))
                        .reasonName())
                .isEqualTo("EVENT_STATE");
        assertThat(server.select(
                        "SELECT count(*) FROM hold_overrides WHERE event_id IN ('" + event + "', '" + draft + "')"))
                .isEqualTo("0");
    }
}
