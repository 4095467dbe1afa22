package dev.onsale.tools.rush;

import java.util.Random;

/**
 * What a fan is like; the same seed makes the same fans.
 *
 * @param party how many tickets
 * @param wish how the seats are chosen
 * @param spot where exact seats are wanted, 0 (best) to 1
 * @param partial whether fewer seats will do
 * @param swaps whether the seats are exchanged once
 * @param ending what happens to the hold
 * @param token what is paid with
 * @param cancels whether the booking is cancelled later
 */
record FanPlan(
        int party,
        Wish wish,
        double spot,
        boolean partial,
        boolean swaps,
        Ending ending,
        String token,
        boolean cancels) {

    /** How seats are chosen. */
    enum Wish {
        BEST,
        EXACT,
        AREA
    }

    /** What happens to a hold. */
    enum Ending {
        BOOK,
        RELEASE,
        LET_EXPIRE
    }

    static FanPlan of(Random random, int fewest, int most) {
        int party = fewest + random.nextInt(most - fewest + 1);
        Wish wish = pick(random, 55, Wish.BEST, 35, Wish.EXACT, Wish.AREA);
        double spot = random.nextDouble() * (random.nextInt(3) == 0 ? 1 : 0.1); // Two thirds want the same tenth.
        Ending ending = pick(random, 88, Ending.BOOK, 6, Ending.RELEASE, Ending.LET_EXPIRE);
        return new FanPlan(
                party,
                wish,
                spot,
                random.nextInt(5) == 0,
                random.nextInt(20) == 0,
                ending,
                token(random.nextInt(100)),
                random.nextInt(25) == 0);
    }

    private static <T> T pick(Random random, int first, T one, int second, T two, T other) {
        int dice = random.nextInt(100);
        return dice < first ? one : dice < first + second ? two : other;
    }

    private static String token(int dice) {
        if (dice < 80) {
            return "tok_approve";
        }
        String[] rest = {
            "tok_decline",
            "tok_decline",
            "tok_decline",
            "tok_decline",
            "tok_decline",
            "tok_decline",
            "tok_decline_insufficient_funds",
            "tok_decline_insufficient_funds",
            "tok_lost_answer",
            "tok_lost_answer",
            "tok_lost_answer",
            "tok_error_500",
            "tok_error_500",
            "tok_sticky_500",
            "tok_capture_fails_twice",
            "tok_capture_fails_twice",
            "tok_capture_lost_answer",
            "tok_refund_lost_answer",
            "tok_late_answer",
            "tok_timeout"
        };
        return rest[dice - 80];
    }
}
