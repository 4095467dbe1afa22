package dev.onsale.tools.bench;

import dev.onsale.proto.waitingroom.v1.Place;
import dev.onsale.runtime.rpc.RpcClient;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** One round before a room of its own: joins, the same script bare, and position checks beside an echo. */
final class RoomStages {
    private static final int JOINS = 30_000;
    private static final int CHECKS = 60_000;
    private static final int MINUTES = 5;

    private final Load load;
    private final RoomCrowd crowd;
    private final BareScript bare;
    private final String event;
    private final int divisor;

    RoomStages(Load load, RoomCrowd crowd, BareScript bare, String event, int divisor) {
        this.load = load;
        this.crowd = crowd;
        this.bare = bare;
        this.event = event;
        this.divisor = divisor;
    }

    /** Figures by name. */
    Map<String, Figure> run() throws Exception {
        Map<String, Figure> figures = new LinkedHashMap<>();
        crowd.putRoomBefore(event, Instant.now().plus(Duration.ofDays(1))).await(MINUTES, TimeUnit.MINUTES);
        List<RpcClient> accounts = crowd.accounts(JOINS / divisor);
        AtomicReferenceArray<Place> places = new AtomicReferenceArray<>(accounts.size());
        put(figures, load.run("join", accounts.size(), number -> join(accounts, places, (int) number)));
        bare.runBoth(BareScript.Call.join(event, RoomCrowd.CAPACITY), accounts.size())
                .forEach(figure -> figures.put(figure.name(), figure));
        put(figures, load.run("draw_and_open", 1, number -> crowd.open(event)));
        put(figures, load.run("echo", CHECKS / divisor, number -> crowd.echo()));
        put(figures, load.run("position", CHECKS / divisor, number -> check(accounts, places, number)));
        return figures;
    }

    private Future<?> join(List<RpcClient> accounts, AtomicReferenceArray<Place> places, int number) {
        return crowd.join(accounts.get(number), event).onSuccess(place -> places.set(number, place));
    }

    private Future<?> check(List<RpcClient> accounts, AtomicReferenceArray<Place> places, long number) {
        int account = (int) (number % accounts.size());
        Place place = places.get(account);
        return place == null
                ? Future.failedFuture("Not joined")
                : crowd.position(accounts.get(account), place.getPlaceTicket());
    }

    private static void put(Map<String, Figure> figures, Future<Figure> measured) throws Exception {
        Figure figure = measured.await(MINUTES, TimeUnit.MINUTES);
        if (figure.failed() > 0) {
            throw new IllegalStateException(figure.failed() + " calls failed: " + figure.name());
        }
        figures.put(figure.name(), figure);
    }
}
