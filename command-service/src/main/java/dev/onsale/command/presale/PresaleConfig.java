package dev.onsale.command.presale;

import dev.onsale.runtime.config.Config;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How presale codes are kept and how often they can be tried.
 *
 * @param pepperFile a secret of 32 bytes, hexadecimal; made if it isn't there. Every node needs the same one, and another one
 *     makes all codes and lists worthless
 * @param triesAnAccount wrong codes of one account in a window; too high: codes can be guessed, too low: fans who mistype wait
 * @param triesAnAddress wrong codes from one address; too low: a whole office waits for one who mistypes
 * @param triesWindow how long wrong codes are counted together
 */
public record PresaleConfig(Path pepperFile, int triesAnAccount, int triesAnAddress, Duration triesWindow) {

    /** Reads {@code presale.*}. */
    public static PresaleConfig from(Config config) {
        return new PresaleConfig(
                Path.of(config.string("presale.pepper-file", "data/presale-pepper")),
                config.integer("presale.tries-an-account", 10, 1, 1_000),
                config.integer("presale.tries-an-address", 100, 1, 100_000),
                config.duration(
                        "presale.tries-window", Duration.ofMinutes(10), Duration.ofMillis(100), Duration.ofDays(1)));
    }
}
