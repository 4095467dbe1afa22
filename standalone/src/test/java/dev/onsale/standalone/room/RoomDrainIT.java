package dev.onsale.standalone.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.onsale.proto.waitingroom.v1.RoomStatistics;
import dev.onsale.standalone.ServiceProcess;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Three nodes in processes of their own move three lines by their rates; one is killed, one freezes for five seconds. */
class RoomDrainIT {

    private static final List<Integer> RATES = List.of(100, 1_000, 5_000);
    private static final Duration RUN = Duration.ofSeconds(10);
    private static final double TICK_SECONDS = 0.25;

    @RegisterExtension
    static final RoomHouse HOUSE = RoomHouse.withNodes(0);

    /** A line that moves at a rate from a moment on. */
    private record Moving(int rate, String event, LineAccess line, Instant began, RoomStatistics first) {

        double due(Instant when) {
            return rate * (Duration.between(began, when).toNanos() / 1e9);
        }

        void neverAhead(long called, Instant when) {
            assertThat((double) called)
                    .as("called at %d a second after %s", rate, Duration.between(began, when))
                    .isLessThanOrEqualTo(due(when) + TICK_SECONDS * rate);
        }
    }

    @Test
    void noLineIsEverAheadOfItsRateAndInTheEndNoneIsBehindIt() throws Exception {
        // Given
        List<ServiceProcess> nodes =
                List.of(HOUSE.launchNode("one"), HOUSE.launchNode("two"), HOUSE.launchNode("three"));
        List<String> events = RATES.stream().map(rate -> HOUSE.event(10)).toList();
        nodes.forEach(ServiceProcess::ready);
        List<Moving> lines = new ArrayList<>();
        for (int i = 0; i < RATES.size(); i++) {
            fill(RATES.get(i), events.get(i));
        }
        for (int i = 0; i < RATES.size(); i++) {
            lines.add(open(RATES.get(i), events.get(i)));
        }

        // When
        Instant start = Instant.now();
        boolean killed = false;
        boolean frozen = false;
        boolean thawed = false;
        long samples = 0;
        while (Instant.now().isBefore(start.plus(RUN))) {
            Duration passed = Duration.between(start, Instant.now());
            if (!killed && passed.toMillis() > 1_500) {
                nodes.get(0).kill();
                killed = true;
            }
            if (!frozen && passed.toMillis() > 3_000) {
                nodes.get(1).pause();
                frozen = true;
            }
            if (!thawed && passed.toMillis() > 8_000) {
                nodes.get(1).resume();
                thawed = true;
            }
            for (Moving moving : lines) {
                LineAccess.Sample sample = moving.line().sample();
                moving.neverAhead(sample.called(), sample.when());
                samples++;
            }
            Thread.sleep(20);
        }

        // Then
        assertThat(killed && frozen && thawed).isTrue();
        assertThat(samples).isGreaterThan(300);
        for (Moving moving : lines) {
            LineAccess.Sample alone = moving.line().sample();
            assertThat((double) alone.called())
                    .as("moved by the nodes alone, at %d a second", moving.rate())
                    .isGreaterThan(0.9 * moving.due(alone.when()));
            RoomStatistics told = HOUSE.operator(2).statistics(moving.event());
            double due = moving.due(at(told)) - moving.due(at(moving.first()));
            assertThat((double) told.getCalled() - moving.first().getCalled())
                    .as("called at %d a second", moving.rate())
                    .isCloseTo(due, within(0.01 * due));
            assertThat(told.getPending()).isEqualTo(told.getCalled());
        }
    }

    /** Far more than are going to be called. */
    private static void fill(int rate, String event) throws Exception {
        HOUSE.operator(0)
                .configure(
                        event,
                        room -> room.setDrainRate(rate)
                                .setMaxActive(10_000_000)
                                .setClaimWindow(RoomOperator.seconds(600))
                                .setCapacity(1_000_000));
        HOUSE.line(event).crowd("visitor-", (int) (rate * RUN.toSeconds() * 3));
    }

    private static Moving open(int rate, String event) throws Exception {
        var room = HOUSE.operator(0).open(event, "");
        return new Moving(
                rate,
                event,
                HOUSE.line(event),
                RoomOperator.instant(room.getDraw().getDrawTime()),
                HOUSE.operator(0).statistics(event));
    }

    private static Instant at(RoomStatistics statistics) {
        return RoomOperator.instant(statistics.getAsOfTime());
    }
}
