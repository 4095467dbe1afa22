package dev.onsale.command;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import com.google.type.Money;
import dev.onsale.proto.catalog.v1.CatalogAdminServiceGrpcClient;
import dev.onsale.proto.catalog.v1.CreateEventRequest;
import dev.onsale.proto.catalog.v1.CreateEventResponse;
import dev.onsale.proto.catalog.v1.CreateVenueRequest;
import dev.onsale.proto.catalog.v1.Event;
import dev.onsale.proto.catalog.v1.ImportSeatMapRequest;
import dev.onsale.proto.catalog.v1.OpenSaleRequest;
import dev.onsale.proto.catalog.v1.PriceTier;
import dev.onsale.proto.catalog.v1.SeatMap;
import dev.onsale.proto.catalog.v1.TierAssignment;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** Makes venues, seat maps and events through the admin API, as an operator would. */
public final class Shows {
    private final Calls operator;

    /** Makes them with this client. */
    public Shows(Calls operator) {
        this.operator = operator;
    }

    /** Sections A (rows 1 and 2) and B (row 1) with so many seats a row, and an area FLOOR. Seat 1 of A-1 is accessible. */
    public static String map(int seatsARow, int floor) {
        String run =
                "\"runs\":[{\"first_number\":1,\"count\":%d,\"x\":0,\"y\":0,\"dx\":5,\"dy\":0}]".formatted(seatsARow);
        return """
                {"format":"onsale-seat-map/1","name":"Hall","sections":[
                  {"code":"A","name":"Stalls","rows":[{"code":"1",%s,"accessible":[1]},{"code":"2",%s}]},
                  {"code":"B","name":"Balcony","rows":[{"code":"1",%s}]}],
                 "areas":[{"code":"FLOOR","name":"Floor","capacity":%d}]}
                """.formatted(run, run, run, floor);
    }

    /** A new venue. */
    public String venue() {
        return operator.call(CatalogAdminServiceGrpcClient.CreateVenue, venueRequest())
                .getVenue()
                .getVenueId();
    }

    /** What {@link #venue} asks for. */
    public static CreateVenueRequest venueRequest() {
        return CreateVenueRequest.newBuilder()
                .setRequestId(requestId())
                .setName("Hall")
                .setCity("Berlin")
                .setCountry("DE")
                .setTimeZone("Europe/Berlin")
                .build();
    }

    /** A new seat map of a venue. */
    public SeatMap seatMap(String venueId, String json) {
        return operator.stream(CatalogAdminServiceGrpcClient.ImportSeatMap, chunks(venueId, json, 1_000))
                .getSeatMap();
    }

    /** An import in chunks of so many bytes. */
    public static List<ImportSeatMapRequest> chunks(String venueId, String json, int bytes) {
        byte[] all = json.getBytes(StandardCharsets.UTF_8);
        List<ImportSeatMapRequest> chunks = new java.util.ArrayList<>();
        for (int from = 0; from == 0 || from < all.length; from += bytes) {
            chunks.add(ImportSeatMapRequest.newBuilder()
                    .setChunk(ByteString.copyFrom(all, from, Math.min(bytes, all.length - from)))
                    .build());
        }
        chunks.set(
                0,
                chunks.getFirst().toBuilder()
                        .setHeader(ImportSeatMapRequest.Header.newBuilder()
                                .setRequestId(requestId())
                                .setVenueId(venueId)
                                .setName("Hall"))
                        .build());
        return chunks;
    }

    /** A draft of an event in a new hall with three rows of 10 seats and a floor for 50. */
    public Event draft() {
        return draft(UnaryOperator.identity());
    }

    /** The same with a change of the request. */
    public Event draft(UnaryOperator<CreateEventRequest.Builder> change) {
        CreateEventRequest request = change.apply(
                        request(seatMap(venue(), map(10, 50)).getSeatMapId()))
                .build();
        CreateEventResponse response = operator.call(CatalogAdminServiceGrpcClient.CreateEvent, request);
        return response.getEvent();
    }

    /** An event on sale now, in a new hall with three rows of 10 seats and a floor for 50. */
    public Event onSale() {
        return open(draft());
    }

    /** The event, on sale now. */
    public Event open(Event event) {
        OpenSaleRequest request = OpenSaleRequest.newBuilder()
                .setRequestId(requestId())
                .setEventId(event.getEventId())
                .setStartNow(true)
                .build();
        return operator.call(CatalogAdminServiceGrpcClient.OpenSale, request).getEvent();
    }

    /** An event on a seat map like {@link #map}: SEATED (A and B) for 47.08 EUR, STANDING (FLOOR) for 25 EUR; limit 8. */
    public static CreateEventRequest.Builder request(String seatMapId) {
        Instant now = Instant.now();
        return CreateEventRequest.newBuilder()
                .setRequestId(requestId())
                .setName("An evening")
                .setSeatMapId(seatMapId)
                .setEventTime(time(now.plus(Duration.ofDays(30))))
                .setSaleStart(time(now.plus(Duration.ofDays(1))))
                .setSaleEnd(time(now.plus(Duration.ofDays(29))))
                .setTicketLimit(8)
                .addPriceTiers(tier("SEATED", 4000, 400, 308))
                .addPriceTiers(tier("STANDING", 2500, 0, 0))
                .addTierAssignments(TierAssignment.newBuilder()
                        .setPriceTier("SEATED")
                        .addSections("A")
                        .addSections("B"))
                .addTierAssignments(
                        TierAssignment.newBuilder().setPriceTier("STANDING").addAreas("FLOOR"));
    }

    /** A tier with prices in cents. */
    public static PriceTier tier(String code, int face, int fee, int tax) {
        return PriceTier.newBuilder()
                .setCode(code)
                .setName(code)
                .setFace(euros(face))
                .setFee(euros(fee))
                .setTax(euros(tax))
                .build();
    }

    /** An amount of so many cents. */
    public static Money euros(int cents) {
        return Money.newBuilder()
                .setCurrencyCode("EUR")
                .setUnits(cents / 100)
                .setNanos(cents % 100 * 10_000_000)
                .build();
    }

    /** A time for the wire. */
    public static Timestamp time(Instant instant) {
        return Timestamp.newBuilder().setSeconds(instant.getEpochSecond()).build();
    }

    /** A request id nobody had before. */
    public static String requestId() {
        return UUID.randomUUID().toString();
    }
}
