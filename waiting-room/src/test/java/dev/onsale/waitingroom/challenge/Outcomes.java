package dev.onsale.waitingroom.challenge;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.hash.Hashing;
import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.waitingroom.challenge.Challenges.Visitor;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What tests of challenges share: a visitor, a solver of its own, and what an attempt came to. */
final class Outcomes {

    static final Visitor VISITOR = new Visitor(new UUID(1, 2), new byte[32], 77, "192.0.2.1");

    private Outcomes() {}

    static void assertPassed(Future<Void> check) throws TimeoutException {
        check.await(20, TimeUnit.SECONDS);
    }

    static void assertRefused(Future<Void> check, ErrorReason reason) throws TimeoutException {
        Throwable failure = check.<Throwable>map(passed -> new AssertionError("passed"))
                .otherwise(cause -> cause)
                .await(20, TimeUnit.SECONDS);
        assertThat(failure).isInstanceOf(Refusal.class);
        assertThat(((Refusal) failure).reason()).isEqualTo(reason);
    }

    static void assertFailed(Future<Void> check) throws TimeoutException {
        assertRefused(check, ErrorReason.ERROR_REASON_CHALLENGE_FAILED);
    }

    /** The solution of a proof of work, as the object that is sent in base64. */
    static JsonObject solved(String altcha) {
        JsonObject challenge = new JsonObject(altcha);
        for (int number = 0; number <= challenge.getInteger("maxnumber"); number++) {
            String hash = Hashing.sha256()
                    .hashString(challenge.getString("salt") + number, StandardCharsets.UTF_8)
                    .toString();
            if (hash.equals(challenge.getString("challenge"))) {
                return challenge.put("number", number).put("took", 12.5);
            }
        }
        throw new AssertionError("no solution");
    }

    static String sent(JsonObject solution) {
        return Base64.getEncoder().encodeToString(solution.encode().getBytes(StandardCharsets.UTF_8));
    }
}
