package dev.onsale.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.util.Timestamps;
import dev.onsale.embedded.StoreKind;
import dev.onsale.proto.query.v1.BookingTimelineServiceGrpcClient;
import dev.onsale.proto.query.v1.GetBookingTimelineRequest;
import dev.onsale.proto.query.v1.GetBookingTimelineResponse;
import dev.onsale.proto.query.v1.TimelineEntry;
import dev.onsale.query.SupportRows.Buyer;
import dev.onsale.runtime.auth.Role;
import dev.onsale.runtime.rpc.RpcClient;
import dev.onsale.testkit.TestStores;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The story of a booking, as far as PostgreSQL knows it: no other service runs here. A script asks all of them. */
class TimelineIT {
    @RegisterExtension
    static final TestStores stores =
            ReadSide.migrated(TestStores.with(StoreKind.REDIS, StoreKind.POSTGRES, StoreKind.ELASTICSEARCH));

    private static final Buyer ANN = new Buyer("ann", "Ann Canary", "ann.canary@example.com", "+49 170 7654321");

    private static ReadSide side;
    private static SupportRows rows;
    private static RpcClient support;
    private static Sale sale;
    private static UUID booking;
    private static Instant begun = Instant.EPOCH;

    @BeforeAll
    static void start() throws SQLException {
        begun = Instant.now().minusSeconds(3_600);
        side = new ReadSide(stores);
        rows = new SupportRows(stores);
        support = Clients.with(side, side.supportToken());
        sale = side.sale("A story", "Lisboa").load();
        did(0, "ann", "HoldService/CreateHold", "SEAT_TAKEN", "", "{\"no\": {\"seats\": \"A-1-1\"}}");
        did(5, "ann", "HoldService/CreateHold", "OK", "", "{\"asked\": {\"seat_ids\": [\"A-1-2\"]}}");
        booking = rows.booking(sale, "STORY-001", ANN, begun.plusSeconds(10), "A-1-2");
        did(11, "ann", "BookingService/CreateBooking", "OK", booking.toString(), "{}");
        rows.change(sale, booking, "status = 'confirmed', confirmed_at = created_at + interval '3 s'");
        rows.giveBack(sale, booking, 1);
        did(40, "sue", "BookingService/CancelBooking", "OK", booking.toString(), "{}");
        did(50, "somebody else", "HoldService/CreateHold", "OK", "", "{}");
    }

    /** As the write side keeps it. */
    private static void did(int second, String account, String method, String outcome, String about, String detail)
            throws SQLException {
        rows.update(
                "INSERT INTO activity (at, account, method, outcome, event_id, booking_id, detail, trace, took_ms)"
                        + " VALUES (?, ?, ?, ?, ?, NULLIF(?, '')::uuid, ?::jsonb, ?, 7)",
                begun.plusSeconds(second).atOffset(ZoneOffset.UTC),
                account,
                method,
                outcome,
                sale.eventId,
                about,
                detail,
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
    }

    @AfterAll
    static void stop() throws SQLException {
        support.close().await();
        rows.close();
        side.close();
    }

    @Test
    void tellsWhatBecameOfABookingInOrder() throws SQLException {
        GetBookingTimelineResponse story =
                ask(GetBookingTimelineRequest.newBuilder().setBookingId(booking.toString()));

        assertThat(story.getEntriesList())
                .extracting(entry -> entry.getWhat() + " " + entry.getOutcome())
                .containsExactly(
                        "HoldService/CreateHold SEAT_TAKEN",
                        "HoldService/CreateHold OK",
                        "booking-made ",
                        "BookingService/CreateBooking OK",
                        "booking-confirmed ",
                        "BookingService/CancelBooking OK",
                        "given-back CANCELLED_BY_BUYER");
        assertThat(story.getEntriesList()).isSortedAccordingTo((a, b) -> Timestamps.compare(a.getTime(), b.getTime()));
        assertThat(story.getEntriesList()).extracting(TimelineEntry::getEventId).containsOnly(sale.eventId.toString());
        assertThat(story.getEntries(0))
                .returns("ann", TimelineEntry::getAccount)
                .returns("0af7651916cd43dd8448eb211c80319c", TimelineEntry::getTraceId);
        assertThat(story.getEntries(0).getDetail().toString()).contains("A-1-1");
        assertThat(story.toString()).doesNotContain("Canary", "canary", "7654321");
        assertThat(story.getMissingList()).containsExactlyInAnyOrder("waiting-room", "payment");
        assertThat(story.getTruncated()).isFalse();
        String seen =
                "SELECT record ->> 'method' FROM (SELECT to_jsonb(r) AS record FROM audit.access_records r) AS all_of_them"
                        + " WHERE record::text LIKE '%' || ? || '%'";
        assertThat(rows.text(seen, booking.toString())).contains("GetBookingTimeline");
    }

    @Test
    void tellsWhyAnAccountDidNotGetItsSeats() {
        GetBookingTimelineResponse story =
                ask(GetBookingTimelineRequest.newBuilder().setAccount("ann").setEventId(sale.eventId.toString()));

        assertThat(story.getEntriesList())
                .extracting(TimelineEntry::getWhat)
                .contains("HoldService/CreateHold", "booking-made", "given-back", "BookingService/CancelBooking");
        assertThat(story.getEntries(0).getOutcome()).isEqualTo("SEAT_TAKEN");
        assertThat(ask(GetBookingTimelineRequest.newBuilder()
                                .setAccount("ann")
                                .setEventId(UUID.randomUUID().toString()))
                        .getEntriesList())
                .as("nothing with another event")
                .isEmpty();
        assertThat(ask(GetBookingTimelineRequest.newBuilder().setAccount("nobody' OR '1'='1"))
                        .getEntriesList())
                .isEmpty();
    }

    @Test
    void onlySupportMayAskAndOnlyForWhatThereIs() {
        GetBookingTimelineRequest whole = GetBookingTimelineRequest.newBuilder()
                .setBookingId(booking.toString())
                .build();
        for (Role role : new Role[] {Role.FAN, Role.PARTNER, Role.OPERATOR, Role.SCANNER}) {
            assertThatThrownBy(() -> support.as(side.token(role, "ann"))
                            .call(BookingTimelineServiceGrpcClient.GetBookingTimeline, whole)
                            .await())
                    .hasMessageContaining("ROLE_REQUIRED");
        }
        assertThatThrownBy(() -> ask(GetBookingTimelineRequest.newBuilder()
                        .setBookingId(UUID.randomUUID().toString())))
                .hasMessageContaining("RESOURCE_NOT_FOUND");
        assertThatThrownBy(() -> ask(GetBookingTimelineRequest.newBuilder())).hasMessageContaining("INVALID_FIELD");
    }

    private static GetBookingTimelineResponse ask(GetBookingTimelineRequest.Builder request) {
        return support.call(
                        BookingTimelineServiceGrpcClient.GetBookingTimeline,
                        request.build(),
                        Duration.ofSeconds(30),
                        null)
                .await();
    }
}
