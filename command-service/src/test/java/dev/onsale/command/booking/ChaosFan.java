package dev.onsale.command.booking;

import java.util.List;
import java.util.Random;

/**
 * What one fan does in a schedule, drawn from its seed.
 *
 * @param number of the schedule
 * @param token what the fan pays with: how the provider behaves
 * @param event index of the event
 * @param places how many
 * @param standing whether in the area
 * @param agrees whether equal seats would do
 * @param reaction what happens as soon as the seats are let go for want of an answer
 * @param cancels whether the fan cancels what was confirmed
 * @param startMillis when the fan comes
 */
record ChaosFan(
        int number,
        String token,
        int event,
        int places,
        boolean standing,
        boolean agrees,
        Reaction reaction,
        boolean cancels,
        int startMillis) {

    /** What others, or the fan, do when the seats are free again. */
    enum Reaction {
        /** Nothing. */
        NONE,
        /** Somebody else buys one of the seats. */
        RIVAL_BUYS,
        /** Somebody else holds one of the seats for a while. */
        RIVAL_HOLDS,
        /** The fan buys others, up to the limit. */
        FAN_BUYS_OTHERS
    }

    private static final List<String> TOKENS = List.of(
            "tok_approve",
            "tok_decline",
            "tok_timeout",
            "tok_lost_answer",
            "tok_late_answer",
            "tok_error_500",
            "tok_sticky_500",
            "tok_capture_fails_twice",
            "tok_capture_sticky_500",
            "tok_capture_refused",
            "tok_capture_lost_answer",
            "tok_other_amount",
            "tok_void_lost_answer",
            "tok_void_timeout",
            "tok_refund_lost_answer",
            "tok_webhook_before",
            "tok_webhook_twice",
            "tok_webhook_out_of_order",
            "tok_webhook_never",
            "tok_webhook_late",
            "tok_webhook_only");

    /** The fan of a schedule. */
    static ChaosFan of(long seed, int number, int events, int withinMillis) {
        Random random = new Random(seed * 1_000_003 + number);
        int dice = random.nextInt(100);
        String behaviour =
                dice < 55 ? "tok_chaos" : dice < 75 ? "tok_late_answer" : TOKENS.get(random.nextInt(TOKENS.size()));
        return new ChaosFan(
                number,
                behaviour + "_" + seed + "_" + number,
                random.nextInt(events),
                1 + random.nextInt(4),
                random.nextInt(5) == 0,
                random.nextBoolean(),
                Reaction.values()[random.nextInt(Reaction.values().length)],
                random.nextInt(6) == 0,
                random.nextInt(withinMillis));
    }

    String account() {
        return "fan-" + number;
    }
}
