package dev.onsale.waitingroom.challenge;

import dev.onsale.proto.waitingroom.v1.ChallengeKind;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;

/** Nothing has to be done: every solution is right. */
final class NoChallenge implements Challenges {

    private static final Duration VALID = Duration.ofMinutes(10);

    private final Clock clock;

    NoChallenge(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Challenge make(Visitor visitor) {
        return new Challenge(
                ChallengeKind.CHALLENGE_KIND_NONE, "", "", "", clock.instant().plus(VALID));
    }

    @Override
    public Future<Void> verify(Visitor visitor, String solution) {
        return Future.succeededFuture();
    }
}
