package dev.onsale.tools.rush;

import dev.onsale.proto.booking.v1.Booking;
import dev.onsale.proto.booking.v1.BookingServiceGrpc;
import dev.onsale.proto.booking.v1.BookingStatus;
import dev.onsale.proto.booking.v1.CancelBookingRequest;
import dev.onsale.proto.booking.v1.Contact;
import dev.onsale.proto.booking.v1.CreateBookingRequest;
import dev.onsale.proto.booking.v1.WatchBookingRequest;
import dev.onsale.proto.booking.v1.WatchBookingResponse;
import dev.onsale.proto.inventory.v1.AreaSelection;
import dev.onsale.proto.inventory.v1.BestAvailable;
import dev.onsale.proto.inventory.v1.CreateHoldRequest;
import dev.onsale.proto.inventory.v1.ExactSeats;
import dev.onsale.proto.inventory.v1.Hold;
import dev.onsale.proto.inventory.v1.HoldServiceGrpc;
import dev.onsale.proto.inventory.v1.ReleaseHoldRequest;
import dev.onsale.proto.inventory.v1.SwapHoldRequest;
import dev.onsale.runtime.auth.Role;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One fan, from arriving to walking away: straight-line code on a virtual thread, over plain grpc-java stubs. */
final class FanStory {
    private static final int TRIES = 6;
    private static final int DEADLINE_SECONDS = 10;
    private static final int WAIT_SECONDS = 90;
    private static final long PAUSE_MILLIS = 500;

    private final String account;
    private final FanPlan plan;
    private final String event;
    private final RushMap map;
    private final Tally tally;
    private final Wire wire;
    private final @Nullable RushRoom room;
    private Wire.Bearer credentials;
    private int line;

    FanStory(
            String account,
            int number,
            FanPlan plan,
            String event,
            RushMap map,
            Tally tally,
            Wire wire,
            @Nullable RushRoom room) {
        this.account = account;
        this.plan = plan;
        this.event = event;
        this.map = map;
        this.tally = tally;
        this.wire = wire;
        this.line = number;
        this.room = room;
        this.credentials = wire.as(account, Role.FAN);
    }

    /** Lives it; what the fan was told at the end. */
    FanHistory live() throws InterruptedException {
        if (room == null) {
            return shop();
        }
        Optional<RushRoom.Admission> admission = room.queue(credentials, line, tally);
        if (admission.isEmpty()) {
            return walkAway("never came in");
        }
        credentials = credentials.admitted(admission.get().token());
        FanHistory told = shop();
        if (told.booking() == null) {
            room.leave(credentials, line, admission.get(), tally);
        }
        return told;
    }

    private FanHistory shop() throws InterruptedException {
        Optional<Hold> hold = hold();
        if (hold.isEmpty()) {
            return new FanHistory(account, null, false);
        }
        Hold held = plan.swaps() ? swap(hold.get()) : hold.get();
        return switch (plan.ending()) {
            case LET_EXPIRE -> walkAway("let expire");
            case RELEASE -> release(held);
            case BOOK -> book(held);
        };
    }

    private FanHistory walkAway(String how) {
        tally.count("fan " + how);
        return new FanHistory(account, null, false);
    }

    private Optional<Hold> hold() throws InterruptedException {
        CreateHoldRequest first =
                wish(plan.wish()).setAllowPartial(plan.partial()).build();
        Optional<Hold> hold = tryHold(first);
        for (int i = 0; hold.isEmpty() && i < 2 && plan.wish() == FanPlan.Wish.EXACT; i++) {
            hold = tryHold(wish(FanPlan.Wish.BEST).build());
        }
        if (hold.isEmpty() && plan.wish() == FanPlan.Wish.BEST) {
            hold = tryHold(wish(FanPlan.Wish.AREA).setAllowPartial(true).build());
        }
        if (hold.isEmpty()) {
            tally.count("fan left without seats");
        }
        return hold;
    }

    private Optional<Hold> tryHold(CreateHoldRequest request) throws InterruptedException {
        return attempt("CreateHold", () -> holds().createHold(request))
                .map(answer -> answer.getHold())
                .filter(hold -> hold.getSeatsCount() + hold.getAreasCount() > 0);
    }

    private CreateHoldRequest.Builder wish(FanPlan.Wish wish) {
        CreateHoldRequest.Builder request =
                CreateHoldRequest.newBuilder().setRequestId(newId()).setEventId(event);
        return switch (wish) {
            case BEST ->
                request.setBestAvailable(
                        BestAvailable.newBuilder().setQuantity(plan.party()).setAllowSplit(plan.partial()));
            case EXACT -> request.setSeats(ExactSeats.newBuilder().addAllSeatIds(exactSeats()));
            case AREA ->
                request.setArea(
                        AreaSelection.newBuilder().setAreaId(RushMap.AREA).setQuantity(plan.party()));
        };
    }

    private List<String> exactSeats() {
        return map.sideBySide((int) (plan.spot() * (map.seats() - 1)), plan.party());
    }

