package dev.onsale.standalone.room;

import dev.onsale.proto.waitingroom.v1.NextStep;
import dev.onsale.proto.waitingroom.v1.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** A fan who waits for its turn, shops for a moment, and leaves. It tries again when a dependency is away, and only then. */
final class Shopper {

    private static final int TRIES = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(80);

    private final RoomGuest guest;
    private final String event;
    private final Inside inside;
    private final Set<String> sessions = new HashSet<>();
    private Place place = Place.getDefaultInstance();

    Shopper(RoomGuest guest, String event, Inside inside) {
        this.guest = guest;
        this.event = event;
        this.inside = inside;
    }

    /** How many are inside, and the most that ever were. */
    static final class Inside {

        private final AtomicInteger now = new AtomicInteger();
        private final AtomicInteger most = new AtomicInteger();

        int most() {
            return most.get();
        }
    }

    Shopper join() {
        place = trying(() -> guest.join(event));
        return this;
    }

    /** The whole way, from the line to the street. */
    Shopper shop() {
        waitForTurn();
        claim();
        inside.most.accumulateAndGet(inside.now.incrementAndGet(), Math::max);
        pause(600);
        claim();
        pause(600);
        claim();
        inside.now.decrementAndGet();
        trying(() -> {
            guest.leave(place.getPlaceTicket());
            return true;
        });
        return this;
    }

    private void waitForTurn() {
        Instant end = Instant.now().plus(PATIENCE);
        while (place.getNextStep() != NextStep.NEXT_STEP_CLAIM) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("The line stands still before " + place.getEntry());
            }
            pause(100 + ThreadLocalRandom.current().nextInt(100));
            Place now = trying(() -> guest.position(place.getPlaceTicket()));
            if (place.getPosition() > 0 && now.getAhead() > place.getAhead()) {
                throw new AssertionError("More are ahead of " + place.getEntry() + " than before: " + now.getAhead());
            }
            place = now;
        }
    }

    /** Also to see that the session is the same as before. */
    private void claim() {
        sessions.add(trying(() -> guest.claim(place.getPlaceTicket())).getSessionId());
    }

    Place place() {
        return place;
    }

    /** The sessions it was ever told. */
    Set<String> sessions() {
        return sessions;
    }

    private static <T> T trying(Supplier<T> call) {
        for (int attempt = 1; ; attempt++) {
            try {
                return call.get();
            } catch (IllegalStateException refused) {
                if (attempt == TRIES || !String.valueOf(refused.getMessage()).contains("DEPENDENCY_UNAVAILABLE")) {
                    throw refused;
                }
                pause(100);
            }
        }
    }

    private static void pause(int millis) {
        try {
            Thread.sleep(Duration.ofMillis(millis));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
