package dev.onsale.runtime.challenge;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WorkProofTest {
    private static final byte[] KEY = "a key".getBytes(StandardCharsets.UTF_8);
    private static final Instant NOW = Instant.parse("2026-07-01T12:00:00Z");

    private static WorkProof at(Instant now) {
        return new WorkProof(KEY, 50, Duration.ofMinutes(2), Clock.fixed(now, ZoneOffset.UTC));
    }

    @Test
    void whoFindsTheNumberHasSolvedIt() throws Exception {
        String solution = solution(solved(at(NOW).make("ann")));
        assertThat(at(NOW).solved("ann", solution))
                .hasValueSatisfying(id -> assertThat(id).matches("[0-9a-f]{24}"));
        assertThat(at(NOW).solved("ann", solution))
                .as("the same id each time")
                .isEqualTo(at(NOW.plusSeconds(119)).solved("ann", solution));
    }

    @Test
    void itIsWorthNothingToOthersNorLaterNorUnderAnotherKey() throws Exception {
        String solution = solution(solved(at(NOW).make("ann")));
        assertThat(at(NOW).solved("bob", solution)).isEmpty();
        assertThat(at(NOW).solved("an", solution)).isEmpty();
        assertThat(at(NOW.plusSeconds(120)).solved("ann", solution)).isEmpty();
        WorkProof other = new WorkProof(new byte[] {1}, 50, Duration.ofMinutes(2), Clock.fixed(NOW, ZoneOffset.UTC));
        assertThat(other.solved("ann", solution)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"number", "salt", "challenge", "signature", "algorithm"})
    void nothingOfItCanBeChangedOrLeftOut(String part) throws Exception {
        JsonObject solved = solved(at(NOW).make("ann"));
        JsonObject changed = solved.copy();
        changed.put(part, part.equals("number") ? (Object) (solved.getLong(part) + 1) : solved.getString(part) + "0");
        assertThat(at(NOW).solved("ann", solution(changed))).isEmpty();
        changed.remove(part);
        assertThat(at(NOW).solved("ann", solution(changed))).isEmpty();
    }

    /** Digits of the number can't be moved into the time at which it ends. */
    @Test
    void theEndCantBePutOff() throws Exception {
        JsonObject solved = solved(at(NOW).make("ann"));
        String number = Long.toString(solved.getLong("number"));
        String salt = solved.getString("salt");
        JsonObject moved = solved.copy()
                .put("salt", salt + number.charAt(0))
                .put("number", number.length() == 1 ? 0L : Long.parseLong(number.substring(1)));
        assertThat(at(NOW.plusSeconds(500)).solved("ann", solution(moved))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "!!!", "e30=", "bnVsbA==", "W10=", "eyJzYWx0IjoxfQ=="})
    void whatIsNoSolutionIsNone(String text) {
        assertThat(at(NOW).solved("ann", text)).isEmpty();
        assertThat(at(NOW).solved("ann", "A".repeat(5000))).isEmpty();
    }

    private static JsonObject solved(String made) throws Exception {
        JsonObject challenge = new JsonObject(made);
        MessageDigest sha = MessageDigest.getInstance("SHA-256");
        for (long number = 0; number <= challenge.getLong("maxnumber"); number++) {
            byte[] hash = sha.digest((challenge.getString("salt") + number).getBytes(StandardCharsets.UTF_8));
            if (HexFormat.of().formatHex(hash).equals(challenge.getString("challenge"))) {
                return challenge.put("number", number);
            }
        }
        throw new AssertionError("no solution");
    }

    private static String solution(JsonObject json) {
        return Base64.getEncoder().encodeToString(json.encode().getBytes(StandardCharsets.UTF_8));
    }
}
