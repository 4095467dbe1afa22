package dev.onsale.demo;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import com.google.type.Money;
import dev.onsale.proto.catalog.v1.CatalogAdminServiceGrpcClient;
import dev.onsale.proto.catalog.v1.CreateEventRequest;
import dev.onsale.proto.catalog.v1.CreateVenueRequest;
import dev.onsale.proto.catalog.v1.Event;
import dev.onsale.proto.catalog.v1.EventState;
import dev.onsale.proto.catalog.v1.ImportSeatMapRequest;
import dev.onsale.proto.catalog.v1.ListEventsRequest;
import dev.onsale.proto.catalog.v1.OpenSaleRequest;
import dev.onsale.proto.catalog.v1.OpenSaleResponse;
import dev.onsale.proto.catalog.v1.PriceTier;
import dev.onsale.proto.catalog.v1.TierAssignment;
import dev.onsale.proto.catalog.v1.Venue;
import io.vertx.core.Future;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Puts the demo show on sale in the demo stadium, if it is not already. */
public final class DemoSale {
    /** Name of the demo show. */
    public static final String NAME = "The Breakwaters: One Night at the Harbour";

    private static final int CHUNK_BYTES = 48 * 1024;

    private static final int TICKET_LIMIT = 8;

    private final AdminClient admin;
    private final String name;
    private final int ticketLimit;

    private DemoSale(AdminClient admin, String name, int ticketLimit) {
        this.admin = admin;
        this.name = name;
        this.ticketLimit = ticketLimit;
    }

    /**
     * Finds the demo show, or makes it: venue, seat map, event, open sale.
     *
     * @param client any gRPC client
     * @param server the command service
     * @param operatorToken a token with the role operator
     * @return the show, ON_SALE; fails as the calls fail
     */
    public static Future<Event> start(GrpcClient client, SocketAddress server, String operatorToken) {
        return new DemoSale(new AdminClient(client, server, operatorToken), NAME, TICKET_LIMIT).start();
    }

    /**
     * Makes one more show like the demo show, under its own name, and opens its sale: for measuring.
     *
     * @param ticketLimit tickets a fan may hold and own together, 1 to 100
     */
    public static Future<Event> startAnother(
            GrpcClient client, SocketAddress server, String operatorToken, String name, int ticketLimit) {
        return new DemoSale(new AdminClient(client, server, operatorToken), name, ticketLimit).make();
    }

    private Future<Event> start() {
        return admin.call(
                        CatalogAdminServiceGrpcClient.ListEvents,
                        ListEventsRequest.newBuilder().setPageSize(200).build())
                .compose(list -> list.getEventsList().stream()
                        .filter(event -> event.getName().equals(name))
                        .filter(event -> event.getState() != EventState.EVENT_STATE_CANCELLED)
                        .findFirst()
                        .map(this::open)
                        .orElseGet(this::make));
    }

    private Future<Event> make() {
        return createVenue().compose(this::importMap).compose(this::createEvent).compose(this::open);
    }

    private Future<Event> open(Event event) {
        return event.getState() != EventState.EVENT_STATE_DRAFT
                ? Future.succeededFuture(event)
                : admin.call(
                                CatalogAdminServiceGrpcClient.OpenSale,
                                OpenSaleRequest.newBuilder()
                                        .setRequestId(requestId())
                                        .setEventId(event.getEventId())
                                        .setStartNow(true)
                                        .build())
                        .map(OpenSaleResponse::getEvent);
    }

    private Future<Venue> createVenue() {
        return admin.call(
                        CatalogAdminServiceGrpcClient.CreateVenue,
                        CreateVenueRequest.newBuilder()
                                .setRequestId(requestId())
                                .setName("Harbour Stadium")
                                .setAddress("Kaistrasse 1")
                                .setCity("Hamburg")
                                .setCountry("DE")
                                .setTimeZone("Europe/Berlin")
                                .setLatitude(53.5441)
                                .setLongitude(9.9688)
                                .build())
                .map(response -> response.getVenue());
    }

    private Future<String> importMap(Venue venue) {
        ByteString json = ByteString.copyFromUtf8(Stadium.draw().encode());
        ImportSeatMapRequest.Header header = ImportSeatMapRequest.Header.newBuilder()
                .setRequestId(requestId())
                .setVenueId(venue.getVenueId())
                .setName("Concert, stage east")
                .build();
        List<ImportSeatMapRequest> chunks = new ArrayList<>();
        for (int from = 0; from < json.size(); from += CHUNK_BYTES) {
            ImportSeatMapRequest.Builder chunk = ImportSeatMapRequest.newBuilder()
                    .setChunk(json.substring(from, Math.min(json.size(), from + CHUNK_BYTES)));
            chunks.add((from == 0 ? chunk.setHeader(header) : chunk).build());
        }
        return admin.stream(CatalogAdminServiceGrpcClient.ImportSeatMap, chunks)
                .map(response -> response.getSeatMap().getSeatMapId());
    }

    private Future<Event> createEvent(String seatMapId) {
        Instant now = Instant.now();
        List<List<String>> sections = Stadium.sectionsByTier();
        CreateEventRequest request = CreateEventRequest.newBuilder()
                .setRequestId(requestId())
                .setName(name)
                .setDescription("A stadium show with reserved seats in two tiers and standing places on the floor.")
                .setSeatMapId(seatMapId)
                .setEventTime(time(now.plus(Duration.ofDays(60))))
                .setSaleStart(time(now))
                .setSaleEnd(time(now.plus(Duration.ofDays(59))))
                .setTicketLimit(ticketLimit)
                .addPriceTiers(tier("PREMIUM", "Premium, lower tier", 120, 12))
                .addPriceTiers(tier("LOWER", "Lower tier", 85, 9))
                .addPriceTiers(tier("UPPER", "Upper tier", 45, 5))
                .addPriceTiers(tier("FLOOR", "Floor, standing", 70, 7))
                .addTierAssignments(covers("PREMIUM").addAllSections(sections.get(0)))
                .addTierAssignments(covers("LOWER").addAllSections(sections.get(1)))
                .addTierAssignments(covers("UPPER").addAllSections(sections.get(2)))
                .addTierAssignments(covers("FLOOR").addAreas("FLOOR"))
                .build();
        return admin.call(CatalogAdminServiceGrpcClient.CreateEvent, request).map(response -> response.getEvent());
    }

    static PriceTier tier(String code, String name, int faceEuros, int feeEuros) {
        int taxCents = (faceEuros + feeEuros) * 7;
        return PriceTier.newBuilder()
                .setCode(code)
                .setName(name)
                .setFace(euros(faceEuros * 100))
                .setFee(euros(feeEuros * 100))
                .setTax(euros(taxCents))
                .build();
    }

    private static Money euros(int cents) {
        return Money.newBuilder()
                .setCurrencyCode("EUR")
                .setUnits(cents / 100)
                .setNanos(cents % 100 * 10_000_000)
                .build();
    }

    private static TierAssignment.Builder covers(String tier) {
        return TierAssignment.newBuilder().setPriceTier(tier);
    }

    static Timestamp time(Instant instant) {
        return Timestamp.newBuilder().setSeconds(instant.getEpochSecond()).build();
    }

    static String requestId() {
        return "demo-" + UUID.randomUUID();
    }
}
