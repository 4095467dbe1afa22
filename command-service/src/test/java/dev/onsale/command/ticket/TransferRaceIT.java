package dev.onsale.command.ticket;

import static dev.onsale.command.ticket.TicketHands.cancel;
import static dev.onsale.command.ticket.TicketHands.request;
import static dev.onsale.command.ticket.TicketHands.tickets;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onsale.command.BoxOffice;
import dev.onsale.command.inventory.Choice;
import dev.onsale.proto.booking.v1.Booking;
import dev.onsale.proto.booking.v1.BookingServiceGrpcClient;
import dev.onsale.proto.booking.v1.BookingStatus;
import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.proto.ticket.v1.TicketServiceGrpcClient;
import dev.onsale.proto.ticket.v1.TransferTicketRequest;
import dev.onsale.runtime.auth.Role;
import dev.onsale.runtime.error.Refusal;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two want the same ticket at the same moment: one gets it, the other is told why not, and the books say the same. */
final class TransferRaceIT {
    private static final int ROUNDS = 25;
    private static final int MOST_ROUNDS = 60;
    private static final long SECONDS = 60;

    @RegisterExtension
    static final BoxOffice OFFICE = new BoxOffice();

    /** Who wins: the first of two, or the second. */
    private enum Winner {
        FIRST,
        SECOND
    }

    private final Map<Winner, Integer> wins = new EnumMap<>(Winner.class);
    private TicketHands hands = new TicketHands(OFFICE, new UUID(0, 0));
    private String alice = "";
    private String bob = "";
    private String carol = "";

    @Test
    void transferAgainstTransfer() {
        rounds(() -> {
            String ticket = tickets(buy()).getFirst();
            Winner winner = race(
                    give(alice, request(bob, ticket)),
                    ErrorReason.ERROR_REASON_TICKET_VOID,
                    give(alice, request(carol, ticket)),
                    ErrorReason.ERROR_REASON_TICKET_VOID);
            assertThat(hands.own(bob)).hasSize(winner == Winner.FIRST ? 1 : 0);
            assertThat(hands.own(carol)).hasSize(winner == Winner.FIRST ? 0 : 1);
        });
    }

    @Test
    void transferAgainstCheckIn() {
        rounds(() -> {
            String ticket = tickets(buy()).getFirst();
            var scan = hands.scan(hands.code(alice, ticket));
            Winner winner = race(
                    give(alice, request(bob, ticket)),
                    ErrorReason.ERROR_REASON_TICKET_USED,
                    () -> OFFICE.as(Role.SCANNER, "gate-1").send(TicketServiceGrpcClient.CheckInTicket, scan),
                    ErrorReason.ERROR_REASON_TICKET_VOID);
            assertThat(hands.own(bob)).hasSize(winner == Winner.FIRST ? 1 : 0);
            assertThat(hands.own(alice)).hasSize(winner == Winner.FIRST ? 0 : 1);
        });
    }

    @Test
    void transferAgainstTheBuyersCancellation() {
        rounds(() -> {
            Booking booking = buy();
            String ticket = tickets(booking).getFirst();
            Winner winner = race(
                    give(alice, request(bob, ticket)),
                    ErrorReason.ERROR_REASON_TICKET_VOID,
                    () -> OFFICE.fan(alice).send(BookingServiceGrpcClient.CancelBooking, cancel(booking)),
                    ErrorReason.ERROR_REASON_TICKET_TRANSFERRED);
            assertThat(hands.own(bob)).hasSize(winner == Winner.FIRST ? 1 : 0);
            assertThat(hands.own(alice)).isEmpty();
        });
    }

    /** Support may take back what somebody else owns, so it wins always; the ticket is dead in whosever hands. */
    @Test
    void transferAgainstSupport() {
        rounds(() -> {
            Booking booking = buy();
            String ticket = tickets(booking).getFirst();
            boolean late = ThreadLocalRandom.current().nextBoolean();
            Supplier<Future<?>> support =
                    () -> OFFICE.as(Role.SUPPORT, "sue").send(BookingServiceGrpcClient.CancelBooking, cancel(booking));
            Future<?> early = (late ? give(alice, request(bob, ticket)) : support).get();
            pause();
            Future<?> other = (late ? support : give(alice, request(bob, ticket))).get();
            Future<?> given = late ? early : other;
            Future<?> cancelled = late ? other : early;
            assertThat(reason(cancelled)).isNull();
            ErrorReason no = reason(given);
            won(no == null ? Winner.FIRST : Winner.SECOND);
            assertThat(no == null || no == ErrorReason.ERROR_REASON_TICKET_VOID)
                    .as(String.valueOf(no))
                    .isTrue();
            assertThat(hands.own(bob)).isEmpty();
            assertThat(hands.own(alice)).isEmpty();
        });
    }

