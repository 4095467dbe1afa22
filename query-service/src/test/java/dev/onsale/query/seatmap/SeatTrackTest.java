package dev.onsale.query.seatmap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onsale.proto.query.v1.WatchSeatStatusesResponse.Delta;
import dev.onsale.query.freshness.Freshness;
import dev.onsale.query.layout.EventLayout;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class SeatTrackTest {
    private final EventLayout layout = Layouts.threeSections();

    @RepeatedTest(30)
    void endsTheSameHoweverOftenAndInWhateverOrderChangesCome(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        List<SeatChange> changes = changes(random, 200);
        SeatTrack inOrder = started();
        inOrder.offer(changes, change -> {});
        SeatState expected = state(inOrder);
        List<SeatChange> shuffled = new ArrayList<>(changes);
        shuffled.addAll(changes);
        Collections.shuffle(shuffled, random);

        SeatTrack track = started();
        for (SeatChange change : shuffled) { // A gap makes its owner read the newest snapshot, as the projector does.
            if (track.offer(List.of(change), applied -> {}) == SeatTrack.Step.GAP) {
                track.restart(expected);
            }
        }

        assertThat(state(track).version()).isEqualTo(expected.version());
        assertSame(state(track), expected);
    }

    @RepeatedTest(30)
    void deltasTurnOneStateIntoTheOther(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        SeatTrack track = started();
        List<SeatChange> changes = changes(random, 100);
        track.offer(changes.subList(0, 40), change -> {});
        SeatState from = state(track);
        DeltaLog log = new DeltaLog();
        track.offer(changes, change -> log.add(change.version(), change.ordinals(), change.areaIndexes()));
        SeatState to = state(track);
        SectionChoice all = SectionChoice.of(layout, List.of());
        Freshness freshness = new Freshness(1000);

        Delta between = Deltas.between(from, to, all, freshness.asOf()).getDelta();
        DeltaLog.Since since = log.since(from.version(), to.version());
        if (since == null) {
            throw new AssertionError("forgotten");
        }
        Delta touched =
                Deltas.since(from.version(), since, to, all, freshness.asOf()).getDelta();

        assertThat(Layouts.apply(from, between)).isEqualTo(Layouts.codes(to));
        assertThat(Layouts.apply(from, touched)).isEqualTo(Layouts.codes(to));
        assertThat(log.since(from.version() - 1, to.version())).isNull();
    }

    @Test
    void stopsAtAGapAndKeepsWhatCameBefore() {
        SeatTrack track = started();

        SeatTrack.Step step = track.offer(List.of(change(1, 1, 0), change(3, 2, 1)), applied -> {});

        assertThat(step).isEqualTo(SeatTrack.Step.GAP);
        assertThat(state(track).version()).isEqualTo(1);
    }

    @Test
    void countsAddUpToTheCapacity() {
        SeatTrack track = started();
        track.offer(changes(new Random(1), 300), change -> {});
        SeatState state = state(track);

        assertThat(state.total().total()).isEqualTo(Layouts.CAPACITY);
        assertThat(state.byTier().values().stream().mapToInt(SeatCounts::total).sum())
                .isEqualTo(Layouts.CAPACITY);
        for (int i = 0; i < state.sections().size(); i++) {
            assertThat(state.sections().get(i).counts().total())
                    .isEqualTo(layout.sections().get(i).seats());
        }
    }

    private SeatTrack started() {
        SeatTrack track = new SeatTrack();
        track.restart(Layouts.allFree(layout));
        return track;
    }

    private static SeatState state(SeatTrack track) {
        SeatState state = track.state();
        if (state == null) {
            throw new AssertionError("no state");
        }
        return state;
    }

    private static void assertSame(SeatState state, SeatState expected) {
        assertThat(Layouts.codes(state)).isEqualTo(Layouts.codes(expected));
        assertThat(state.total()).isEqualTo(expected.total());
        assertThat(state.byTier()).isEqualTo(expected.byTier());
    }

    private static List<SeatChange> changes(Random random, int count) {
        List<SeatChange> changes = new ArrayList<>();
        for (int version = 1; version <= count; version++) {
            if (random.nextInt(10) == 0) {
                int sold = random.nextInt(Layouts.AREA);
                changes.add(new SeatChange(
                        version,
                        version,
                        false,
                        2,
                        new int[0],
                        Map.of(0, new SeatCounts(Layouts.AREA - sold, 0, sold, 0))));
            } else {
                changes.add(change(version, random.nextInt(4), Layouts.seat(random)));
            }
        }
        return changes;
    }

    private static SeatChange change(long version, int code, int ordinal) {
        return new SeatChange(version, version, false, code, new int[] {ordinal}, Map.of());
    }
}
