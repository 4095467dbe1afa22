package dev.onsale.standalone.room;

import static dev.onsale.standalone.room.RoomChannels.calling;
import static dev.onsale.standalone.room.RoomChannels.id;
import static dev.onsale.standalone.room.RoomChannels.showing;
import static dev.onsale.standalone.room.RoomChannels.told;

import com.google.protobuf.ByteString;
import com.google.type.Money;
import dev.onsale.proto.catalog.v1.CatalogAdminServiceGrpc;
import dev.onsale.proto.catalog.v1.CreateEventRequest;
import dev.onsale.proto.catalog.v1.CreateVenueRequest;
import dev.onsale.proto.catalog.v1.ImportSeatMapRequest;
import dev.onsale.proto.catalog.v1.ImportSeatMapResponse;
import dev.onsale.proto.catalog.v1.OpenSaleRequest;
import dev.onsale.proto.catalog.v1.PriceTier;
import dev.onsale.proto.catalog.v1.TierAssignment;
import io.grpc.stub.StreamObserver;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Puts events on sale that have nothing but a floor. */
public final class SmallSales {

    private final RoomChannels channels;
    private final String operator;

    public SmallSales(RoomChannels channels, String operator) {
        this.channels = channels;
        this.operator = operator;
    }

    /** An event on sale with so many places; its id. */
    public String open(int places) {
        String venue = told(() -> catalog().createVenue(venue())).getVenue().getVenueId();
        String map = importMap(venue, """
                {"format":"onsale-seat-map/1","name":"Hall","sections":[],
                 "areas":[{"code":"FLOOR","name":"Floor","capacity":%d}]}
                """.formatted(places));
        String event = told(() -> catalog().createEvent(event(map))).getEvent().getEventId();
        told(() -> catalog()
                .openSale(OpenSaleRequest.newBuilder()
                        .setRequestId(id())
                        .setEventId(event)
                        .setStartNow(true)
                        .build()));
        return event;
    }

    private static CreateVenueRequest venue() {
        return CreateVenueRequest.newBuilder()
                .setRequestId(id())
                .setName("Hall")
                .setCity("Berlin")
                .setCountry("DE")
                .setTimeZone("Europe/Berlin")
                .build();
    }

    private String importMap(String venue, String json) {
        CompletableFuture<String> made = new CompletableFuture<>();
        StreamObserver<ImportSeatMapRequest> requests = showing(
                        CatalogAdminServiceGrpc.newStub(channels.command()), operator, "")
                .importSeatMap(new Made(made));
        requests.onNext(ImportSeatMapRequest.newBuilder()
                .setHeader(ImportSeatMapRequest.Header.newBuilder()
                        .setRequestId(id())
                        .setVenueId(venue)
                        .setName("Hall"))
                .setChunk(ByteString.copyFromUtf8(json))
                .build());
        requests.onCompleted();
        return made.orTimeout(30, TimeUnit.SECONDS).join();
    }

    /** The one answer of an import. */
    private record Made(CompletableFuture<String> map) implements StreamObserver<ImportSeatMapResponse> {

        @Override
        public void onNext(ImportSeatMapResponse response) {
            map.complete(response.getSeatMap().getSeatMapId());
        }

        @Override
        public void onError(Throwable failure) {
            map.completeExceptionally(failure);
        }

        @Override
        public void onCompleted() {
            // The answer came before.
        }
    }

    private static CreateEventRequest event(String seatMap) {
        Instant now = Instant.now();
        return CreateEventRequest.newBuilder()
                .setRequestId(id())
                .setName("An evening behind a waiting room")
                .setSeatMapId(seatMap)
                .setEventTime(RoomOperator.time(now.plusSeconds(86_400 * 30)))
                .setSaleStart(RoomOperator.time(now.minusSeconds(1)))
                .setSaleEnd(RoomOperator.time(now.plusSeconds(86_400)))
                .setTicketLimit(100)
                .addPriceTiers(PriceTier.newBuilder()
                        .setCode("STANDING")
                        .setName("Standing")
                        .setFace(Money.newBuilder().setCurrencyCode("EUR").setUnits(25)))
                .addTierAssignments(
                        TierAssignment.newBuilder().setPriceTier("STANDING").addAreas("FLOOR"))
                .build();
    }

    private CatalogAdminServiceGrpc.CatalogAdminServiceBlockingStub catalog() {
        return calling(CatalogAdminServiceGrpc.newBlockingStub(channels.command()), operator, "");
    }
}
