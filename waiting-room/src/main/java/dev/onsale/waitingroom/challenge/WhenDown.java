package dev.onsale.waitingroom.challenge;

/** What happens to fans while the provider of CAPTCHAs does not answer. */
enum WhenDown {
    /** Nobody joins: DEPENDENCY_UNAVAILABLE, until it answers again. */
    REFUSE,
    /** Fans get a proof of work instead. */
    PROOF_OF_WORK,
    /** Fans join unchecked. Whoever can bring the provider down, or make us ask it too much, gets this as well. */
    ACCEPT
}
