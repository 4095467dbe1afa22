package dev.onsale.command.risk;

import dev.onsale.runtime.config.Config;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What counts as unusual, how much, and what follows.
 *
 * @param mode what verdicts do
 * @param limits from where on signals speak
 * @param weights what each signal counts at its strongest, by its name; 0 silences it
 * @param thresholds from which score on which verdict
 * @param slowPause least time between two calls of an account that is slowed; longer annoys, shorter slows nothing
 * @param networks file with networks of data centres, one CIDR a line; empty: none is known
 * @param ignoredPayments payment tokens that begin so say nothing about who pays (those of the simulator are everybody's)
 * @param work the proof of work asked for
 * @param records how verdicts are kept
 */
public record RiskConfig(
        RiskMode mode,
        Limits limits,
        Map<String, Double> weights,
        Thresholds thresholds,
        Duration slowPause,
        Optional<Path> networks,
        List<String> ignoredPayments,
        Work work,
        Records records) {

    private static final Map<String, Double> WEIGHTS = Map.of(
            Signals.HOLD_VELOCITY, 0.5,
            Signals.HOARDING, 1.0,
            Signals.SHARED_DEVICE, 1.0,
            Signals.REGULAR_TIMING, 0.3,
            Signals.DROP_CATCHING, 0.6,
            Signals.SHARED_PAYMENT, 1.0,
            Signals.SHARED_CONTACT, 1.0,
            Signals.DATA_CENTRE, 0.3);

    /**
     * From where on signals speak.
     *
     * @param window over which calls are counted
     * @param calls so many in it are usual
     * @param budget for so long an account may keep seats from others without booking them; each time it is used up, the next is half
     *     of it. Too low: fans who hesitate are locked out. Too high: seats are kept from the sale for nothing
     * @param coolDown how long an account then waits; doubled each time
     * @param catchWithin a seat taken so soon after another account let it go was caught
     * @param catches so many in an hour are usual
     * @param deviation the spread of the time between calls, by their mean, below which it is a machine's
     * @param deviceAccounts so many accounts on one device are usual
     * @param paymentAccounts so many accounts with one means of payment are usual
     * @param contactAccounts so many accounts with one e-mail address or phone number are usual
     * @param keep how long an account's counters outlast its last call
     */
    record Limits(
            Duration window,
            int calls,
            Duration budget,
            Duration coolDown,
            Duration catchWithin,
            int catches,
            double deviation,
            int deviceAccounts,
            int paymentAccounts,
            int contactAccounts,
            Duration keep) {

        static Limits from(Config config) {
            return new Limits(
                    config.duration(
                            "risk.velocity.window", Duration.ofMinutes(1), Duration.ofSeconds(1), Duration.ofHours(1)),
                    config.integer("risk.velocity.calls", 10, 1, 31),
                    config.duration(
                            "risk.hoarding.budget", Duration.ofMinutes(10), Duration.ofMinutes(1), Duration.ofDays(1)),
                    config.duration(
                            "risk.hoarding.cool-down",
                            Duration.ofMinutes(1),
                            Duration.ofMillis(1),
                            Duration.ofHours(1)),
                    config.duration(
                            "risk.drop-catching.within",
                            Duration.ofMillis(500),
                            Duration.ofMillis(1),
                            Duration.ofMinutes(1)),
                    config.integer("risk.drop-catching.catches", 2, 0, 15),
                    config.decimal("risk.timing.deviation", 0.1, 0.001, 1),
                    config.integer("risk.device.accounts", 3, 1, 60),
                    config.integer("risk.payment.accounts", 2, 1, 60),
                    config.integer("risk.contact.accounts", 2, 1, 60),
                    config.duration("risk.keep", Duration.ofHours(24), Duration.ofMinutes(1), Duration.ofDays(30)));
        }
    }

    /**
     * From which score on which verdict. Above 1 and more than all weights together: never.
     *
     * @param challenge a proof of work
     * @param slow a pause between calls
     * @param deny no
     */
    record Thresholds(double challenge, double slow, double deny) {
        static Thresholds from(Config config) {
            Thresholds read = new Thresholds(
                    config.decimal("risk.threshold.challenge", 0.3, 0.01, 100),
                    config.decimal("risk.threshold.slow", 0.6, 0.01, 100),
                    config.decimal("risk.threshold.deny", 1.0, 0.01, 100));
            if (read.challenge > read.slow || read.slow > read.deny) {
                config.reject("risk.threshold", read.toString(), "challenge <= slow <= deny");
            }
            return read;
        }
    }

    /**
     * The proof of work.
     *
     * @param maxNumber a solver tries half of this many hashes on average
     * @param lifetime how long it can be solved
     */
    record Work(int maxNumber, Duration lifetime) {
        static Work from(Config config) {
            return new Work(
                    config.integer("risk.challenge.max-number", 200_000, 1, 100_000_000),
                    config.duration(
                            "risk.challenge.expires",
                            Duration.ofMinutes(2),
                            Duration.ofSeconds(5),
                            Duration.ofMinutes(30)));
        }
    }

    /**
     * How verdicts are kept.
     *
     * @param keepDays how long
     * @param maxWaiting most that wait to be written; what comes on top is left out and counted
     * @param every how often they are written; like calls in between are one row
     * @param overridesEvery how often overrides are read; longer lets an override wait
     */
    record Records(int keepDays, int maxWaiting, Duration every, Duration overridesEvery) {
        static Records from(Config config) {
            return new Records(
                    config.integer("risk.records.keep-days", 90, 1, 3650),
                    config.integer("risk.records.max-waiting", 20_000, 100, 10_000_000),
                    config.duration(
                            "risk.records.every", Duration.ofMillis(500), Duration.ofMillis(10), Duration.ofMinutes(1)),
                    config.duration(
                            "risk.overrides.every",
                            Duration.ofSeconds(2),
                            Duration.ofMillis(10),
                            Duration.ofMinutes(1)));
        }
    }

    /** Reads {@code risk.*}. */
    public static RiskConfig from(Config config) {
        Map<String, Double> weights = new HashMap<>();
        WEIGHTS.forEach((name, usual) ->
                weights.put(name, config.decimal("risk.weight." + name.replace('_', '-'), usual, 0, 100)));
        return new RiskConfig(
                config.oneOf("risk.mode", RiskMode.OFF),
                Limits.from(config),
                Map.copyOf(weights),
                Thresholds.from(config),
                config.duration(
                        "risk.slow.pause", Duration.ofSeconds(2), Duration.ofMillis(100), Duration.ofMinutes(1)),
                config.optionalPath("risk.data-centre.networks"),
                config.list("risk.payment.ignored-prefixes", List.of("tok_")),
                Work.from(config),
                Records.from(config));
    }
}
