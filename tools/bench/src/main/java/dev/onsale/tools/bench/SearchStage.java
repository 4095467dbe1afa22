package dev.onsale.tools.bench;

import dev.onsale.proto.query.v1.BookingSearchServiceGrpcClient;
import dev.onsale.proto.query.v1.SearchBookingsRequest;
import dev.onsale.proto.query.v1.SearchBookingsResponse;
import dev.onsale.proto.ticket.v1.ListTicketKeysRequest;
import dev.onsale.proto.ticket.v1.TicketServiceGrpcClient;
import dev.onsale.query.bookingsearch.BookingFacts;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiFunction;

/**
 * Support staff who look for bookings among millions, by all they can be found by; each search must find the booking it was made
 * up from. Beside an echo with as many calls in flight.
 */
final class SearchStage {
    static final List<Report.Limit> LIMITS = List.of(new Report.Limit("search_ratio", "search", "search_echo"));

    private static final int STAFF = 4;
    private static final int SEARCHES_OF_A_KIND = 250;
    private static final int WARM_UP = 50;
    private static final int MINUTES = 10;

    /** A way to look for a booking. */
    private record Kind(
            String name, BiFunction<BookingFacts, SearchBookingsRequest.Builder, SearchBookingsRequest.Builder> ask) {}

    private static final List<Kind> KINDS = List.of(
            new Kind("reference", (facts, ask) -> ask.setReference(facts.reference())),
            new Kind(
                    "part_of_reference",
                    (facts, ask) -> ask.setReference(facts.reference().substring(3))),
            new Kind("email", (facts, ask) -> ask.setEmail(facts.email().toUpperCase(Locale.ROOT))),
            new Kind("phone", (facts, ask) -> ask.setPhone(facts.phone().substring(4))),
            new Kind("account", (facts, ask) -> ask.setAccount(facts.account())),
            new Kind(
                    "payment",
                    (facts, ask) -> ask.setPaymentId(facts.paymentId().toString())),
            new Kind(
                    "seat",
                    (facts, ask) -> ask.setEventId(facts.eventId().toString())
                            .setSeat(facts.places().getFirst())
                            .setEmail(facts.email())),
            new Kind(
                    "mistyped_name",
                    (facts, ask) -> ask.setName(mistyped(facts.name())).setEmail(facts.email())),
            new Kind("name_alone", (facts, ask) -> ask.setName(mistyped(facts.name()))),
            new Kind("box_reference", (facts, ask) -> ask.setQuery(facts.reference())),
            new Kind("box_email", (facts, ask) -> ask.setQuery(facts.email())),
            new Kind("box_name", (facts, ask) -> ask.setQuery(facts.name())));

    private final Vertx vertx;
    private final Crowd crowd;
    private final int port;
    private final GeneratedBookings bookings;
    private final LongAdder missed = new LongAdder();

    /** @param port of Elasticsearch, which the bookings are written to */
    SearchStage(Vertx vertx, Crowd crowd, int port, int bookings) {
        this.vertx = vertx;
        this.crowd = crowd;
        this.port = port;
        this.bookings = new GeneratedBookings(bookings);
    }

    /**
     * What came of it.
     *
     * @param bookings how many there are
     * @param missed searches by what is one booking's alone that did not show it
     * @param figures all searches together, each kind, and the echo
     */
    record Outcome(int bookings, long missed, List<Figure> figures) {}

    /** Writes the bookings, then searches. Blocks. */
    Outcome run() throws Exception {
        bookings.write(vertx, port);
        Load load = new Load(vertx, STAFF);
        int kinds = KINDS.size();
        search(load, "warm_up", (long) WARM_UP * kinds, number -> KINDS.get((int) (number % kinds)));
        List<Figure> figures = new ArrayList<>();
        long all = (long) SEARCHES_OF_A_KIND * kinds;
        figures.add(load.run("search_echo", all * 10, this::echo).await(MINUTES, TimeUnit.MINUTES));
        figures.add(search(load, "search", all, number -> KINDS.get((int) (number % kinds))));
        for (Kind kind : KINDS) {
            figures.add(search(load, "search_" + kind.name(), SEARCHES_OF_A_KIND, number -> kind));
        }
        return new Outcome(bookings.count(), missed.sum(), figures);
    }

    private interface Choice {
        Kind of(long number);
    }

    private Figure search(Load load, String name, long calls, Choice choice) throws Exception {
        return load.run(name, calls, number -> search(choice.of(number))).await(MINUTES, TimeUnit.MINUTES);
    }

    private Future<?> search(Kind kind) {
        BookingFacts facts = GeneratedBookings.facts(ThreadLocalRandom.current().nextInt(bookings.count()));
        SearchBookingsRequest ask =
                kind.ask().apply(facts, SearchBookingsRequest.newBuilder()).build();
        return crowd.support()
                .call(BookingSearchServiceGrpcClient.SearchBookings, ask)
                .onSuccess(found -> check(kind, facts, found));
    }

    /** A name alone is many people's: theirs may be on a later page. */
    private void check(Kind kind, BookingFacts facts, SearchBookingsResponse found) {
        boolean many = kind.name().endsWith("name") || kind.name().endsWith("alone");
        boolean shown = found.getBookingsList().stream()
                .anyMatch(booking ->
                        booking.getBookingId().equals(facts.bookingId().toString()));
        if (many ? found.getBookingsCount() == 0 : !shown) {
            missed.increment();
        }
    }

    private static String mistyped(String name) {
        int middle = name.length() - 3;
        return name.substring(0, middle) + name.charAt(middle + 1) + name.charAt(middle) + name.substring(middle + 2);
    }

    private Future<?> echo(long number) {
        return crowd.fan(number)
                .call(TicketServiceGrpcClient.ListTicketKeys, ListTicketKeysRequest.getDefaultInstance());
    }
}
