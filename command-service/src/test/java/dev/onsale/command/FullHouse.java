package dev.onsale.command;

import dev.onsale.command.inventory.HoldId;
import dev.onsale.proto.catalog.v1.CreateEventRequest;
import dev.onsale.proto.catalog.v1.TierAssignment;
import dev.onsale.proto.payment.v1.AuthorizeRequest;
import dev.onsale.proto.payment.v1.CaptureRequest;
import dev.onsale.proto.payment.v1.PaymentServiceGrpcClient;
import dev.onsale.runtime.auth.Role;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * An event whose every seat is sold, one booking each. The payments are real: each was authorized and captured by the adapter, so
 * the provider's ledger has them. The rows of the write side are made in bulk, as the checkout would have left them.
 */
public final class FullHouse {
    /** What each booking cost, in cents. */
    public static final int PRICE = 4708;

    private static final int SEATS_A_ROW = 100;
    private static final int AT_ONCE = 48;
    private static final long SECONDS = 120;

    private final BoxOffice office;
    private final UUID[] bookings;
    private final UUID[] payments;
    private final UUID eventId;

    private FullHouse(BoxOffice office, UUID eventId, int seats) {
        this.office = office;
        this.eventId = eventId;
        this.bookings =
                IntStream.range(0, seats).mapToObj(i -> UUID.randomUUID()).toArray(UUID[]::new);
        this.payments =
                IntStream.range(0, seats).mapToObj(i -> UUID.randomUUID()).toArray(UUID[]::new);
    }

    /** Sells so many seats, a multiple of a hundred. The event is on sale, and sold out. */
    public static FullHouse sell(BoxOffice office, int seats) throws InterruptedException {
        Shows shows = new Shows(office.as(Role.OPERATOR, "olga"));
        String seatMap = shows.seatMap(shows.venue(), map(seats / SEATS_A_ROW)).getSeatMapId();
        var event = shows.draft(request -> CreateEventRequest.newBuilder()
                .mergeFrom(request.build())
                .setSeatMapId(seatMap)
                .clearTierAssignments()
                .addTierAssignments(
                        TierAssignment.newBuilder().setPriceTier("SEATED").addSections("A"))
                .addTierAssignments(
                        TierAssignment.newBuilder().setPriceTier("STANDING").addAreas("FLOOR")));
        FullHouse house = new FullHouse(office, UUID.fromString(event.getEventId()), seats);
        house.pay();
        house.insert();
        shows.open(event);
        return house;
    }

    private static String map(int rows) {
        String all = IntStream.rangeClosed(1, rows)
                .mapToObj(row ->
                        "{\"code\":\"%d\",\"runs\":[{\"first_number\":1,\"count\":%d,\"x\":0,\"y\":%d,\"dx\":5,\"dy\":0}]}"
                                .formatted(row, SEATS_A_ROW, row * 5))
                .collect(Collectors.joining(","));
        return """
                {"format":"onsale-seat-map/1","name":"Hall","sections":[{"code":"A","name":"Stalls","rows":[%s]}],
                 "areas":[{"code":"FLOOR","name":"Floor","capacity":10}]}
                """.formatted(all);
    }

    private void pay() throws InterruptedException {
        Calls adapter = office.payment();
        Semaphore room = new Semaphore(AT_ONCE);
        for (int i = 0; i < bookings.length; i++) {
            room.acquire();
            pay(adapter, i).onComplete(done -> room.release()).onFailure(failure -> {
                throw new AssertionError(failure);
            });
        }
        if (!room.tryAcquire(AT_ONCE, SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("payments take too long");
        }
    }

    private Future<?> pay(Calls adapter, int i) {
        AuthorizeRequest authorize = AuthorizeRequest.newBuilder()
                .setRequestId(bookings[i] + "-authorize")
                .setPaymentId(payments[i].toString())
                .setBookingId(bookings[i].toString())
                .setAmount(Shows.euros(PRICE))
                .setPaymentToken("tok_approve")
                .build();
        CaptureRequest capture = CaptureRequest.newBuilder()
                .setRequestId(bookings[i] + "-capture")
                .setPaymentId(payments[i].toString())
                .build();
        return adapter.send(PaymentServiceGrpcClient.Authorize, authorize)
                .compose(authorized -> adapter.send(PaymentServiceGrpcClient.Capture, capture));
    }

    private void insert() {
        String[] holds = IntStream.range(0, bookings.length)
                .mapToObj(i -> HoldId.of(eventId, "fan-" + i, "hold").value())
                .toArray(String[]::new);
        Tuple rows = Tuple.tuple()
                .addUUID(eventId)
                .addArrayOfUUID(bookings)
                .addArrayOfUUID(payments)
                .addArrayOfString(holds);
        run("""
                INSERT INTO bookings (id, reference, user_id, event_id, hold_id, fence, status, step, total_amount, currency,
                    price_version, payment_id, payment_token, contact_name, contact_email, tickets_issued, confirmed_at)
                SELECT b.id, 'F-' || b.id, 'fan-' || b.i - 1, $1, b.hold, 1, 'confirmed', 'send-confirmation', 4708, 'EUR', 1,
                    b.payment, 'tok_approve', 'A fan', 'fan-' || b.i - 1 || '@example.org', true, now()
                FROM unnest($2::uuid[], $3::uuid[], $4::text[]) WITH ORDINALITY AS b (id, payment, hold, i)
                """, rows);
        Tuple seats = Tuple.tuple().addUUID(eventId).addArrayOfUUID(bookings);
        run("""
                INSERT INTO booking_items (booking_id, item_no, event_id, seat_id, seat_version, price_tier_id, price, claimed)
                SELECT b.id, 1, $1, s.id, 0, s.price_tier_id, 4708, true
                FROM unnest($2::uuid[]) WITH ORDINALITY AS b (id, i)
                JOIN (SELECT *, row_number() OVER (ORDER BY ordinal) AS i FROM seats WHERE event_id = $1) s ON s.i = b.i
                """, seats);
        run("""
                INSERT INTO tickets (reference, booking_id, item_no, event_id, user_id)
                SELECT 'F-' || b.id, b.id, 1, $1, b.user_id FROM bookings b WHERE b.event_id = $1
                """, Tuple.of(eventId));
        run("UPDATE seats SET status = 'sold', version = 2, fence = 1 WHERE event_id = $1", Tuple.of(eventId));
    }

    private void run(String sql, Tuple values) {
        BoxOffice.await(office.database()
                .tx(tx -> tx.query("SET LOCAL statement_timeout = '120s'")
                        .execute()
                        .compose(patient -> tx.preparedQuery(sql).execute(values))));
    }

    /** The event. */
    public UUID eventId() {
        return eventId;
    }

    /** How many bookings there are. */
    public int size() {
        return bookings.length;
    }
}