    @Test
    void twoTransfersToOneWhoMayOwnOneMore() {
        rounds(() -> {
            String one = tickets(buy()).getFirst();
            String dora = "dora-" + UUID.randomUUID();
            String other = tickets(OFFICE.settled(
                            OFFICE.book(OFFICE.hold(hands.eventId(), dora, new Choice.Area(0, 1)), "tok_approve")))
                    .getFirst();
            OFFICE.sql("UPDATE events SET ticket_limit = 1 WHERE id = $1", hands.eventId());
            race(
                    give(alice, request(bob, one)),
                    ErrorReason.ERROR_REASON_TICKET_LIMIT_REACHED,
                    give(dora, request(bob, other)),
                    ErrorReason.ERROR_REASON_TICKET_LIMIT_REACHED);
            assertThat(hands.own(bob)).hasSize(1);
            OFFICE.sql("UPDATE events SET ticket_limit = 8 WHERE id = $1", hands.eventId());
        });
    }

    /** The checkout answers before it has decided, so its end is what counts. */
    @Test
    void transferAgainstACheckoutOfTheRecipientWhoMayOwnOneMore() {
        rounds(() -> {
            String one = tickets(buy()).getFirst();
            var hold = OFFICE.hold(hands.eventId(), bob, new Choice.Area(0, 1));
            OFFICE.sql("UPDATE events SET ticket_limit = 1 WHERE id = $1", hands.eventId());
            boolean head = ThreadLocalRandom.current().nextBoolean();
            Future<?> early = head ? give(alice, request(bob, one)).get() : Future.succeededFuture();
            Booking pending = OFFICE.book(hold, "tok_approve");
            pause();
            ErrorReason no =
                    reason(head ? early : give(alice, request(bob, one)).get());
            Booking booking = OFFICE.settled(pending);
            boolean bought = booking.getStatus() == BookingStatus.BOOKING_STATUS_CONFIRMED;
            won(bought ? Winner.SECOND : Winner.FIRST);
            assertThat(no).isEqualTo(bought ? ErrorReason.ERROR_REASON_TICKET_LIMIT_REACHED : null);
            assertThat(bought || booking.getCancelReason().equals("TICKET_LIMIT_REACHED"))
                    .isTrue();
            assertThat(hands.own(bob)).hasSize(1);
            OFFICE.sql("UPDATE events SET ticket_limit = 8 WHERE id = $1", hands.eventId());
        });
    }

    private void rounds(Runnable round) {
        hands = new TicketHands(OFFICE, OFFICE.event());
        for (int i = 0; i < ROUNDS || (wins.size() < Winner.values().length && i < MOST_ROUNDS); i++) {
            alice = "alice-" + UUID.randomUUID();
            bob = "bob-" + UUID.randomUUID();
            carol = "carol-" + UUID.randomUUID();
            round.run();
        }
        OFFICE.auditedClean(hands.eventId());
        assertThat(wins).as("both were first sometimes, or this was no race").containsOnlyKeys(Winner.values());
    }

    private Booking buy() {
        return OFFICE.settled(OFFICE.book(OFFICE.hold(hands.eventId(), alice, new Choice.Area(0, 1)), "tok_approve"));
    }

    private static Supplier<Future<?>> give(String from, TransferTicketRequest request) {
        return () -> OFFICE.fan(from).send(TicketServiceGrpcClient.TransferTicket, request);
    }

    /** Both at once; exactly one is answered, the other refused for the reason given beside it. */
    private Winner race(
            Supplier<Future<?>> first, ErrorReason firstLoses, Supplier<Future<?>> second, ErrorReason secondLoses) {
        boolean swapped = ThreadLocalRandom.current().nextBoolean(); // Whoever is sent first has a head start.
        Future<?> early = (swapped ? second : first).get();
        pause();
        Future<?> late = (swapped ? first : second).get();
        ErrorReason one = reason(swapped ? late : early);
        ErrorReason two = reason(swapped ? early : late);
        Winner winner = one == null ? Winner.FIRST : Winner.SECOND;
        assertThat(one).isEqualTo(winner == Winner.FIRST ? null : firstLoses);
        assertThat(two).isEqualTo(winner == Winner.FIRST ? secondLoses : null);
        won(winner);
        return winner;
    }

    private void won(Winner winner) {
        wins.merge(winner, 1, Integer::sum);
    }

    private static void pause() {
        try {
            Thread.sleep(Duration.ofMillis(ThreadLocalRandom.current().nextLong(15)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Null: it was answered. */
    private static @org.jspecify.annotations.Nullable ErrorReason reason(Future<?> answer) {
        try {
            answer.await(SECONDS, TimeUnit.SECONDS);
            return null;
        } catch (Refusal refusal) {
            return refusal.reason();
        } catch (java.util.concurrent.TimeoutException late) {
            throw new AssertionError(late);
        }
    }
}
