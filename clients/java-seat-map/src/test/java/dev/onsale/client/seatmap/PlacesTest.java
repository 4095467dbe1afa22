package dev.onsale.client.seatmap;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PlacesTest {
    private final Places places = Places.of(ModelServer.layout());

    @Test
    void everySeatHasOneIdAndItsIdLeadsBack() {
        int seats = 0;
        for (int ordinal = -1; ordinal <= places.size(); ordinal++) {
            if (places.isSeat(ordinal)) {
                seats++;
                assertThat(places.ordinal(places.seatId(ordinal).orElseThrow())).hasValue(ordinal);
            } else {
                assertThat(places.seatId(ordinal)).isEmpty();
            }
        }
        assertThat(seats).isEqualTo(20);
        assertThat(places.seatId(12)).hasValue("B-1-11");
        assertThat(places.sections()).containsExactly("A", "B");
    }

    @Test
    void findsNoSeatThatIsNotThere() {
        assertThat(places.ordinal("A-1-16")).isEmpty();
        assertThat(places.ordinal("A-3-11")).isEmpty();
        assertThat(places.ordinal("A-1-x")).isEmpty();
        assertThat(places.ordinal("")).isEmpty();
    }

    @Test
    void waitsLongerAndLongerButNeverBeyondTheBound() {
        Backoff backoff = new Backoff(new Random(5), Duration.ofSeconds(2));
        for (long bound = 200; bound < 10_000; bound *= 2) {
            assertThat(backoff.next().toMillis()).isBetween(Math.min(bound, 2000) / 2, Math.min(bound, 2000));
        }
        backoff.reset();
        assertThat(backoff.next().toMillis()).isBetween(100L, 200L);
    }
}
