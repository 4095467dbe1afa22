package dev.onsale.client.seatmap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onsale.client.seatmap.Update.SeatChange;
import dev.onsale.proto.query.v1.WatchSeatStatusesResponse;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whatever becomes of the messages, the watcher shows what the server showed at the same version. */
class ConvergenceTest {
    private static final int JOURNEYS = 500;
    private static final int STEPS = 200;

    private final Map<String, Integer> seen = new HashMap<>();

    @Test
    void alwaysShowsWhatTheServerShowedAtThatVersionAndNoticesEveryGap() {
        for (long seed = 0; seed < JOURNEYS; seed++) {
            Check check = new Check(seed);
            Journey journey = new Journey(seed, check);
            check.journey = journey;
            for (int i = 0; i < STEPS; i++) {
                journey.step();
            }
            journey.settle();

            assertThat(journey.map().version())
                    .as("seed %d", seed)
                    .isEqualTo(journey.server().now().version());
            assertThat(text(journey.map()))
                    .as("seed %d", seed)
                    .isEqualTo(journey.server().now().text());
        }
        assertThat(seen.keySet()).contains("Applied", "Known", "Gap", "resumed", "anew");
        assertThat(seen.values()).allMatch(times -> times > JOURNEYS);
    }

    static String text(SeatMap map) {
        StringBuilder text = new StringBuilder();
        for (int ordinal = 0; ordinal < ModelServer.PLACES; ordinal++) {
            text.append(map.status(ordinal).code());
        }
        Counts floor = map.areas().getOrDefault("FLOOR", new Counts(0, 0, 0, 0));
        return text + " " + floor.sold();
    }

    /** Checks every step; also that what listeners are told leads from one picture to the next. */
    private final class Check implements Journey.Witness {
        private final long seed;
        private final byte[] told = new byte[ModelServer.PLACES];
        private @Nullable Journey journey;

        Check(long seed) {
            this.seed = seed;
            Arrays.fill(told, (byte) 3);
        }

        @Override
        public void opened(long stream, long resumeVersion) {
            seen.merge(resumeVersion == 0 ? "anew" : "resumed", 1, Integer::sum);
        }

        @Override
        public void took(long stream, WatchSeatStatusesResponse message, Step step, String expected, SeatMap map) {
            assertThat(step.getClass().getSimpleName())
                    .as("seed %d, %s", seed, message)
                    .isEqualTo(expected);
            seen.merge(expected, 1, Integer::sum);
            if (step instanceof Step.Applied applied) {
                applied.update().seats().forEach(this::tell);
            }
            for (int ordinal = 0; ordinal < told.length; ordinal++) {
                assertThat((int) told[ordinal])
                        .as("seed %d, ordinal %d as listeners were told", seed, ordinal)
                        .isEqualTo((int) map.status(ordinal).code());
            }
            if (journey != null && !map.stale()) {
                assertThat(text(map))
                        .as("seed %d, version %d", seed, map.version())
                        .isEqualTo(journey.server().at(map.version()).text());
            }
            assertThat(map.sections().values()).allMatch(counts -> counts.total() == 10);
        }

        private void tell(SeatChange change) {
            assertThat((int) told[change.ordinal()])
                    .isEqualTo((int) change.before().code());
            told[change.ordinal()] = change.now().code();
        }
    }
}
