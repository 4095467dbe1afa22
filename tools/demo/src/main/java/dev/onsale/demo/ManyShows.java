package dev.onsale.demo;

import com.google.protobuf.ByteString;
import dev.onsale.proto.catalog.v1.CatalogAdminServiceGrpcClient;
import dev.onsale.proto.catalog.v1.CreateEventRequest;
import dev.onsale.proto.catalog.v1.CreateVenueRequest;
import dev.onsale.proto.catalog.v1.ImportSeatMapRequest;
import dev.onsale.proto.catalog.v1.OpenSaleRequest;
import dev.onsale.proto.catalog.v1.TierAssignment;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Puts many small shows on sale in one hall of 500 seats: for measuring what it costs to have thousands on sale at once. */
public final class ManyShows {
    /** Reserved seats of each. */
    public static final int SEATS = 500;

    private static final List<String> SECTIONS = List.of("A", "B", "C", "D", "E");
    private static final int ROWS = 10;
    private static final int SEATS_A_ROW = 10;
    private static final int SEAT_WIDTH = 6; // In tenths of a metre, like all of them.
    private static final int ROW_DEPTH = 9;
    private static final int SECTION_WIDTH = 80;
    private static final int AT_ONCE = 8;

    private final AdminClient admin;
    private final String name;
    private final int shows;
    private final AtomicInteger begun = new AtomicInteger();
    private final List<String> made = Collections.synchronizedList(new ArrayList<>());

    private ManyShows(AdminClient admin, String name, int shows) {
        this.admin = admin;
        this.name = name;
        this.shows = shows;
    }

    /**
     * Makes them and opens their sales.
     *
     * @param client any gRPC client
     * @param server the command service
     * @param operatorToken a token with the role operator
     * @param name what their names begin with; a number follows
     * @param shows how many
     * @return their ids; fails as the calls fail
     */
    public static Future<List<String>> start(
            GrpcClient client, SocketAddress server, String operatorToken, String name, int shows) {
        return new ManyShows(new AdminClient(client, server, operatorToken), name, shows).start();
    }

    private Future<List<String>> start() {
        return createVenue().compose(this::importMap).compose(map -> {
            List<Future<Void>> lanes = new ArrayList<>();
            for (int lane = 0; lane < AT_ONCE; lane++) {
                lanes.add(makeNext(map));
            }
            return Future.all(lanes).map(done -> List.copyOf(made));
        });
    }

    private Future<Void> makeNext(String map) {
        int number = begun.getAndIncrement();
        return number >= shows
                ? Future.succeededFuture()
                : make(map, number).onSuccess(made::add).compose(id -> makeNext(map));
    }

    private Future<String> make(String map, int number) {
        return admin.call(CatalogAdminServiceGrpcClient.CreateEvent, event(map, number))
                .map(response -> response.getEvent().getEventId())
                .compose(id -> admin.call(
                                CatalogAdminServiceGrpcClient.OpenSale,
                                OpenSaleRequest.newBuilder()
                                        .setRequestId(DemoSale.requestId())
                                        .setEventId(id)
                                        .setStartNow(true)
                                        .build())
                        .map(id));
    }

    private Future<String> createVenue() {
        return admin.call(
                        CatalogAdminServiceGrpcClient.CreateVenue,
                        CreateVenueRequest.newBuilder()
                                .setRequestId(DemoSale.requestId())
                                .setName("The Little House")
                                .setAddress("Hafengasse 2")
                                .setCity("Rostock")
                                .setCountry("DE")
                                .setTimeZone("Europe/Berlin")
                                .setLatitude(54.0887)
                                .setLongitude(12.1405)
                                .build())
                .map(response -> response.getVenue().getVenueId());
    }

    private Future<String> importMap(String venue) {
        ImportSeatMapRequest request = ImportSeatMapRequest.newBuilder()
                .setHeader(ImportSeatMapRequest.Header.newBuilder()
                        .setRequestId(DemoSale.requestId())
                        .setVenueId(venue)
                        .setName("Rows"))
                .setChunk(ByteString.copyFromUtf8(map().encode()))
                .build();
        return admin.stream(CatalogAdminServiceGrpcClient.ImportSeatMap, List.of(request))
                .map(response -> response.getSeatMap().getSeatMapId());
    }

    private static JsonObject map() {
        JsonArray sections = new JsonArray();
        for (String code : SECTIONS) {
            JsonArray rows = new JsonArray();
            for (int row = 1; row <= ROWS; row++) {
                JsonObject run = new JsonObject()
                        .put("first_number", 1)
                        .put("count", SEATS_A_ROW)
                        .put("x", SECTIONS.indexOf(code) * SECTION_WIDTH)
                        .put("y", row * ROW_DEPTH)
                        .put("dx", SEAT_WIDTH)
                        .put("dy", 0);
                rows.add(new JsonObject().put("code", String.valueOf(row)).put("runs", new JsonArray().add(run)));
            }
            sections.add(new JsonObject().put("code", code).put("name", code).put("rows", rows));
        }
        return new JsonObject()
                .put("format", "onsale-seat-map/1")
                .put("name", "The Little House")
                .put("sections", sections)
                .put("areas", new JsonArray());
    }

    private CreateEventRequest event(String map, int number) {
        Instant now = Instant.now();
        return CreateEventRequest.newBuilder()
                .setRequestId(DemoSale.requestId())
                .setName(name + " " + number)
                .setDescription("One of many.")
                .setSeatMapId(map)
                .setEventTime(DemoSale.time(now.plus(Duration.ofDays(60 + number % 300))))
                .setSaleStart(DemoSale.time(now))
                .setSaleEnd(DemoSale.time(now.plus(Duration.ofDays(59))))
                .setTicketLimit(100)
                .addPriceTiers(DemoSale.tier("ALL", "Everywhere", 25, 3))
                .addTierAssignments(
                        TierAssignment.newBuilder().setPriceTier("ALL").addAllSections(SECTIONS))
                .build();
    }
}
