package dev.onsale.tools.bench;

import dev.onsale.proto.inventory.v1.CreateHoldRequest;
import dev.onsale.proto.inventory.v1.CreateHoldResponse;
import dev.onsale.proto.inventory.v1.ExactSeats;
import dev.onsale.proto.inventory.v1.HoldServiceGrpcClient;
import dev.onsale.proto.inventory.v1.ReleaseHoldRequest;
import dev.onsale.proto.query.v1.GetSeatMapRequest;
import dev.onsale.proto.query.v1.GetSeatMapResponse;
import dev.onsale.proto.query.v1.SeatMapServiceGrpcClient;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Fans who hold two random seats of an event.
 *
 * @param crowd the fans
 * @param event the event
 * @param seats ids of its seats
 */
record Holding(Crowd crowd, String event, List<String> seats) {

    /** Learns which seats there are. */
    static Future<Holding> in(Crowd crowd, String event) {
        return crowd.reader(0)
                .call(
                        SeatMapServiceGrpcClient.GetSeatMap,
                        GetSeatMapRequest.newBuilder().setEventId(event).build())
                .map(map -> new Holding(crowd, event, seatIds(map)));
    }

    Future<CreateHoldResponse> hold(long number) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        int first = random.nextInt(seats.size());
        int second = (first + 1 + random.nextInt(seats.size() - 1)) % seats.size();
        return crowd.fan(number)
                .call(
                        HoldServiceGrpcClient.CreateHold,
                        CreateHoldRequest.newBuilder()
                                .setRequestId(UUID.randomUUID().toString())
                                .setEventId(event)
                                .setSeats(ExactSeats.newBuilder()
                                        .addSeatIds(seats.get(first))
                                        .addSeatIds(seats.get(second)))
                                .build());
    }

    Future<?> holdAndRelease(long number) {
        return hold(number).compose(held -> release(number, held));
    }

    private Future<?> release(long number, CreateHoldResponse held) {
        ReleaseHoldRequest request = ReleaseHoldRequest.newBuilder()
                .setRequestId(UUID.randomUUID().toString())
                .setHoldId(held.getHold().getHoldId())
                .build();
        return crowd.fan(number).call(HoldServiceGrpcClient.ReleaseHold, request);
    }

    private static List<String> seatIds(GetSeatMapResponse map) {
        List<String> ids = new ArrayList<>();
        map.getSectionsList()
                .forEach(section -> section.getRunsList().forEach(run -> {
                    for (int i = 0; i < run.getLength(); i++) {
                        ids.add(section.getSection() + "-" + run.getRow() + "-" + (run.getFirstNumber() + i));
                    }
                }));
        return List.copyOf(ids);
    }
}
