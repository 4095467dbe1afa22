package dev.onsale.command.activity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.onsale.command.BoxOffice;
import dev.onsale.command.Shows;
import dev.onsale.proto.booking.v1.Booking;
import dev.onsale.proto.booking.v1.BookingServiceGrpcClient;
import dev.onsale.proto.booking.v1.CancelBookingRequest;
import dev.onsale.proto.inventory.v1.CreateHoldRequest;
import dev.onsale.proto.inventory.v1.ExactSeats;
import dev.onsale.proto.inventory.v1.Hold;
import dev.onsale.proto.inventory.v1.HoldServiceGrpcClient;
import dev.onsale.proto.inventory.v1.ReleaseHoldRequest;
import dev.onsale.runtime.auth.Role;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is kept of the calls of an account, as the read side sees it. */
final class SaleActivityIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @RegisterExtension
    static final BoxOffice OFFICE = new BoxOffice();

    private final String alice = "alice-" + UUID.randomUUID();
    private final String bob = "bob-" + UUID.randomUUID();
    private UUID eventId = new UUID(0, 0);

    @BeforeEach
    void openEvent() {
        eventId = OFFICE.event();
    }

    @Test
    void tellsWhyAFanDidNotGetItsSeats() {
        Hold hold = OFFICE.fan(alice)
                .call(HoldServiceGrpcClient.CreateHold, seats("A-1-1", "A-1-2"))
                .getHold();

        OFFICE.fan(bob).refused(HoldServiceGrpcClient.CreateHold, seats("A-1-2", "A-1-3"));
        OFFICE.fan(alice).call(HoldServiceGrpcClient.ReleaseHold, release(hold));

        JsonObject conflict = activities(bob, 1).getFirst();
        assertThat(conflict.getString("method")).isEqualTo("HoldService/CreateHold");
        assertThat(conflict.getString("outcome")).isEqualTo("SEAT_TAKEN");
        assertThat(conflict.getString("event_id")).isEqualTo(eventId.toString());
        JsonObject detail = conflict.getJsonObject("detail");
        assertThat(detail.getJsonObject("asked").getJsonArray("seat_ids")).containsExactly("A-1-2", "A-1-3");
        assertThat(detail.getJsonObject("no").encode()).contains("A-1-2").doesNotContain("A-1-3");
        List<JsonObject> hers = activities(alice, 2);
        assertThat(hers)
                .extracting(each -> each.getString("method") + " " + each.getString("outcome"))
                .containsExactly("HoldService/CreateHold OK", "HoldService/ReleaseHold OK");
        assertThat(hers).extracting(each -> each.getString("hold_id")).containsOnly(hold.getHoldId());
        assertThat(hers)
                .as("a hold's id carries its event")
                .extracting(each -> each.getString("event_id"))
                .containsOnly(eventId.toString());
    }

    @Test
    void tellsTheStoryOfABookingAndNothingPersonal() {
        Booking booking = OFFICE.settled(OFFICE.book(OFFICE.hold(eventId, alice, 0, 1), "tok_approve"));
        OFFICE.as(Role.SUPPORT, "sue")
                .call(
                        BookingServiceGrpcClient.CancelBooking,
                        CancelBookingRequest.newBuilder()
                                .setRequestId(Shows.requestId())
                                .setBookingId(booking.getBookingId())
                                .setReason("Ada Ünal has moved away")
                                .build());

        JsonObject made = activities(alice, 1).getFirst();
        assertThat(made.getString("method")).isEqualTo("BookingService/CreateBooking");
        assertThat(made.getString("booking_id")).isEqualTo(booking.getBookingId());
        assertThat(made.encode()).doesNotContain("Ada", "example.org", "tok_approve");
        JsonObject cancelled = activities("sue", 1).getFirst();
        assertThat(cancelled.getString("booking_id")).isEqualTo(booking.getBookingId());
        assertThat(cancelled.encode()).doesNotContain("Ada");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(facts(booking))
                        .containsSubsequence("booking-made", "booking-confirmed", "given-back", "refund-done")
                        .contains("ticket-issued", "booking-cancelled", "checkout-done", "letter-done"));
    }

    @Test
    void theReadSideSeesItAndNobodyChangesIt() {
        OFFICE.fan(alice).call(HoldServiceGrpcClient.CreateHold, seats("B-1-1"));
        activities(alice, 1);
        String may = "SELECT has_table_privilege($1, $2, $3)";
        assertThat(OFFICE.text(may, "onsale_reader", "read.activity", "SELECT")).isEqualTo("true");
        assertThat(OFFICE.text(may, "onsale_reader", "public.activity", "SELECT"))
                .isEqualTo("false");
        for (String role : List.of("onsale_reader", "onsale_app")) {
            assertThat(OFFICE.text(may, role, "public.activity", "UPDATE"))
                    .as(role)
                    .isEqualTo("false");
        }
    }

    private CreateHoldRequest seats(String... ids) {
        return CreateHoldRequest.newBuilder()
                .setRequestId(Shows.requestId())
                .setEventId(eventId.toString())
                .setSeats(ExactSeats.newBuilder().addAllSeatIds(List.of(ids)))
                .build();
    }

    private static ReleaseHoldRequest release(Hold hold) {
        return ReleaseHoldRequest.newBuilder()
                .setRequestId(Shows.requestId())
                .setHoldId(hold.getHoldId())
                .build();
    }

    /** Oldest first, as soon as there are so many. */
    private List<JsonObject> activities(String account, int count) {
        String query = "SELECT * FROM read.activity WHERE account = $1 ORDER BY at";
        return await().atMost(PATIENCE).until(() -> rows(query, account), found -> found.size() >= count);
    }

    private static List<String> facts(Booking booking) {
        String query = "SELECT what FROM read.booking_facts WHERE booking_id = $1 ORDER BY at";
        return rows(query, UUID.fromString(booking.getBookingId())).stream()
                .map(row -> row.getString("what"))
                .toList();
    }

    private static List<JsonObject> rows(String query, Object value) {
        List<JsonObject> found = new ArrayList<>();
        for (Row row :
                BoxOffice.await(OFFICE.database().pool().preparedQuery(query).execute(Tuple.of(value)))) {
            found.add(row.toJson());
        }
        return found;
    }
}
