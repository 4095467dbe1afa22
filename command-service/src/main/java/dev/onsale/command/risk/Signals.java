package dev.onsale.command.risk;

import dev.onsale.command.risk.RiskConfig.Limits;
import dev.onsale.command.risk.Signal.Spoken;
import dev.onsale.command.risk.Signal.Strength;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** All signals, in the order in which they are asked. */
final class Signals {
    static final String HOLD_VELOCITY = "hold_velocity";
    static final String HOARDING = "hoarding";
    static final String SHARED_DEVICE = "shared_device";
    static final String REGULAR_TIMING = "regular_timing";
    static final String DROP_CATCHING = "drop_catching";
    static final String SHARED_PAYMENT = "shared_payment";
    static final String SHARED_CONTACT = "shared_contact";
    static final String DATA_CENTRE = "data_centre";

    private static final int LEAST_INTERVALS = 8;
    private static final long LONGEST_MEAN_MILLIS = Duration.ofMinutes(1).toMillis();

    private final Limits limits;
    private final List<Signal> all;

    Signals(RiskConfig config, Networks networks) {
        this.limits = config.limits();
        this.all = Stream.of(
                        signal(config, HOLD_VELOCITY, this::velocity),
                        signal(config, HOARDING, (asking, measures) -> hoarding(measures)),
                        signal(
                                config,
                                SHARED_DEVICE,
                                (asking, measures) ->
                                        shared(measures, limits.deviceAccounts(), "on one device", Trait.Kind.DEVICE)),
                        signal(config, REGULAR_TIMING, (asking, measures) -> regular(measures)),
                        signal(config, DROP_CATCHING, (asking, measures) -> catching(measures)),
                        signal(
                                config,
                                SHARED_PAYMENT,
                                (asking, measures) -> shared(
                                        measures,
                                        limits.paymentAccounts(),
                                        "with one means of payment",
                                        Trait.Kind.PAYMENT)),
                        signal(
                                config,
                                SHARED_CONTACT,
                                (asking, measures) -> shared(
                                        measures,
                                        limits.contactAccounts(),
                                        "with one e-mail address or phone number",
                                        Trait.Kind.EMAIL,
                                        Trait.Kind.PHONE)),
                        signal(config, DATA_CENTRE, (asking, measures) -> dataCentre(networks, asking)))
                .filter(signal -> signal.weight() > 0)
                .toList();
    }

    private static Signal signal(RiskConfig config, String name, Signal.Rule rule) {
        return new Signal(name, config.weights().getOrDefault(name, 0.0), rule);
    }

    List<String> names() {
        return all.stream().map(Signal::name).toList();
    }

    /** Those that speak against a call, the strongest first. */
    List<Spoken> against(Asking asking, Measures measures) {
        return all.stream()
                .map(signal -> {
                    Strength strength = signal.rule().of(asking, measures);
                    return new Spoken(signal.name(), strength.value(), signal.weight(), strength.shows());
                })
                .filter(spoken -> spoken.strength() > 0)
                .sorted(Comparator.comparingDouble(Spoken::score).reversed())
                .toList();
    }

    /** Nothing up to the limit, half just above it, all from its double on. */
    private static Strength over(int value, int limit, String shows) {
        return value <= limit
                ? Strength.NONE
                : new Strength(0.5 + 0.5 * Math.min(1, (value - limit) / (double) Math.max(1, limit)), shows);
    }

    private Strength velocity(Asking asking, Measures measures) {
        return over(
                measures.calls(),
                limits.calls(),
                measures.calls() + " calls in " + limits.window().toSeconds() + " s");
    }

    private static Strength hoarding(Measures measures) {
        return measures.coolDown() == 0
                ? Strength.NONE
                : new Strength(
                        1,
                        "kept seats without booking them, budget used up " + measures.level() + " times, to wait "
                                + (measures.coolDown() + 999) / 1000 + " s");
    }

    private static Strength shared(Measures measures, int limit, String shows, Trait.Kind... kinds) {
        int most = Stream.of(kinds)
                .mapToInt(kind -> measures.sharing().getOrDefault(kind, 0))
                .max()
                .orElse(0);
        return over(most, limit, most + " accounts " + shows);
    }

    /** Half at the limit, all at nothing. People spread more than that, even those who hurry. */
    private Strength regular(Measures measures) {
        if (measures.intervals() < LEAST_INTERVALS
                || measures.meanInterval() > LONGEST_MEAN_MILLIS
                || measures.deviation() > limits.deviation()) {
            return Strength.NONE;
        }
        return new Strength(
                1 - 0.5 * measures.deviation() / limits.deviation(),
                "a call every " + measures.meanInterval() + " ms, give or take "
                        + Math.round(measures.deviation() * 100) + " percent");
    }

    private Strength catching(Measures measures) {
        return over(
                measures.catches(),
                limits.catches(),
                measures.catches() + " seats taken within "
                        + limits.catchWithin().toMillis() + " ms of being let go by others");
    }

    private static Strength dataCentre(Networks networks, Asking asking) {
        return networks.find(asking.peer())
                .map(bits -> new Strength(1, "from a listed network of prefix length " + bits))
                .orElse(Strength.NONE);
    }
}
