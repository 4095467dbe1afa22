package dev.onsale.client.seatmap;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import dev.onsale.proto.query.v1.WatchSeatStatusesResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * Writes down some journeys, message by message, with what becomes of each: the client in TypeScript replays them, so both
 * understand the contract alike. `-Dseat-map.vectors=write` writes the file anew.
 */
class VectorsTest {
    private static final int JOURNEYS = 8;
    private static final int STEPS = 60;
    private static final JsonFormat.Printer JSON = JsonFormat.printer().omittingInsignificantWhitespace();

    @Test
    void theRecordedJourneysAreWhatThisClientDoes() throws IOException {
        Path file = Path.of(System.getProperty("onsale.root", "../.."), "clients", "vectors", "seat-map.json");
        String recorded = record();

        if ("write".equals(System.getProperty("seat-map.vectors"))) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, recorded);
        }

        assertThat(Files.readString(file)).isEqualTo(recorded);
    }

    private static String record() {
        List<String> journeys = new ArrayList<>();
        for (long seed = 1000; seed < 1000 + JOURNEYS; seed++) {
            List<String> lines = new ArrayList<>();
            Journey journey = new Journey(seed, new Recorder(lines));
            for (int i = 0; i < STEPS; i++) {
                journey.step();
            }
            journey.settle();
            journeys.add("[\n    " + String.join(",\n    ", lines) + "\n  ]");
        }
        return "{\n  \"layout\": %s,\n  \"journeys\": [%s]\n}\n"
                .formatted(json(ModelServer.layout()), String.join(", ", journeys));
    }

    private static String json(Message message) {
        try {
            return JSON.print(message);
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    private record Recorder(List<String> lines) implements Journey.Witness {
        @Override
        public void opened(long stream, long resumeVersion) {
            lines.add("{\"open\": %d, \"resumeVersion\": \"%d\"}".formatted(stream, resumeVersion));
        }

        @Override
        public void took(long stream, WatchSeatStatusesResponse message, Step step, String expected, SeatMap map) {
            lines.add("{\"stream\": %d, \"step\": \"%s\", \"version\": \"%d\", \"shown\": \"%s\", \"message\": %s}"
                    .formatted(
                            stream,
                            step.getClass().getSimpleName().toLowerCase(Locale.ROOT),
                            map.version(),
                            ConvergenceTest.text(map),
                            json(message)));
        }
    }
}
