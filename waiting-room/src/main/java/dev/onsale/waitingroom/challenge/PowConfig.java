package dev.onsale.waitingroom.challenge;

import dev.onsale.runtime.config.Config;
import java.time.Duration;

/**
 * The proof of work.
 *
 * @param expires how long a challenge can be solved: too short fails slow phones, too long lets solutions be made in store
 * @param maxNumber a solver tries half of this many hashes on average: too low costs a script nothing, too high makes old
 *     phones wait (50,000 are about a second in a browser)
 */
record PowConfig(Duration expires, int maxNumber) {

    static PowConfig from(Config config) {
        return new PowConfig(
                config.duration(
                        "challenge.pow.expires", Duration.ofMinutes(10), Duration.ofSeconds(10), Duration.ofHours(1)),
                config.integer("challenge.pow.max-number", 50_000, 1, 100_000_000));
    }
}
