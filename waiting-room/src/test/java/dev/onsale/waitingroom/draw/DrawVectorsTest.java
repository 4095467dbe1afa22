package dev.onsale.waitingroom.draw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Positions that were published once stay what they were: the recorded ones were computed by tools/verify-draw.py. */
class DrawVectorsTest {

    static Stream<JsonObject> vectors() throws IOException {
        try (var file = DrawVectorsTest.class.getResourceAsStream("/draw/vectors.json")) {
            assertThat(file).isNotNull();
            var text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            return new JsonArray(text).stream().map(JsonObject.class::cast);
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void positionsAreTheRecordedOnes(JsonObject vector) {
        LinePermutation line =
                Draw.parse(vector.getJsonObject("record").encode()).permutation();
        for (var expected : vector.getJsonObject("positions")) {
            long entry = Long.parseLong(expected.getKey());
            long position = ((Number) expected.getValue()).longValue();
            assertThat(line.position(entry)).as("entry %d", entry).isEqualTo(position);
            assertThat(line.entry(position)).isEqualTo(entry);
        }
        if (vector.containsKey("allSha256")) {
            assertThat(digest(line)).isEqualTo(vector.getString("allSha256"));
        }
    }

    private static String digest(LinePermutation line) {
        Hasher hasher = Hashing.sha256().newHasher();
        for (long entry = 1; entry <= line.size(); entry++) {
            hasher.putString(entry + " " + line.position(entry) + "\n", StandardCharsets.US_ASCII);
        }
        return hasher.hash().toString();
    }

    /** The second implementation shares no code, no language and no library with the first. */
    @Test
    void anIndependentImplementationComputesTheSame(@TempDir Path folder) throws Exception {
        assumeTrue(hasPython(), "no python3 here");
        for (JsonObject vector : vectors().toList()) {
            Path record = Files.writeString(
                    folder.resolve("record.json"),
                    vector.getJsonObject("record").encode());
            List<String> command = new ArrayList<>(List.of("python3", script(), record.toString()));
            var entries = vector.getJsonObject("positions").fieldNames();
            command.addAll(entries);
            String expected = String.join(
                    "\n",
                    entries.stream()
                            .map(entry -> entry + " "
                                    + vector.getJsonObject("positions").getLong(entry))
                            .toList());
            assertThat(run(command)).isEqualTo(expected);
        }
    }

    private static String script() {
        return Path.of(System.getProperty("onsale.root"), "tools", "verify-draw.py")
                .toString();
    }

    private static boolean hasPython() {
        try {
            return run(List.of("python3", "--version")).startsWith("Python 3");
        } catch (IOException | InterruptedException | AssertionError none) {
            return false;
        }
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output.strip();
    }
}
