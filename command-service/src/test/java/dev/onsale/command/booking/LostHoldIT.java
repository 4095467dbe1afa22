package dev.onsale.command.booking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onsale.command.BoxOffice;
import dev.onsale.command.inventory.HoldRecord;
import dev.onsale.command.inventory.HoldState;
import dev.onsale.proto.booking.v1.Booking;
import dev.onsale.proto.booking.v1.BookingServiceGrpcClient;
import dev.onsale.proto.booking.v1.BookingStatus;
import dev.onsale.proto.booking.v1.CreateBookingResponse;
import dev.onsale.runtime.inventory.InventoryKeys;
import dev.onsale.runtime.inventory.SeatCode;
import dev.onsale.runtime.inventory.SeatStatus;
import dev.onsale.testkit.ProviderLedger;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Redis loses a hold it has told a fan of, and gives the same seats to another: PostgreSQL decides whose they are. */
final class LostHoldIT {
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
    void confirmsExactlyOneOfTwoCheckoutsOfTheSameSeat() throws Exception {
        List<Booking> pending = new ArrayList<>();
        for (int seat = 1; seat <= 6; seat++) {
            HoldRecord lost = OFFICE.hold(eventId, alice, seat);
            String packed = lose(lost);
            HoldRecord next = OFFICE.hold(eventId, bob, seat);
            find(lost, packed);
            Future<CreateBookingResponse> first = send(lost);
            Future<CreateBookingResponse> second = send(next);
            pending.add(first.await().getBooking());
            pending.add(second.await().getBooking());
        }

        List<Booking> ended = pending.stream().map(OFFICE::settled).toList();
        OFFICE.auditedClean(eventId);

        ProviderLedger ledger = OFFICE.provider();
        for (int i = 0; i < ended.size(); i += 2) {
            assertThat(ended.subList(i, i + 2))
                    .extracting(Booking::getStatus)
                    .containsExactlyInAnyOrder(
                            BookingStatus.BOOKING_STATUS_CONFIRMED, BookingStatus.BOOKING_STATUS_CANCELLED);
        }
        assertThat(ended)
                .filteredOn(booking -> booking.getStatus() == BookingStatus.BOOKING_STATUS_CANCELLED)
                .allSatisfy(loser -> {
                    assertThat(loser.getCancelReason()).isIn("SEAT_TAKEN", "FENCE_STALE");
                    assertThat(ledger.payments().values())
                            .noneMatch(payment -> payment.bookingId().equals(loser.getBookingId()));
                });
        for (int seat = 1; seat <= 6; seat++) {
            assertThat(status(seat)).isEqualTo(SeatStatus.SOLD);
        }
    }

    @Test
    void refusesTheSecondBeforeItsPaymentWhenTheFirstHasReservedTheSeat() throws Exception {
        HoldRecord hold = OFFICE.hold(eventId, alice, 0);
        Booking slow = OFFICE.book(hold, "tok_lost_answer");
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() ->
                        OFFICE.ledger().get(hold.id()).await().orElseThrow().state() == HoldState.RESERVED);
        lose(hold);

        Booking second = OFFICE.settled(OFFICE.book(OFFICE.hold(eventId, bob, 0), "tok_approve"));
        Booking first = OFFICE.settled(slow);

        assertThat(second.getStatus()).isEqualTo(BookingStatus.BOOKING_STATUS_CANCELLED);
        assertThat(second.getCancelReason()).isEqualTo("SEAT_TAKEN");
        assertThat(first.getStatus()).isEqualTo(BookingStatus.BOOKING_STATUS_CONFIRMED);
        assertThat(OFFICE.provider().payments().values())
                .noneMatch(payment -> payment.bookingId().equals(second.getBookingId()));
        OFFICE.auditedClean(eventId);
        assertThat(status(0)).isEqualTo(SeatStatus.SOLD);
    }

    private static Future<CreateBookingResponse> send(HoldRecord hold) {
        return OFFICE.fan(hold.account())
                .send(BookingServiceGrpcClient.CreateBooking, BoxOffice.checkout(hold, "tok_approve"));
    }

    private InventoryKeys keys() {
        return InventoryKeys.of(eventId, InventoryKeys.DEFAULT_SHARDS);
    }

    private SeatStatus status(int ordinal) {
        return SeatCode.statusOf(
                OFFICE.ledger().snapshot(eventId).await().orElseThrow().seats().getByte(ordinal));
    }

    /** As a failover to a replica that has not heard of the hold. Answers what was lost. */
    private String lose(HoldRecord hold) {
        String packed = Objects.requireNonNull(
                redis(Command.HGET, keys().holds(), hold.id().value()));
        int ordinal = hold.places().ordinals().getFirst();
        byte code =
                OFFICE.ledger().snapshot(eventId).await().orElseThrow().seats().getByte(ordinal);
        char free = (char) SeatCode.withStatus(code, SeatStatus.AVAILABLE);
        redis(Command.SETRANGE, keys().seats(), Integer.toString(ordinal), String.valueOf(free));
        redis(Command.HDEL, keys().holds(), hold.id().value());
        redis(Command.ZREM, keys().expiry(), hold.id().value());
        redis(Command.HINCRBY, keys().fans(), hold.account(), "-1");
        return packed;
    }

    /** As the old master that comes back: now there are two holds of one seat. */
    private void find(HoldRecord hold, String packed) {
        redis(Command.HSET, keys().holds(), hold.id().value(), packed);
        redis(
                Command.ZADD,
                keys().expiry(),
                Long.toString(hold.expires().toEpochMilli()),
                hold.id().value());
        redis(Command.HINCRBY, keys().fans(), hold.account(), "1");
    }

    private static String redis(Command command, String... arguments) {
        return String.valueOf(OFFICE.redis().send(command, arguments).await());
    }
}
