package dev.onsale.command.booking;

import dev.onsale.command.BoxOffice;
import dev.onsale.command.Calls;
import dev.onsale.command.inventory.Choice;
import dev.onsale.command.inventory.HoldId;
import dev.onsale.command.inventory.HoldOutcome;
import dev.onsale.command.inventory.HoldRecord;
import dev.onsale.command.inventory.HoldRequest;
import dev.onsale.proto.booking.v1.BookingServiceGrpcClient;
import dev.onsale.proto.booking.v1.CancelBookingRequest;
import dev.onsale.proto.booking.v1.CreateBookingRequest;
import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.runtime.auth.Role;
import dev.onsale.runtime.error.Refusal;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;

/** What fans do, over and over until they are answered: nodes come and go. */
final class ChaosDeeds {
    private static final int TRIES = 80;
    private static final int CHOICES = 12;
    private static final long PAUSE_MILLIS = 250;
    private static final int ROWS = 3;
    private static final int LIMIT = 8;
    private static final Set<ErrorReason> PASSING = EnumSet.of(
            ErrorReason.ERROR_REASON_DEPENDENCY_UNAVAILABLE,
            ErrorReason.ERROR_REASON_DEADLINE_EXCEEDED,
            ErrorReason.ERROR_REASON_PAYMENT_UNAVAILABLE,
            ErrorReason.ERROR_REASON_OVERLOADED,
            ErrorReason.ERROR_REASON_UNSPECIFIED);

    private static final String FIRST_SEAT = "SELECT coalesce(min(s.ordinal), -1) FROM booking_items i"
            + " JOIN seats s ON s.event_id = i.event_id AND s.id = i.seat_id WHERE i.booking_id = $1";

    private final BoxOffice office;
    private final int seatsARow;
    private final Map<String, Integer> refusals = new ConcurrentHashMap<>();
    private final AtomicInteger underWay = new AtomicInteger();
    private volatile Calls client;

    ChaosDeeds(BoxOffice office, int seatsARow) {
        this.office = office;
        this.seatsARow = seatsARow;
        this.client = office.withToken("");
    }

    /** The serving node is another. */
    void reconnect() {
        client = office.withToken("");
    }

    /** Why fans were told "no", and how often. */
    Map<String, Integer> refusals() {
        return refusals;
    }

    int underWay() {
        return underWay.get();
    }

    /** A fan holds some places and checks them out. */
    Optional<UUID> book(UUID event, ChaosFan fan) {
        return doing(() -> {
            Optional<HoldRecord> hold = fan.standing()
                    ? hold(event, fan.account(), new Choice.Area(0, fan.places()))
                    : holdSomewhere(event, fan.account(), fan.places());
            return hold.flatMap(held -> checkOut(held, fan.token(), fan.agrees()));
        });
    }

    /** What happens as soon as a fan's seats are free again. */
    void react(UUID event, ChaosFan fan, UUID booking) {
        String rival = "rival-" + fan.number();
        doing(() -> {
            switch (fan.reaction()) {
                case NONE -> {}
                case RIVAL_BUYS ->
                    takeOne(event, rival, booking).ifPresent(hold -> checkOut(hold, "tok_approve", false));
                case RIVAL_HOLDS ->
                    takeOne(event, rival, booking).ifPresent(hold -> {
                        pause(2_000);
                        letGo(hold);
                    });
                case FAN_BUYS_OTHERS ->
                    holdSomewhere(event, fan.account(), LIMIT).ifPresent(hold -> checkOut(hold, "tok_approve", false));
            }
            return Optional.empty();
        });
    }

    void cancel(ChaosFan fan, UUID booking) {
        CancelBookingRequest request = CancelBookingRequest.newBuilder()
                .setRequestId("cancel-" + booking)
                .setBookingId(booking.toString())
                .build();
        doing(() -> call(fan.account(), calls -> calls.call(BookingServiceGrpcClient.CancelBooking, request)));
    }

    private interface Deed<T> {
        Optional<T> run();
    }

    private <T> Optional<T> doing(Deed<T> deed) {
        underWay.incrementAndGet();
        try {
            return deed.run();
        } finally {
            underWay.decrementAndGet();
        }
    }

    private Optional<HoldRecord> takeOne(UUID event, String rival, UUID booking) {
        return again(() -> office.text(FIRST_SEAT, booking))
                .map(Integer::valueOf)
                .filter(ordinal -> ordinal >= 0)
                .flatMap(ordinal -> hold(event, rival, new Choice.Seats(List.of(ordinal))));
    }

    private Optional<HoldRecord> holdSomewhere(UUID event, String account, int places) {
        for (int tries = 0; tries < CHOICES; tries++) {
            int row = ThreadLocalRandom.current().nextInt(ROWS) * (seatsARow + 1);
            int from = row + ThreadLocalRandom.current().nextInt(seatsARow - places + 1);
            List<Integer> seats = IntStream.range(from, from + places).boxed().toList();
            Optional<HoldRecord> hold = hold(event, account, new Choice.Seats(seats));
            if (hold.isPresent()) {
                return hold;
            }
        }
        return Optional.empty();
    }

    private Optional<HoldRecord> hold(UUID event, String account, Choice choice) {
        HoldId id = HoldId.of(event, account, UUID.randomUUID().toString());
        HoldRequest request = new HoldRequest(id, account, "body", 1, false, null);
        Optional<HoldOutcome> outcome =
                again(() -> office.ledger().hold(request, choice).await());
        outcome.filter(no -> !(no instanceof HoldOutcome.Held))
                .ifPresent(no -> refusals.merge("hold " + no.getClass().getSimpleName(), 1, Integer::sum));
        return outcome.filter(HoldOutcome.Held.class::isInstance).map(held -> ((HoldOutcome.Held) held).hold());
    }

    private Optional<UUID> checkOut(HoldRecord hold, String token, boolean agrees) {
        CreateBookingRequest request = BoxOffice.checkout(hold, token).toBuilder()
                .setAcceptEqualSeats(agrees)
                .build();
        return call(hold.account(), calls -> calls.call(BookingServiceGrpcClient.CreateBooking, request))
                .map(response -> UUID.fromString(response.getBooking().getBookingId()))
                .or(() -> {
                    letGo(hold);
                    return Optional.empty();
                });
    }

    private void letGo(HoldRecord hold) {
        again(() -> office.ledger().release(hold.id(), hold.account(), null).await());
    }

    private <T> Optional<T> call(String account, Function<Calls, T> call) {
        Map<String, String> headers = Map.of("authorization", "Bearer " + office.token(Role.FAN, account));
        return again(() -> call.apply(client.with(headers)));
    }

    private interface Attempt<T> {
        T run() throws Exception;
    }

    /** Until it is answered; empty if the answer is a "no". */
    private <T> Optional<T> again(Attempt<T> attempt) {
        String last = "";
        for (int tries = 0; tries < TRIES; tries++) {
            try {
                return Optional.of(attempt.run());
            } catch (Refusal no) {
                if (!PASSING.contains(no.reason())) {
                    refusals.merge(no.reasonName(), 1, Integer::sum);
                    return Optional.empty();
                }
                last = no.reasonName();
            } catch (Exception | AssertionError away) { // A node that is just not there.
                last = away.toString();
            }
            pause(PAUSE_MILLIS);
        }
        refusals.merge("in the end: " + last, 1, Integer::sum);
        return Optional.empty();
    }

    static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
