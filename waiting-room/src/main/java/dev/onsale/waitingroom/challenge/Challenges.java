package dev.onsale.waitingroom.challenge;

import dev.onsale.proto.waitingroom.v1.ChallengeKind;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.UUID;

/** One way to make a fan show that it is not one of ten thousand scripts. May be used by any thread. */
public interface Challenges {

    /**
     * A challenge for this visitor. May be of another kind than the room's while a provider is down.
     *
     * @throws dev.onsale.runtime.error.Refusal DEPENDENCY_UNAVAILABLE if this deployment can't make one
     */
    Challenge make(Visitor visitor);

    /**
     * Whether this is the solution of a challenge of this visitor's. Fails with the refusal CHALLENGE_FAILED if it is not,
     * and with DEPENDENCY_UNAVAILABLE if that can't be found out.
     *
     * @param solution what the visitor sent; of any length and shape
     */
    Future<Void> verify(Visitor visitor, String solution);

    /**
     * Who wants to join what.
     *
     * @param event whose room it is
     * @param roomSecret the room's secret, 32 bytes; not kept
     * @param fingerprint of the account, by the room's secret
     * @param peer the address the call came from; empty if unknown
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Visitor(UUID event, byte[] roomSecret, long fingerprint, String peer) {}

    /**
     * What a visitor has to do.
     *
     * @param kind what it is
     * @param altcha for a proof of work: the challenge as JSON; otherwise empty
     * @param siteKey for a CAPTCHA: the provider's public key; otherwise empty
     * @param provider for a CAPTCHA: its provider, e.g. {@code turnstile}; otherwise empty
     * @param expires by when it must be solved
     */
    record Challenge(ChallengeKind kind, String altcha, String siteKey, String provider, Instant expires) {}
}
