package dev.onsale.tools.bench;

import dev.onsale.proto.booking.v1.BookingServiceGrpcClient;
import dev.onsale.proto.booking.v1.BookingStatus;
import dev.onsale.proto.booking.v1.Contact;
import dev.onsale.proto.booking.v1.CreateBookingRequest;
import dev.onsale.proto.booking.v1.WatchBookingRequest;
import dev.onsale.proto.booking.v1.WatchBookingResponse;
import dev.onsale.proto.inventory.v1.BestAvailable;
import dev.onsale.proto.inventory.v1.CreateHoldRequest;
import dev.onsale.proto.inventory.v1.CreateHoldResponse;
import dev.onsale.proto.inventory.v1.Hold;
import dev.onsale.proto.inventory.v1.HoldServiceGrpcClient;
import dev.onsale.proto.query.v1.AvailabilityServiceGrpcClient;
import dev.onsale.proto.query.v1.GetAvailabilityRequest;
import dev.onsale.proto.query.v1.GetSeatStatusesRequest;
import dev.onsale.proto.query.v1.SeatMapServiceGrpcClient;
import dev.onsale.proto.ticket.v1.ListTicketKeysRequest;
import dev.onsale.proto.ticket.v1.TicketServiceGrpcClient;
import dev.onsale.runtime.rpc.RpcClient;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/** What is measured in one round, in this order, on an event of its own. */
final class Stages {
    private static final long ECHOES = 40_000;
    private static final long HOLDS = 6_000;
    private static final long BEST = 1_500;
    private static final long BOOKINGS = 1_000;
    private static final long READS = 20_000;
    private static final Duration CHECKOUT = Duration.ofMinutes(1);

    private final Load load;
    private final Crowd crowd;
    private final String event;
    private final int divisor;
    private Holding holding;

    Stages(Load load, Crowd crowd, String event, int divisor) {
        this.load = load;
        this.crowd = crowd;
        this.event = event;
        this.divisor = divisor;
        this.holding = new Holding(crowd, event, List.of());
    }

    /** One thing to measure. */
    interface Stage {
        Future<Figure> run(String name);
    }

    /** How many holds one round makes. */
    long holds() {
        return HOLDS / divisor;
    }

    /** Learns the seats and runs everything for a while, so that what is measured is warm. */
    Future<Void> warmUp() {
        return Holding.in(crowd, event)
                .compose(found -> {
                    holding = found;
                    return load.run("warm-up", ECHOES, this::echo);
                })
                .compose(done -> load.run("warm-up", READS, this::availability))
                .compose(done -> load.run("warm-up", HOLDS / 2, holding::holdAndRelease))
                .mapEmpty();
    }

    /** All stages by name; the bookings come last, since their mails go on long after they are confirmed. */
    Map<String, Stage> all() {
        Map<String, Stage> all = new LinkedHashMap<>();
        all.put("echo", name -> load.run(name, ECHOES / divisor, this::echo));
        all.put("hold", name -> load.run(name, holds(), holding::hold));
        all.put("best_available", name -> load.run(name, BEST / divisor, this::bestAvailable));
        all.put("availability", name -> load.run(name, READS / divisor, this::availability));
        all.put("seat_statuses", name -> load.run(name, READS / divisor, this::statuses));
        all.put("booking", name -> load.run(name, BOOKINGS / divisor, this::book));
        return all;
    }

    private Future<?> echo(long number) {
        return crowd.fan(number)
                .call(TicketServiceGrpcClient.ListTicketKeys, ListTicketKeysRequest.getDefaultInstance());
    }

    private Future<CreateHoldResponse> bestAvailable(long number) {
        return crowd.fan(number)
                .call(
                        HoldServiceGrpcClient.CreateHold,
                        request()
                                .setBestAvailable(BestAvailable.newBuilder().setQuantity(4))
                                .build());
    }

    private Future<?> book(long number) {
        RpcClient fan = crowd.fan(number);
        CreateHoldRequest one = request()
                .setBestAvailable(BestAvailable.newBuilder().setQuantity(2))
                .build();
        return fan.call(HoldServiceGrpcClient.CreateHold, one)
                .compose(held -> fan.call(BookingServiceGrpcClient.CreateBooking, checkout(held.getHold())))
                .compose(made -> {
                    AtomicReference<WatchBookingResponse> last =
                            new AtomicReference<>(WatchBookingResponse.getDefaultInstance());
                    WatchBookingRequest watch = WatchBookingRequest.newBuilder()
                            .setBookingId(made.getBooking().getBookingId())
                            .build();
                    return fan.stream(BookingServiceGrpcClient.WatchBooking, watch, CHECKOUT, last::set)
                            .map(ended -> confirmed(Objects.requireNonNull(last.get())));
                });
    }

    private static WatchBookingResponse confirmed(WatchBookingResponse last) {
        if (last.getBooking().getStatus() != BookingStatus.BOOKING_STATUS_CONFIRMED) {
            throw new IllegalStateException(
                    "Not confirmed: " + last.getBooking().getCancelReason());
        }
        return last;
    }

    private Future<?> availability(long number) {
        return crowd.reader(number)
                .call(
                        AvailabilityServiceGrpcClient.GetAvailability,
                        GetAvailabilityRequest.newBuilder().setEventId(event).build());
    }

    private Future<?> statuses(long number) {
        return crowd.reader(number)
                .call(
                        SeatMapServiceGrpcClient.GetSeatStatuses,
                        GetSeatStatusesRequest.newBuilder().setEventId(event).build());
    }

    private CreateHoldRequest.Builder request() {
        return CreateHoldRequest.newBuilder()
                .setRequestId(UUID.randomUUID().toString())
                .setEventId(event);
    }

    private static CreateBookingRequest checkout(Hold hold) {
        return CreateBookingRequest.newBuilder()
                .setRequestId(UUID.randomUUID().toString())
                .setHoldId(hold.getHoldId())
                .setFence(hold.getFence())
                .setPaymentToken("tok_approve")
                .setContact(Contact.newBuilder().setName("Bench Fan").setEmail("bench@example.com"))
                .build();
    }
}
