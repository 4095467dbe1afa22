package dev.onsale.tools.rush;

import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import com.google.type.Money;
import dev.onsale.proto.catalog.v1.CatalogAdminServiceGrpc;
import dev.onsale.proto.catalog.v1.CreateEventRequest;
import dev.onsale.proto.catalog.v1.CreateVenueRequest;
import dev.onsale.proto.catalog.v1.Event;
import dev.onsale.proto.catalog.v1.ImportSeatMapRequest;
import dev.onsale.proto.catalog.v1.ImportSeatMapResponse;
import dev.onsale.proto.catalog.v1.OpenSaleRequest;
import dev.onsale.proto.catalog.v1.PriceTier;
import dev.onsale.proto.catalog.v1.TierAssignment;
import dev.onsale.runtime.auth.Role;
import io.grpc.CallCredentials;
import io.grpc.ManagedChannel;
import io.grpc.stub.StreamObserver;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Puts an event on sale that nobody else buys from. */
final class RushEvent {
    private static final int CHUNK_BYTES = 48 * 1024;
    private static final int TICKET_LIMIT = 6;
    private static final int HOLD_SECONDS = 20;
    private static final int HARD_MAX_SECONDS = 600;

    private final ManagedChannel channel;
    private final CallCredentials operator;

    private RushEvent(Wire wire) {
        this.channel = wire.command(0);
        this.operator = wire.as("rush-operator", Role.OPERATOR);
    }

    /** Makes it, with these seats, and opens the sale. */
    static Event open(Wire wire, RushMap map) throws Exception {
        return new RushEvent(wire).open(map);
    }

    private Event open(RushMap map) throws Exception {
        String venue = stub().createVenue(CreateVenueRequest.newBuilder()
                        .setRequestId(newId())
                        .setName("Rush Hall")
                        .setAddress("Main Street 1")
                        .setCity("Hamburg")
                        .setCountry("DE")
                        .setTimeZone("Europe/Berlin")
                        .build())
                .getVenue()
                .getVenueId();
        Event event = stub().createEvent(request(importMap(venue, map), map)).getEvent();
        return stub().openSale(OpenSaleRequest.newBuilder()
                        .setRequestId(newId())
                        .setEventId(event.getEventId())
                        .setStartNow(true)
                        .build())
                .getEvent();
    }

    private CatalogAdminServiceGrpc.CatalogAdminServiceBlockingStub stub() {
        return CatalogAdminServiceGrpc.newBlockingStub(channel)
                .withCallCredentials(operator)
                .withDeadlineAfter(60, TimeUnit.SECONDS);
    }

    private String importMap(String venue, RushMap map) throws Exception {
        CompletableFuture<ImportSeatMapResponse> answer = new CompletableFuture<>();
        StreamObserver<ImportSeatMapRequest> requests = CatalogAdminServiceGrpc.newStub(channel)
                .withCallCredentials(operator)
                .withDeadlineAfter(60, TimeUnit.SECONDS)
                .importSeatMap(new Answer(answer));
        ByteString json = ByteString.copyFromUtf8(map.json());
        for (int from = 0; from < json.size(); from += CHUNK_BYTES) {
            ImportSeatMapRequest.Builder chunk = ImportSeatMapRequest.newBuilder()
                    .setChunk(json.substring(from, Math.min(json.size(), from + CHUNK_BYTES)));
            if (from == 0) {
                chunk.setHeader(ImportSeatMapRequest.Header.newBuilder()
                        .setRequestId(newId())
                        .setVenueId(venue)
                        .setName("Rush"));
            }
            requests.onNext(chunk.build());
        }
        requests.onCompleted();
        return answer.get(60, TimeUnit.SECONDS).getSeatMap().getSeatMapId();
    }

    /** The one answer of a client stream. */
    private record Answer(CompletableFuture<ImportSeatMapResponse> future)
            implements StreamObserver<ImportSeatMapResponse> {
        @Override
        public void onNext(ImportSeatMapResponse response) {
            future.complete(response);
        }

        @Override
        public void onError(Throwable failure) {
            future.completeExceptionally(failure);
        }

        @Override
        public void onCompleted() {
            // The answer came before.
        }
    }

    private static CreateEventRequest request(String seatMap, RushMap map) {
        Instant now = Instant.now();
        List<String> sections = new ArrayList<>(map.sections());
        int middle = Math.max(1, sections.size() / 3);
        CreateEventRequest.Builder request = CreateEventRequest.newBuilder()
                .setRequestId(newId())
                .setName("Rush of " + now)
                .setSeatMapId(seatMap)
                .setEventTime(time(now.plusSeconds(86_400 * 30)))
                .setSaleStart(time(now.minusSeconds(1)))
                .setSaleEnd(time(now.plusSeconds(86_400)))
                .setHoldTtl(Duration.newBuilder().setSeconds(HOLD_SECONDS))
                .setHoldHardMax(Duration.newBuilder().setSeconds(HARD_MAX_SECONDS))
                .setTicketLimit(TICKET_LIMIT)
                .addPriceTiers(tier("BEST", 9_900))
                .addPriceTiers(tier("FLOOR", 4_900))
                .addTierAssignments(
                        TierAssignment.newBuilder().setPriceTier("BEST").addAllSections(sections.subList(0, middle)))
                .addTierAssignments(
                        TierAssignment.newBuilder().setPriceTier("FLOOR").addAreas(RushMap.AREA));
        if (middle < sections.size()) {
            request.addPriceTiers(tier("BACK", 5_900))
                    .addTierAssignments(TierAssignment.newBuilder()
                            .setPriceTier("BACK")
                            .addAllSections(sections.subList(middle, sections.size())));
        }
        return request.build();
    }

    private static PriceTier tier(String code, int cents) {
        return PriceTier.newBuilder()
                .setCode(code)
                .setName(code)
                .setFace(euros(cents))
                .setFee(euros(490))
                .setTax(euros(cents * 7L / 100))
                .build();
    }

    private static Money euros(long cents) {
        return Money.newBuilder()
                .setCurrencyCode("EUR")
                .setUnits(cents / 100)
                .setNanos((int) (cents % 100) * 10_000_000)
                .build();
    }

    private static Timestamp time(Instant at) {
        return Timestamp.newBuilder().setSeconds(at.getEpochSecond()).build();
    }

    private static String newId() {
        return UUID.randomUUID().toString();
    }
}
