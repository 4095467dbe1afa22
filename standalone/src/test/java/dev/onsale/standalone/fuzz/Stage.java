package dev.onsale.standalone.fuzz;

import static dev.onsale.standalone.room.RoomChannels.calling;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Duration;
import dev.onsale.proto.booking.v1.Booking;
import dev.onsale.proto.catalog.v1.CatalogAdminServiceGrpc;
import dev.onsale.proto.catalog.v1.ListEventsRequest;
import dev.onsale.proto.inventory.v1.Hold;
import dev.onsale.proto.query.v1.BookingSearchServiceGrpc;
import dev.onsale.proto.query.v1.CatalogQueryServiceGrpc;
import dev.onsale.proto.query.v1.GetSeatMapRequest;
import dev.onsale.proto.query.v1.ListMyBookingsRequest;
import dev.onsale.proto.query.v1.SearchEventsRequest;
import dev.onsale.proto.query.v1.SeatMapServiceGrpc;
import dev.onsale.proto.ticket.v1.GetTicketDocumentRequest;
import dev.onsale.proto.ticket.v1.ListTicketsRequest;
import dev.onsale.proto.ticket.v1.Ticket;
import dev.onsale.proto.ticket.v1.TicketFormat;
import dev.onsale.proto.ticket.v1.TicketServiceGrpc;
import dev.onsale.proto.waitingroom.v1.ChallengeKind;
import dev.onsale.proto.waitingroom.v1.GetChallengeRequest;
import dev.onsale.proto.waitingroom.v1.NextStep;
import dev.onsale.proto.waitingroom.v1.Place;
import dev.onsale.proto.waitingroom.v1.WaitingRoomServiceGrpc;
import dev.onsale.runtime.auth.Role;
import dev.onsale.standalone.room.RoomChannels;
import dev.onsale.standalone.room.RoomGuest;
import dev.onsale.standalone.room.RoomOperator;
import dev.onsale.standalone.room.SmallSales;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * Puts on what the fuzzer plays with: three small events beside the large one, one open to all, one behind a waiting room
 * whose owner is inside, one behind a challenge; bookings and tickets of the owner.
 */
public final class Stage implements AutoCloseable {

    private static final java.time.Duration WITHIN = java.time.Duration.ofMinutes(1);

    private final BiFunction<Role, String, String> tokens;
    private final RoomChannels sale;
    private final RoomChannels reads;
    private final Map<String, List<String>> ids = new HashMap<>();

    /** On a system with these ports. */
    public Stage(BiFunction<Role, String, String> tokens, int commandPort, int roomPort, int queryPort) {
        this.tokens = tokens;
        this.sale = RoomChannels.to(roomPort, commandPort);
        this.reads = RoomChannels.to(roomPort, queryPort);
    }

    /** What the fuzzer needs to know of it. */
    public record Props(
            Map<String, List<String>> ids, String openEvent, String gatedEvent, String admission, String ticketCode) {}

    /** Puts it all on. */
    public Props set(String largeEvent) {
        String olivia = tokens.apply(Role.FAN, Scene.OWNER);
        RoomGuest owner = new RoomGuest(sale, olivia);
        SmallSales sales = new SmallSales(sale, tokens.apply(Role.OPERATOR, "olga"));
        String open = sales.open(100);
        String gated = sales.open(100);
        String guarded = sales.open(100);
        Ticket ticket = buy(owner, open);
        buy(owner, open);
        String code = calling(TicketServiceGrpc.newBlockingStub(sale.command()), olivia, "")
                .getTicketDocument(GetTicketDocumentRequest.newBuilder()
                        .setTicketId(ticket.getTicketId())
                        .setFormat(TicketFormat.TICKET_FORMAT_PNG)
                        .build())
                .getCode();
        String admission = admit(owner, gated);
        guard(guarded);
        add("event_id", open, gated, guarded, open, gated, open, gated, largeEvent);
        add("guarded_event", guarded);
        add("account", Scene.OWNER, Scene.STRANGER);
        add("reason", "ASKED_BY_THE_BUYER");
        readSide(olivia, open);
        return new Props(ids, open, gated, admission, code);
    }

