package dev.onsale.command.presale;

import static dev.onsale.command.presale.PresaleHouse.best;
import static dev.onsale.command.presale.PresaleHouse.seats;
import static dev.onsale.proto.presale.v1.PresaleAccess.PRESALE_ACCESS_CODE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onsale.command.CommandServer;
import dev.onsale.command.Shows;
import dev.onsale.proto.inventory.v1.CreateHoldRequest;
import dev.onsale.proto.inventory.v1.Hold;
import dev.onsale.proto.inventory.v1.HoldServiceGrpcClient;
import dev.onsale.proto.presale.v1.CodeList;
import dev.onsale.proto.presale.v1.Presale;
import dev.onsale.proto.presale.v1.PresaleAdminServiceGrpcClient;
import dev.onsale.proto.presale.v1.RevokeCodesRequest;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.testkit.TestStores;
import java.time.Duration;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Redis loses everything in the middle of a presale. */
class PresaleRebuildIT {
    private static final TestStores STORES = CommandServer.exclusiveStores();

    @RegisterExtension
    static final CommandServer server = CommandServer.on(STORES);

    private final PresaleHouse house = new PresaleHouse(server);

    /** Until the event is back. */
    private Refusal refused(String account, CreateHoldRequest request) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(
                        () -> house.refused(account, request),
                        refusal -> !refusal.reasonName().equals("INVENTORY_REBUILDING"));
    }

    /** As a checkout would, with tickets. */
    private static void sell(Hold hold) {
        String seat = hold.getSeats(0).getSeatId();
        String[] place = seat.split("-", -1);
        String booking = UUID.randomUUID().toString();
        server.execute("INSERT INTO bookings (id, reference, user_id, event_id, hold_id, fence, total_amount, currency,"
                + " price_version, payment_token, contact_name, contact_email, tickets_issued, status) VALUES ('"
                + booking
                + "', '" + booking + "', 'ann', '" + hold.getEventId() + "', '" + hold.getHoldId() + "', "
                + hold.getFence() + ", 1, 'EUR', 1, 't', 'n', 'e', true, 'confirmed')");
        String where = " WHERE event_id = '" + hold.getEventId() + "' AND section = '" + place[0] + "' AND row = '"
                + place[1] + "' AND number = " + place[2];
        server.execute(
                "INSERT INTO booking_items (booking_id, item_no, event_id, seat_id, price_tier_id, price, claimed)"
                        + " SELECT '" + booking + "', 0, event_id, id, price_tier_id, 1, true FROM seats" + where);
        server.execute("UPDATE seats SET status = 'sold'" + where);
    }

    @Test
    void keepsUsesQuotaLimitAndRevocations() {
        String event = house.event();
        Presale presale =
                house.presale(event, PRESALE_ACCESS_CODE, p -> p.setQuota(3).setFanLimit(2));
        var codes = house.generate(presale, 3, 1);
        Hold sold = house.hold("ann", seats(event, codes.getCodes(0), "A-1-2"));
        sell(sold);
        house.hold("bob", seats(event, codes.getCodes(1), "A-1-3")); // Lost with Redis; the use is not.
        house.hold("cyd", seats(event, codes.getCodes(2), "A-1-4"));
        house.operator()
                .call(
                        PresaleAdminServiceGrpcClient.RevokeCodes,
                        RevokeCodesRequest.newBuilder()
                                .setRequestId(Shows.requestId())
                                .setPresaleId(presale.getPresaleId())
                                .setCodes(CodeList.newBuilder().addCodes(codes.getCodes(2)))
                                .build());

        STORES.redis().flush();

        assertThat(refused("eve", seats(event, "", "A-1-9")).reasonName()).isEqualTo("PRESALE_ACCESS_REQUIRED");
        assertThat(house.refused("eve", seats(event, codes.getCodes(1), "A-1-9"))
                        .metadata())
                .as("it is bob's")
                .containsEntry("cause", "used_up");
        assertThat(house.refused("cyd", seats(event, "", "A-1-9")).reasonName())
                .as("revoked")
                .isEqualTo("PRESALE_ACCESS_REQUIRED");
        assertThat(house.refused("ann", best(event, "", 2)).metadata())
                .as("one of two is bought")
                .containsEntry("limit", "2")
                .containsEntry("used", "1");
        house.hold("bob", best(event, "", 2));
        assertThat(house.refused("ann", best(event, "", 1)).reasonName())
                .as("a quota of three, of which one is sold and two are held")
                .isEqualTo("SOLD_OUT");
        Presale after = house.read(presale);
        assertThat(after.getStatistics().getPlacesSold()).isEqualTo(1);
        assertThat(after.getStatistics().getPlacesHeld()).isEqualTo(2);
        assertThat(after.getStatistics().getUses()).isEqualTo(3);
    }

    /** Redis lost a use that was being written, and lets a second account in: PostgreSQL does not. */
    @Test
    void postgresqlHasTheLastWordOnUses() {
        String event = house.event();
        Presale presale = house.presale(event, PRESALE_ACCESS_CODE);
        String code = house.code(presale, 1);
        house.hold("ann", seats(event, code, "A-1-2"));
        var redis = server.redis().toCompletionStage().toCompletableFuture().join();
        String key = dev.onsale.runtime.inventory.InventoryKeys.of(
                        UUID.fromString(event), dev.onsale.runtime.inventory.InventoryKeys.DEFAULT_SHARDS)
                .presales();
        redis.send(io.vertx.redis.client.Command.DEL, key)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        redis.close().toCompletionStage().toCompletableFuture().join();

        assertThat(house.refused("bob", seats(event, code, "A-1-3")).metadata()).containsEntry("cause", "used_up");
        assertThat(house.fan("ann")
                        .call(HoldServiceGrpcClient.CreateHold, seats(event, code, "A-1-3"))
                        .getHold()
                        .getSeatsCount())
                .as("bob's hold was given back, and the use is still hers")
                .isEqualTo(1);
    }
}
