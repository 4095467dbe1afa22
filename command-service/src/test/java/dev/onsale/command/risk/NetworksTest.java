package dev.onsale.command.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NetworksTest {
    private static final Networks LISTED = Networks.of(List.of(
            "# data centres",
            "",
            "192.0.2.0/24 # one",
            "198.51.100.7/32",
            "203.0.113.128/25",
            "2001:db8::/33",
            "10.1.2.3/8"));

    @ParameterizedTest
    @CsvSource({
        "192.0.2.0, 24",
        "192.0.2.255, 24",
        "198.51.100.7, 32",
        "203.0.113.128, 25",
        "2001:db8:7fff::1, 33",
        "10.255.255.255, 8",
    })
    void findsTheNetworkThatHasAnAddress(String peer, int bits) {
        assertThat(LISTED.find(peer)).contains(bits);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "192.0.3.0",
                "191.0.2.1",
                "198.51.100.6",
                "203.0.113.127",
                "2001:db8:8000::1",
                "11.0.0.1",
                "::1",
                "",
                "localhost",
                "abc",
                "192.0.2",
                "fe80::1%eth0"
            })
    void findsNoneForAnyOther(String peer) {
        assertThat(LISTED.find(peer)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"192.0.2.0", "192.0.2.0/33", "192.0.2.0/x", "host/24", "2001:db8::/129", "/8", "1.2.3.4/8/9"})
    void saysWhichLineIsNone(String line) {
        assertThatThrownBy(() -> Networks.of(List.of("192.0.2.0/24", line)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("line 2");
    }

    @Test
    void aPrefixOfNothingHasEveryAddressOfItsKind() {
        Networks all = Networks.of(List.of("0.0.0.0/0"));
        assertThat(all.find("255.255.255.255")).contains(0);
        assertThat(all.find("::1")).isEmpty();
    }
}
