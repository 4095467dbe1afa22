package dev.onsale.waitingroom.challenge;

import static dev.onsale.waitingroom.challenge.Outcomes.VISITOR;
import static dev.onsale.waitingroom.challenge.Outcomes.assertFailed;
import static dev.onsale.waitingroom.challenge.Outcomes.assertPassed;
import static dev.onsale.waitingroom.challenge.Outcomes.sent;
import static dev.onsale.waitingroom.challenge.Outcomes.solved;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onsale.proto.waitingroom.v1.ChallengeKind;
import dev.onsale.waitingroom.challenge.Challenges.Challenge;
import dev.onsale.waitingroom.challenge.Challenges.Visitor;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AltchaTest {

    private final MovableClock clock = new MovableClock();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ProofOfWork challenges = proofOfWork("proof-of-work");
    private final Challenge challenge = challenges.make(VISITOR);
    private final JsonObject solution = solved(challenge.altcha());

    private ProofOfWork proofOfWork(String purpose) {
        return new ProofOfWork(
                new PowConfig(Duration.ofMinutes(10), 2_000), purpose, clock, new ChallengeMeters(registry));
    }

    @Test
    void aSolutionIsAcceptedAgainAndAgainFromTheSameAccount() throws Exception {
        assertThat(challenge.kind()).isEqualTo(ChallengeKind.CHALLENGE_KIND_PROOF_OF_WORK);
        assertPassed(challenges.verify(VISITOR, sent(solution)));
        assertPassed(challenges.verify(VISITOR, sent(solution)));
        assertThat(registry.counter("onsale.challenges", "kind", "proof-of-work", "outcome", "passed")
                        .count())
                .isEqualTo(2);
    }

    @Test
    void noTwoChallengesAreTheSame() {
        assertThat(challenges.make(VISITOR).altcha()).isNotEqualTo(challenge.altcha());
    }

    @Test
    void aWrongNumberIsRefused() throws Exception {
        int number = solution.getInteger("number");
        assertFailed(challenges.verify(VISITOR, sent(solution.copy().put("number", number + 1))));
        assertFailed(challenges.verify(VISITOR, sent(solution.copy().put("number", -number - 1))));
        assertFailed(challenges.verify(VISITOR, sent(solution.copy().put("number", String.valueOf(number)))));
        assertFailed(challenges.verify(VISITOR, sent(solution.copy().put("number", number + 0.5))));
        assertFailed(challenges.verify(VISITOR, sent(solution.copy().putNull("number"))));
    }

    @Test
    void digitsOfTheNumberCanNotBecomePartOfTheSalt() throws Exception {
        String number = String.valueOf(solution.getInteger("number"));
        for (int digits = 1; digits < number.length(); digits++) {
            String salt = solution.getString("salt") + number.substring(0, digits);
            JsonObject split =
                    solution.copy().put("salt", salt).put("number", Integer.valueOf(number.substring(digits)));
            assertFailed(challenges.verify(VISITOR, sent(split)));
        }
    }

    @Test
    void aLaterEndIsRefused() throws Exception {
        long end = challenge.expires().getEpochSecond();
        String later = solution.getString("salt").replace("" + end, "" + (end + 1_000));
        assertFailed(challenges.verify(VISITOR, sent(solution.copy().put("salt", later))));
    }

    @Test
    void theLastSecondCountsAndTheNextDoesNot() throws Exception {
        clock.forward(Duration.between(clock.instant(), challenge.expires()).minusMillis(1));
        assertPassed(challenges.verify(VISITOR, sent(solution)));
        clock.forward(Duration.ofMillis(1));
        assertFailed(challenges.verify(VISITOR, sent(solution)));
    }

    @Test
    void anotherAccountsEventsOrRoomsSolutionIsRefused() throws Exception {
        byte[] otherSecret = new byte[32];
        otherSecret[0] = 1;
        String sent = sent(solution);
        assertFailed(challenges.verify(new Visitor(VISITOR.event(), VISITOR.roomSecret(), 78, ""), sent));
        assertFailed(challenges.verify(new Visitor(new UUID(1, 3), VISITOR.roomSecret(), 77, ""), sent));
        assertFailed(challenges.verify(new Visitor(VISITOR.event(), otherSecret, 77, ""), sent));
        assertFailed(proofOfWork("another").verify(VISITOR, sent));
    }

    @Test
    void anotherAccountCanNotPutItsNameIntoTheSalt() throws Exception {
        Visitor other = new Visitor(VISITOR.event(), VISITOR.roomSecret(), 78, "");
        String salt = solution.getString("salt").replace("account=000000000000004d", "account=000000000000004e");
        assertThat(salt).isNotEqualTo(solution.getString("salt"));
        assertFailed(challenges.verify(other, sent(solution.copy().put("salt", salt))));
    }

    @Test
    void anEasyChallengeOfOnesOwnIsRefused() throws Exception {
        String salt = challenges.make(VISITOR).altcha();
        JsonObject own = solution.copy()
                .put("salt", new JsonObject(salt).getString("salt"))
                .put("number", 0)
                .put("challenge", "00");
        assertFailed(challenges.verify(VISITOR, sent(own)));
        for (String field : new String[] {"algorithm", "challenge", "salt", "signature"}) {
            assertFailed(challenges.verify(VISITOR, sent(solution.copy().put(field, "SHA-1"))));
            assertFailed(challenges.verify(VISITOR, sent(solution.copy().put(field, ""))));
            JsonObject without = solution.copy();
            without.remove(field);
            assertFailed(challenges.verify(VISITOR, sent(without)));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "e", "eyJ", "eyJ9", "{}", "e30=", "W10=", "bnVsbA==", "\u0000", "ÿ", "eyJhIjp7ImEiOg=="})
    void garbageIsRefused(String text) throws Exception {
        assertFailed(challenges.verify(VISITOR, text));
    }

    @Test
    void aMegabyteIsRefusedUnread() throws Exception {
        assertFailed(challenges.verify(VISITOR, "eyJh".repeat(1 << 18)));
        assertFailed(challenges.verify(VISITOR, sent(solution.copy().put("pad", "x".repeat(1 << 20)))));
    }
}
