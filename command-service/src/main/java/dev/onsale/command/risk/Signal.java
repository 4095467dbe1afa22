package dev.onsale.command.risk;

import io.vertx.core.json.JsonObject;

/**
 * One thing that may speak against a call.
 *
 * @param name its name
 * @param weight what it counts at its strongest
 * @param rule how strong it is
 */
record Signal(String name, double weight, Rule rule) {

    /** How strong a signal is. */
    @FunctionalInterface
    interface Rule {
        /** By the call and what was measured of it. */
        Strength of(Asking asking, Measures measures);
    }

    /**
     * How strong, and why.
     *
     * @param value from 0 to 1
     * @param shows what was seen; nothing personal
     */
    record Strength(double value, String shows) {
        static final Strength NONE = new Strength(0, "");
    }

    /** A signal that spoke. */
    record Spoken(String name, double strength, double weight, String shows) {
        double score() {
            return strength * weight;
        }

        JsonObject toJson() {
            return new JsonObject()
                    .put("name", name)
                    .put("strength", strength)
                    .put("weight", weight)
                    .put("shows", shows);
        }
    }
}