    private Hold swap(Hold held) throws InterruptedException {
        SwapHoldRequest request = SwapHoldRequest.newBuilder()
                .setRequestId(newId())
                .setHoldId(held.getHoldId())
                .setBestAvailable(BestAvailable.newBuilder().setQuantity(plan.party()))
                .build();
        return attempt("SwapHold", () -> holds().swapHold(request))
                .map(answer -> answer.getHold())
                .orElse(held);
    }

    private FanHistory release(Hold held) throws InterruptedException {
        ReleaseHoldRequest request = ReleaseHoldRequest.newBuilder()
                .setRequestId(newId())
                .setHoldId(held.getHoldId())
                .build();
        attempt("ReleaseHold", () -> holds().releaseHold(request));
        return walkAway("released");
    }

    private FanHistory book(Hold held) throws InterruptedException {
        CreateBookingRequest request = CreateBookingRequest.newBuilder()
                .setRequestId(newId())
                .setHoldId(held.getHoldId())
                .setFence(held.getFence())
                .setPaymentToken(plan.token())
                .setContact(Contact.newBuilder().setName("Rush Fan").setEmail(account + "@example.com"))
                .build();
        long start = System.nanoTime();
        Optional<Booking> made = attempt("CreateBooking", () -> bookings().createBooking(request))
                .map(answer -> answer.getBooking());
        if (made.isEmpty()) {
            tally.count("fan could not book");
            return new FanHistory(account, null, false);
        }
        Booking ended = waitFor(made.get());
        tally.checkout(ended, start);
        boolean cancels = plan.cancels() && ended.getStatus() == BookingStatus.BOOKING_STATUS_CONFIRMED;
        return cancels ? cancel(ended) : new FanHistory(account, ended, false);
    }

    /** Watches the booking until it has ended; a watch that breaks is begun again, for as long as a fan has patience. */
    private Booking waitFor(Booking booking) throws InterruptedException {
        Booking seen = booking;
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
        while (!ended(seen) && System.nanoTime() < end) {
            Booking before = seen;
            seen = attempt("WatchBooking", () -> watch(before, end - System.nanoTime()))
                    .orElse(before);
            if (!ended(seen)) {
                Thread.sleep(PAUSE_MILLIS);
            }
        }
        return seen;
    }

    private Booking watch(Booking booking, long nanos) {
        Iterator<WatchBookingResponse> answers = BookingServiceGrpc.newBlockingStub(channel())
                .withCallCredentials(credentials)
                .withDeadlineAfter(Math.max(1, nanos), TimeUnit.NANOSECONDS)
                .watchBooking(WatchBookingRequest.newBuilder()
                        .setBookingId(booking.getBookingId())
                        .build());
        Booking last = booking;
        while (answers.hasNext()) {
            last = answers.next().getBooking();
        }
        return last;
    }

    private static boolean ended(Booking booking) {
        return booking.getStatus() == BookingStatus.BOOKING_STATUS_CANCELLED
                || (booking.getStatus() == BookingStatus.BOOKING_STATUS_CONFIRMED && booking.getTicketsIssued());
    }

    private FanHistory cancel(Booking booking) throws InterruptedException {
        CancelBookingRequest request = CancelBookingRequest.newBuilder()
                .setRequestId(newId())
                .setBookingId(booking.getBookingId())
                .build();
        boolean taken = attempt("CancelBooking", () -> bookings().cancelBooking(request))
                .isPresent();
        tally.count(taken ? "fan cancelled" : "fan could not cancel");
        return new FanHistory(account, booking, taken);
    }

    /** One call, again with the same request id while the outcome is not known; empty: refused for good. */
    private <T> Optional<T> attempt(String rpc, Supplier<T> call) throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                return Optional.of(tally.call(rpc, call));
            } catch (StatusRuntimeException refused) {
                if (attempt == TRIES || !worthAnotherTry(refused)) {
                    return Optional.empty();
                }
                if (refused.getStatus().getCode() == Status.Code.UNAVAILABLE) {
                    line++; // Perhaps this node is away.
                }
                Thread.sleep(100L << attempt);
            }
        }
    }

    static boolean worthAnotherTry(StatusRuntimeException refused) {
        Status.Code code = refused.getStatus().getCode();
        return code == Status.Code.UNAVAILABLE
                || code == Status.Code.DEADLINE_EXCEEDED
                || code == Status.Code.RESOURCE_EXHAUSTED
                || code == Status.Code.CANCELLED;
    }

    private ManagedChannel channel() {
        return wire.command(line);
    }

    private HoldServiceGrpc.HoldServiceBlockingStub holds() {
        return HoldServiceGrpc.newBlockingStub(channel())
                .withCallCredentials(credentials)
                .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS);
    }

    private BookingServiceGrpc.BookingServiceBlockingStub bookings() {
        return BookingServiceGrpc.newBlockingStub(channel())
                .withCallCredentials(credentials)
                .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS);
    }

    private static String newId() {
        return UUID.randomUUID().toString();
    }
}
