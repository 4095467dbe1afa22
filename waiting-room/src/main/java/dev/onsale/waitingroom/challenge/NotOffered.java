package dev.onsale.waitingroom.challenge;

import dev.onsale.runtime.error.Refusal;
import io.vertx.core.Future;

/** The room asks for a kind of challenge that this deployment is not configured for: nobody joins unchecked. */
final class NotOffered implements Challenges {

    @Override
    public Challenge make(Visitor visitor) {
        throw Refusal.unavailable("challenge");
    }

    @Override
    public Future<Void> verify(Visitor visitor, String solution) {
        return Refusal.unavailable("challenge").future();
    }
}
