package dev.onsale.command.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.onsale.command.risk.Signal.Spoken;
import dev.onsale.runtime.config.Config;
import dev.onsale.runtime.config.ConfigFault;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SignalsTest {
    private static final UUID EVENT = UUID.randomUUID();
    private final Signals signals =
            new Signals(RiskConfig.from(Config.of(Map.of())), Networks.of(List.of("192.0.2.0/24")));

    @Test
    void nothingSpeaksAgainstAnOrdinaryCall() {
        assertThat(against("198.51.100.1", measures(10, 20, 9_000, 0.4, 0, 2, Map.of(Trait.Kind.DEVICE, 3))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"10, 0", "11, 0.55", "15, 0.75", "20, 1", "31, 1"})
    void velocityGrowsFromTheLimitToItsDouble(int calls, double strength) {
        assertStrength(Signals.HOLD_VELOCITY, strength, measures(calls, 0, 0, 0, 0, 0, Map.of()));
    }

    @ParameterizedTest
    @CsvSource({"8, 2000, 0, 1", "8, 2000, 0.1, 0.5", "8, 2000, 0.11, 0", "7, 2000, 0, 0", "31, 60001, 0, 0"})
    void onlyManyQuickAndEvenCallsAreAMachines(int intervals, long mean, double deviation, double strength) {
        assertStrength(Signals.REGULAR_TIMING, strength, measures(0, intervals, mean, deviation, 0, 0, Map.of()));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "60000, 1"})
    void hoardingSpeaksDuringACoolDown(long coolDown, double strength) {
        assertStrength(Signals.HOARDING, strength, measures(0, 0, 0, 0, coolDown, 0, Map.of()));
    }

    @ParameterizedTest
    @CsvSource({"2, 0", "3, 0.75", "4, 1"})
    void catchingSeatsOverAndOverIsUnusual(int catches, double strength) {
        assertStrength(Signals.DROP_CATCHING, strength, measures(0, 0, 0, 0, 0, catches, Map.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "DEVICE, shared_device, 3, 0",
        "DEVICE, shared_device, 6, 1",
        "PAYMENT, shared_payment, 2, 0",
        "PAYMENT, shared_payment, 3, 0.75",
        "EMAIL, shared_contact, 2, 0",
        "EMAIL, shared_contact, 4, 1",
        "PHONE, shared_contact, 3, 0.75",
    })
    void whatManyAccountsShareIsUnusual(Trait.Kind kind, String name, int accounts, double strength) {
        assertStrength(name, strength, measures(0, 0, 0, 0, 0, 0, Map.of(kind, accounts)));
    }

    @Test
    void aListedNetworkSpeaksAndIsNamedByItsLengthOnly() {
        List<Spoken> spoken = against("192.0.2.77", measures(0, 0, 0, 0, 0, 0, Map.of()));
        assertThat(spoken).extracting(Spoken::name).containsExactly(Signals.DATA_CENTRE);
        assertThat(spoken.getFirst().shows()).contains("24").doesNotContain("192.0.2");
    }

    @Test
    void theStrongestComesFirst() {
        assertThat(against("192.0.2.77", measures(11, 0, 0, 0, 1, 0, Map.of(Trait.Kind.DEVICE, 60))))
                .extracting(Spoken::name)
                .containsExactly(Signals.HOARDING, Signals.SHARED_DEVICE, Signals.DATA_CENTRE, Signals.HOLD_VELOCITY);
    }

    @Test
    void aWeightOfNothingSilences() {
        Signals quiet = new Signals(
                RiskConfig.from(Config.of(Map.of("risk.weight.hold-velocity", "0"))), Networks.of(List.of()));
        assertThat(quiet.names()).doesNotContain(Signals.HOLD_VELOCITY).hasSize(7);
    }

    @Test
    void thresholdsThatCrossAreRefused() {
        Config config = Config.of(Map.of("risk.threshold.slow", "0.2"));
        RiskConfig.from(config);
        assertThatThrownBy(config::check).isInstanceOf(ConfigFault.class).hasMessageContaining("risk.threshold");
    }

    private void assertStrength(String name, double strength, Measures measures) {
        double found = against("198.51.100.1", measures).stream()
                .filter(spoken -> spoken.name().equals(name))
                .mapToDouble(Spoken::strength)
                .sum();
        assertThat(found).isCloseTo(strength, within(1e-9));
    }

    private List<Spoken> against(String peer, Measures measures) {
        return signals.against(
                new Asking("ann", EVENT, Asking.Want.HOLD, "hold", List.of(), List.of(), peer, ""), measures);
    }

    private static Measures measures(
            int calls,
            int intervals,
            long mean,
            double deviation,
            long coolDown,
            int catches,
            Map<Trait.Kind, Integer> sharing) {
        return new Measures(false, calls, intervals, mean, deviation, 0, 1, coolDown, catches, false, 5_000, sharing);
    }
}
