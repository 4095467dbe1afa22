package dev.onsale.tools.bench;

import dev.onsale.command.inventory.Choice;
import dev.onsale.proto.query.v1.AvailabilityServiceGrpcClient;
import dev.onsale.proto.query.v1.GetAvailabilityRequest;
import dev.onsale.proto.query.v1.GetSeatMapRequest;
import dev.onsale.proto.query.v1.GetSeatMapResponse;
import dev.onsale.proto.query.v1.GetSeatStatusesRequest;
import dev.onsale.proto.query.v1.GetSeatStatusesResponse;
import dev.onsale.proto.query.v1.SeatMapServiceGrpcClient;
import dev.onsale.proto.query.v1.SeatRun;
import dev.onsale.proto.query.v1.SectionLayout;
import dev.onsale.proto.ticket.v1.ListTicketKeysRequest;
import dev.onsale.proto.ticket.v1.TicketServiceGrpcClient;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;

/**
 * One round of reads while fans hold and let go of seats of the same event as fast as the system lets them: the echo is measured
 * beside the same load, so that a ratio says what the read costs and not what the load does.
 */
final class ReadStages {
    private static final long ECHOES = 30_000;
    private static final long READS = 30_000;
    private static final long SNAPSHOTS = 10_000;
    private static final int MINUTES = 10;

    private final Load load;
    private final Load holders;
    private final Crowd crowd;
    private final String stadium;
    private final List<String> shows;
    private final int divisor;

    /**
     * A round.
     *
     * @param load makes the calls that are measured
     * @param holders makes the holds beside them
     * @param stadium the event of 50,000 seats
     * @param shows many events of 500
     * @param divisor 1: all of it
     */
    ReadStages(Load load, Load holders, Crowd crowd, String stadium, List<String> shows, int divisor) {
        this.load = load;
        this.holders = holders;
        this.crowd = crowd;
        this.stadium = stadium;
        this.shows = shows;
        this.divisor = divisor;
    }

    /** Every event is looked at once, so that its view is there; what is not measured. */
    void warmUp() throws Exception {
        run("warm_up", shows.size(), number -> availability(number, shows.get((int) number)));
        run("warm_up", ECHOES / divisor, this::echo);
        run("warm_up", READS / divisor, number -> availability(number, stadium));
        run("warm_up", SNAPSHOTS / divisor, this::snapshot);
    }

    /** Figures by name. */
    Map<String, Figure> run() throws Exception {
        Holding holding = Holding.in(crowd, stadium).await(1, TimeUnit.MINUTES);
        Load.Going going = holders.keepGoing("hold_and_release", holding::holdAndRelease);
        Map<String, Figure> figures = new LinkedHashMap<>();
        try {
            put(figures, run("echo", ECHOES / divisor, this::echo));
            put(figures, run("availability", READS / divisor, number -> availability(number, stadium)));
            if (!shows.isEmpty()) {
                put(figures, run("availability_many", READS / divisor, number -> availability(number, anyShow())));
            }
            put(figures, run("snapshot", SNAPSHOTS / divisor, this::snapshot));
        } finally {
            put(figures, going.stop().await(MINUTES, TimeUnit.MINUTES));
        }
        return figures;
    }

    private Figure run(String name, long calls, LongFunction<Future<?>> call) throws Exception {
        return load.run(name, calls, call).await(MINUTES, TimeUnit.MINUTES);
    }

    private static void put(Map<String, Figure> figures, Figure figure) {
        figures.put(figure.name(), figure);
    }

    private String anyShow() {
        return shows.get(ThreadLocalRandom.current().nextInt(shows.size()));
    }

    private Future<?> echo(long number) {
        return crowd.fan(number)
                .call(TicketServiceGrpcClient.ListTicketKeys, ListTicketKeysRequest.getDefaultInstance());
    }

    private Future<?> availability(long number, String event) {
        return crowd.reader(number)
                .call(
                        AvailabilityServiceGrpcClient.GetAvailability,
                        GetAvailabilityRequest.newBuilder().setEventId(event).build());
    }

    private Future<GetSeatStatusesResponse> snapshot(long number) {
        return crowd.reader(number)
                .call(
                        SeatMapServiceGrpcClient.GetSeatStatuses,
                        GetSeatStatusesRequest.newBuilder()
                                .setEventId(stadium)
                                .setOneBlock(true)
                                .build());
    }

    /** Bytes of the statuses of all 50,000 seats as one message. */
    int snapshotBytes() throws Exception {
        return snapshot(0).await(1, TimeUnit.MINUTES).getSerializedSize();
    }

    /** Seats side by side, no seat twice. */
    List<Choice.Seats> pairs() throws Exception {
        List<Choice.Seats> pairs = new ArrayList<>();
        for (SectionLayout section : seatMap().getSectionsList()) {
            for (SeatRun run : section.getRunsList()) {
                for (int i = 0; i + 1 < run.getLength(); i += 2) {
                    int first = run.getFirstOrdinal() + i;
                    pairs.add(new Choice.Seats(List.of(first, first + 1)));
                }
            }
        }
        return List.copyOf(pairs);
    }

    private GetSeatMapResponse seatMap() throws Exception {
        return crowd.reader(0)
                .call(
                        SeatMapServiceGrpcClient.GetSeatMap,
                        GetSeatMapRequest.newBuilder().setEventId(stadium).build())
                .await(1, TimeUnit.MINUTES);
    }
}
