package dev.onsale.runtime.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onsale.runtime.config.Config;
import dev.onsale.runtime.config.ConfigFault;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRangesTest {

    private static IpAddress address(String text) {
        return Objects.requireNonNull(IpAddress.parse(text), text);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.255.255, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "192.0.2.128/25, 192.0.2.128, true",
        "192.0.2.128/25, 192.0.2.127, false",
        "192.0.2.200/29, 192.0.2.207, true",
        "192.0.2.200/29, 192.0.2.208, false",
        "192.0.2.7, 192.0.2.7, true",
        "192.0.2.7, 192.0.2.8, false",
        "0.0.0.0/0, 203.0.113.9, true",
        "0.0.0.0/0, 2001:db8::1, false",
        "::/0, 2001:db8::1, true",
        "::/0, 192.0.2.1, false",
        "2001:db8::/33, 2001:db8:7fff::1, true",
        "2001:db8::/33, 2001:db8:8000::1, false",
        "127.0.0.0/8, ::ffff:127.0.0.1, true",
    })
    void containsWhatBeginsWithTheSameBits(String range, String address, boolean contained) {
        assertThat(AddressRanges.of(range).contain(address(address))).isEqualTo(contained);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "10.0.0/8", "host/8", "::/129", "/8", "1.2.3.4/8/8"})
    void refusesWhatIsNoRange(String text) {
        assertThatThrownBy(() -> AddressRanges.of(text)).isInstanceOf(IllegalArgumentException.class);
        var config = Config.of(Map.of("x", text));
        AddressRanges.from(config, "x", List.of());
        assertThatThrownBy(config::check).isInstanceOf(ConfigFault.class).hasMessageContaining("x: " + text);
    }

    @Test
    void noneIsEmpty() {
        var config = Config.of(Map.of("x", "none"));

        assertThat(AddressRanges.from(config, "x", List.of("::/0")).isEmpty()).isTrue();
        config.check();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "unknown",
                "_hidden",
                "1.2.3",
                "1.2.3.4.5",
                "256.1.1.1",
                "1.2.3.4:80",
                "[::1]",
                "fe80::1%eth0",
                "::g"
            })
    void readsOnlyAddresses(String text) {
        assertThat(IpAddress.parse(text)).isNull();
    }

    @Test
    void networksAreOf24And64Bits() {
        assertThat(address("192.0.2.77").network()).isEqualTo("192.0.2.0/24");
        assertThat(address("2001:db8:1:2:3:4:5:6").network())
                .isEqualTo(address("2001:db8:1:2:ffff::1").network());
        assertThat(address("2001:db8:1:2:3:4:5:6").network())
                .isNotEqualTo(address("2001:db8:1:3::").network());
        assertThat(address("::ffff:192.0.2.77").network()).isEqualTo("192.0.2.0/24");
    }
}
