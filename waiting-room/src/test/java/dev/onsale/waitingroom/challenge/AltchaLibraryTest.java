package dev.onsale.waitingroom.challenge;

import static dev.onsale.waitingroom.challenge.Outcomes.VISITOR;
import static dev.onsale.waitingroom.challenge.Outcomes.assertPassed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** ALTCHA's own library solves our challenge, and we accept what it sends. Skipped where npm, or its registry, is not. */
class AltchaLibraryTest {

    @Test
    void theirLibrarySolvesOurChallenge() throws Exception {
        var challenges = new ProofOfWork(
                new PowConfig(Duration.ofMinutes(10), 50_000),
                "proof-of-work",
                Clock.systemUTC(),
                new ChallengeMeters(new SimpleMeterRegistry()));
        String payload = solve(challenges.make(VISITOR).altcha());
        assertPassed(challenges.verify(VISITOR, payload));
    }

    private static String solve(String challenge) throws IOException, InterruptedException {
        assumeTrue(Path.of("/usr/bin/env").toFile().canExecute());
        Path script = Path.of(System.getProperty("onsale.root"), "tools", "clients", "altcha", "run.sh");
        Process process = new ProcessBuilder(script.toString()).start();
        try (var in = process.getOutputStream()) {
            in.write(challenge.getBytes(StandardCharsets.UTF_8));
        }
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        String fault = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assumeTrue(process.exitValue() == 0 || fault.contains("no solution"), "npm or node: " + fault);
        assertThat(process.exitValue()).as(fault).isZero();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }
}