    private Ticket buy(RoomGuest owner, String event) {
        Hold hold = owner.hold(event, "");
        Booking booking = owner.book(hold, "");
        var tickets = TicketServiceGrpc.newBlockingStub(sale.command());
        ListTicketsRequest request = ListTicketsRequest.newBuilder()
                .setBookingId(booking.getBookingId())
                .build();
        Ticket ticket = await().atMost(WITHIN)
                .ignoreException(StatusRuntimeException.class)
                .until(
                        () -> calling(tickets, owner.token(), "")
                                .listTickets(request)
                                .getTicketsList(),
                        found -> !found.isEmpty())
                .getFirst();
        add("hold_id", hold.getHoldId());
        add("booking_id", booking.getBookingId());
        add("ticket_id", ticket.getTicketId());
        add("ticket_ids", ticket.getTicketId());
        add("reference", booking.getReference());
        return ticket;
    }

    private String admit(RoomGuest owner, String event) {
        RoomOperator operator = new RoomOperator(sale, tokens.apply(Role.OPERATOR, "olga"));
        operator.configure(
                event,
                room -> room.setMaxActive(10)
                        .setSessionLength(Duration.newBuilder().setSeconds(14_400)));
        Place place = owner.join(event);
        operator.open(event, "");
        await().atMost(WITHIN)
                .until(() -> owner.position(place.getPlaceTicket()).getNextStep() == NextStep.NEXT_STEP_CLAIM);
        add("place_ticket", place.getPlaceTicket());
        var claimed = owner.claim(place.getPlaceTicket());
        add("session_id", claimed.getSessionId());
        return claimed.getAdmissionToken();
    }

    private void guard(String event) {
        new RoomOperator(sale, tokens.apply(Role.OPERATOR, "olga"))
                .configure(event, room -> room.setChallenge(ChallengeKind.CHALLENGE_KIND_PROOF_OF_WORK));
        add(
                "solution",
                calling(WaitingRoomServiceGrpc.newBlockingStub(sale.room()), tokens.apply(Role.FAN, Scene.STRANGER), "")
                        .getChallenge(GetChallengeRequest.newBuilder()
                                .setEventId(event)
                                .build())
                        .getAltcha());
    }

    /** What the read side names in its own way; it may take a moment to know of it. */
    private void readSide(String olivia, String event) {
        var catalog = CatalogQueryServiceGrpc.newBlockingStub(reads.command());
        var bookings = BookingSearchServiceGrpc.newBlockingStub(reads.command());
        var layouts = SeatMapServiceGrpc.newBlockingStub(reads.command());
        var admin = CatalogAdminServiceGrpc.newBlockingStub(sale.command());
        await().atMost(WITHIN).ignoreException(StatusRuntimeException.class).untilAsserted(() -> {
            List<String> pages = new ArrayList<>();
            pages.add(calling(catalog, olivia, "")
                    .searchEvents(
                            SearchEventsRequest.newBuilder().setPageSize(1).build())
                    .getNextPageToken());
            pages.add(calling(bookings, olivia, "")
                    .listMyBookings(
                            ListMyBookingsRequest.newBuilder().setPageSize(1).build())
                    .getNextPageToken());
            pages.add(calling(admin, tokens.apply(Role.OPERATOR, "olga"), "")
                    .listEvents(ListEventsRequest.newBuilder().setPageSize(1).build())
                    .getNextPageToken());
            if (pages.stream().anyMatch(String::isEmpty)) {
                throw new AssertionError("Not there yet: " + pages);
            }
            ids.put("page_token", pages);
            ids.put(
                    "layout_hash",
                    List.of(calling(layouts, olivia, "")
                            .getSeatMap(GetSeatMapRequest.newBuilder()
                                    .setEventId(event)
                                    .build())
                            .getLayoutHash()));
        });
    }

    private void add(String field, String... more) {
        ids.computeIfAbsent(field, first -> new ArrayList<>()).addAll(List.of(more));
    }

    @Override
    public void close() {
        sale.close();
        reads.close();
    }
}
