package dev.onsale.standalone.fuzz;

import java.util.SplittableRandom;

/** Draws inputs: the same seed and number give the same input, whatever was drawn before. */
final class Deck {

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private final long seed;
    private final Calls calls;
    private final WireMutants wire;
    private final Tokens tokens;
    private final Webhooks webhooks;
    private final Pages pages;

    Deck(Scene scene, long seed) {
        this.seed = seed;
        this.calls = new Calls(scene);
        this.wire = new WireMutants(calls);
        this.tokens = new Tokens(scene);
        this.webhooks = new Webhooks(scene);
        this.pages = new Pages(scene);
    }

    Input draw(long number) {
        SplittableRandom random = new SplittableRandom(seed ^ number * GOLDEN);
        int share = random.nextInt(100);
        if (share < 26) {
            return calls.fields(random);
        } else if (share < 38) {
            return calls.bytes(random);
        } else if (share < 48) {
            return wire.frames(random);
        } else if (share < 50) {
            return wire.pieces(random);
        } else if (share < 60) {
            return wire.headers(random);
        } else if (share < 64) {
            return wire.web(random);
        } else if (share < 78) {
            return tokens.draw(random);
        } else if (share < 86) {
            return webhooks.draw(random);
        }
        return pages.draw(random);
    }
}
