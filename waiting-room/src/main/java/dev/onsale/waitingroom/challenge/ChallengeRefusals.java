package dev.onsale.waitingroom.challenge;

import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.runtime.error.Refusal;

/** The one refusal of a challenge. It does not say what was wrong: that would help nobody but a forger. */
final class ChallengeRefusals {

    private ChallengeRefusals() {}

    static Refusal failed() {
        return Refusal.of(ErrorReason.ERROR_REASON_CHALLENGE_FAILED, "The challenge is not solved; get a new one");
    }
}
