package dev.onsale.payment.simulator;

import java.time.Duration;
import java.util.SplittableRandom;

/**
 * What {@code tok_chaos_<anything>} does: every call and every webhook of such a payment has a fate of its own, which is a
 * function of the token. From the fourth call of a verb on all goes well, so that everything ends.
 */
final class Chaos {
    private static final int CALLS_DISTURBED = 3;
    private static final int LONGEST_DELAY_MILLIS = 4_000;

    private final String token;

    private Chaos(String token) {
        this.token = token;
    }

    static Chaos of(String token) {
        return new Chaos(token);
    }

    /** What happens to one call. */
    enum Fate {
        /** It is answered. */
        ANSWERED,
        /** It never arrives. */
        LOST,
        /** It takes effect; its answer is lost. */
        ANSWER_LOST,
        /** It gets an error that nobody remembers, and has no effect. */
        ERROR,
        /** It arrives later. */
        LATE,
        /** It takes effect at once and is answered later. */
        ANSWER_LATE
    }

    /** What happens to the webhook of one line. */
    enum Post {
        ONCE,
        NEVER,
        TWICE,
        LATE
    }

    /** The fate of a call; {@code number} counts the payment's calls of this verb from 1. */
    Fate fate(BankVerb verb, int number) {
        int dice = number > CALLS_DISTURBED ? 0 : dice(verb + " " + number, 100);
        if (dice < 50) {
            return Fate.ANSWERED;
        }
        return dice < 60
                ? Fate.LOST
                : dice < 72 ? Fate.ANSWER_LOST : dice < 80 ? Fate.ERROR : dice < 92 ? Fate.LATE : Fate.ANSWER_LATE;
    }

    /** How late a late call arrives, or is answered. */
    Duration delay(BankVerb verb, int number) {
        return Duration.ofMillis(1 + dice("delay " + verb + " " + number, LONGEST_DELAY_MILLIS));
    }

    Post post(BankVerb verb) {
        int dice = dice("post " + verb, 100);
        return dice < 50 ? Post.ONCE : dice < 70 ? Post.NEVER : dice < 85 ? Post.TWICE : Post.LATE;
    }

    /** How late a late webhook comes. */
    Duration postDelay(BankVerb verb) {
        return Duration.ofMillis(1 + dice("post delay " + verb, 2 * LONGEST_DELAY_MILLIS));
    }

    /** Why the authorization is declined; empty: it is not. */
    String declineCode() {
        return dice("decline", 100) < 8 ? "card_declined" : "";
    }

    /** Whether the bank refuses every capture. */
    boolean refusesCaptures() {
        return dice("capture", 100) < 6;
    }

    /** The same for the same question, as if thrown for any other. */
    private int dice(String what, int sides) {
        long seed = 0;
        for (char letter : (token + " " + what).toCharArray()) {
            seed = 31 * seed + letter;
        }
        return new SplittableRandom(seed).nextInt(sides);
    }
}
