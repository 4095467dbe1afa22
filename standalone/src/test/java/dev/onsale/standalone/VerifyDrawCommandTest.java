package dev.onsale.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onsale.waitingroom.draw.Draw;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyDrawCommandTest {

    private static final Draw DRAW = new Draw(new UUID(1, 2), new byte[32], 1_000, new byte[20], "", "", Instant.EPOCH);
    private static final long POSITION = DRAW.permutation().position(5);

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void printsThePositionOfAnEntry() throws Exception {
        assertThat(verify(DRAW.toJson(), "--entry", "5")).isZero();
        assertThat(out.toString().strip()).isEqualTo("5 " + POSITION);
    }

    @Test
    void checksEveryPosition() throws Exception {
        assertThat(verify(DRAW.toJson(), "--all")).isZero();
        assertThat(out.toString()).startsWith("1000 positions, each taken once").containsPattern("[0-9a-f]{64}");
    }

    @Test
    void checksTheHashPublishedBefore() throws Exception {
        String hash = Base64.getEncoder().encodeToString(DRAW.keyHash());
        assertThat(verify(DRAW.toJson(), "--key-hash", hash)).isZero();
        assertThat(verify(DRAW.toJson(), "--key-hash", "A" + hash.substring(1))).isEqualTo(1);
    }

    @Test
    void checksThePositionThatAnAnswerClaims() throws Exception {
        assertThat(verify(answer(POSITION))).isZero();
        assertThat(out.toString()).startsWith("5 " + POSITION);
        assertThat(verify(answer(POSITION % 1_000 + 1))).isEqualTo(1);
        assertThat(err.toString()).contains("WRONG: entry 5 stands at " + POSITION);
    }

    private static String answer(long position) {
        return "{\"draw\":" + DRAW.toJson() + ",\"entry\":\"5\",\"position\":\"" + position + "\"}";
    }

    @Test
    void anAlteredKeyIsWrong() throws Exception {
        String altered = DRAW.toJson().replace("\"drawKey\": \"AAAA", "\"drawKey\": \"AAAB");
        assertThat(altered).isNotEqualTo(DRAW.toJson());
        assertThat(verify(altered, "--entry", "5")).isEqualTo(1);
        assertThat(err.toString()).contains("WRONG: draw_key_hash");
    }

    @Test
    void anAlteredLobbyIsAnotherOrder() throws Exception {
        String altered = answer(POSITION).replace("\"lobbySize\": \"1000\"", "\"lobbySize\": \"1001\"");
        assertThat(verify(altered)).isEqualTo(1);
    }

    @Test
    void saysWhatIsNoRecordAndWhatIsNoFile() throws Exception {
        assertThat(verify("hello")).isEqualTo(1);
        assertThat(verify("{}")).isEqualTo(1);
        assertThat(run(List.of("verify-draw", "--record", folder.resolve("none").toString())))
                .isEqualTo(1);
        assertThat(err.toString()).contains("Not a JSON object", "event_id: missing", "no such file");
        assertThat(err.toString()).doesNotContain("\tat ");
        assertThat(verify(DRAW.toJson(), "--entry", "-1")).isEqualTo(1);
        assertThat(verify(DRAW.toJson(), "--entry", "1", "--all")).isEqualTo(2);
    }

    private int verify(String json, String... options) throws IOException {
        Path file = Files.writeString(folder.resolve("record.json"), json);
        List<String> arguments = new ArrayList<>(List.of("verify-draw", "--record", file.toString()));
        arguments.addAll(List.of(options));
        return run(arguments);
    }

    private int run(List<String> arguments) {
        return Standalone.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments.toArray(String[]::new));
    }
}
