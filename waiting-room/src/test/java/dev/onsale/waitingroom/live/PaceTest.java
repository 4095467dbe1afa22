package dev.onsale.waitingroom.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PaceTest {

    private static final Instant START = Instant.parse("2026-01-01T10:00:00Z");

    private final Pace pace = new Pace();

    private void move(int seconds, long from, long perSecond) {
        for (int i = 0; i <= seconds; i++) {
            pace.observe(START.plusSeconds(from + i), served(from, i, perSecond));
        }
    }

    private long served(long from, int i, long perSecond) {
        return from * 100 + i * perSecond;
    }

    @Test
    void knowsNothingOfALineThatHasNotMoved() {
        assertThat(pace.expect(100)).isEmpty();
        pace.observe(START, 0);
        pace.observe(START.plusSeconds(10), 0);
        assertThat(pace.expect(100)).isEmpty();
        assertThat(pace.measured()).isZero();
    }

    @Test
    void aSteadyLineGivesANarrowInterval() {
        move(60, 0, 100);

        var wait = pace.expect(1_000).orElseThrow();

        assertThat(pace.measured()).isEqualTo(100);
        assertThat(wait.atLeast()).isBetween(Duration.ofSeconds(8), Duration.ofSeconds(10));
        assertThat(wait.atMost()).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(13));
    }

    @Test
    void aLineThatStoodStillForAWhileGivesAWideOne() {
        move(20, 0, 100);
        move(20, 20, 0);
        pace.observe(START.plusSeconds(60), 4_000);

        var wait = pace.expect(1_000).orElseThrow();

        assertThat(wait.atLeast()).isLessThan(Duration.ofSeconds(11));
        assertThat(wait.atMost()).isGreaterThan(Duration.ofHours(1));
    }

    @Test
    void forgetsWhatIsLongerAgoThanAMinute() {
        move(60, 0, 100);
        for (int i = 1; i <= 80; i++) {
            pace.observe(START.plusSeconds(60 + i), 6_000 + i * 10L);
        }

        assertThat(pace.measured()).isBetween(9.9, 10.1);
    }
}
