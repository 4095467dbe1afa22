package dev.onsale.runtime.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForwardedForTest {

    private static final ForwardedFor PROXIES =
            new ForwardedFor("x-forwarded-for", AddressRanges.of("10.0.0.0/8", "2001:db8:ffff::/48"));

    private static String caller(String peer, String... values) {
        return String.valueOf(PROXIES.caller(IpAddress.parse(peer), Arrays.asList(values)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "198.51.100.1 | 203.0.113.1                          | 198.51.100.1 | a peer that is no proxy is the caller",
                "10.0.0.1     | 203.0.113.1                          | 203.0.113.1  | one proxy",
                "10.0.0.1     | 203.0.113.1, 10.0.0.2                | 203.0.113.1  | two proxies",
                "10.0.0.1     | 1.1.1.1, 203.0.113.1                 | 203.0.113.1  | what the caller made up is not read",
                "10.0.0.1     | 10.9.9.9, 203.0.113.1, 10.0.0.2      | 203.0.113.1  | nor if it looks like a proxy",
                "10.0.0.1     | nonsense, 203.0.113.1                | 203.0.113.1  | nor if it is nonsense",
                "10.0.0.1     | 203.0.113.1, nonsense                | 10.0.0.1     | a proxy that writes nonsense",
                "10.0.0.1     | 203.0.113.1,                         | 10.0.0.1     | or nothing",
                "10.0.0.1     | 203.0.113.1:4711                     | 10.0.0.1     | or a port",
                "10.0.0.1     | 10.0.0.3, 10.0.0.2                   | 10.0.0.3     | proxies all the way",
                "10.0.0.1     | 2001:db8::7, 2001:db8:ffff::1        | 2001:db8:0:0:0:0:0:7 | IPv6",
                "10.0.0.1     | ::ffff:203.0.113.1                   | 203.0.113.1  | IPv4 in IPv6",
            })
    void findsTheFirstFromTheRightThatIsNoProxy(String peer, String header, String expected, String why) {
        assertThat(caller(peer, header)).as(why).isEqualTo(expected);
    }

    @Test
    void readsSeveralHeadersAsOne() {
        assertThat(caller("10.0.0.1", "1.1.1.1, 203.0.113.1", "10.0.0.2")).isEqualTo("203.0.113.1");
        assertThat(caller("10.0.0.1", "203.0.113.1", "203.0.113.2")).isEqualTo("203.0.113.2");
    }

    @Test
    void doesNotWalkForEver() {
        var hops = String.join(",", Collections.nCopies(17, "10.0.0.2"));

        assertThat(caller("10.0.0.1", "203.0.113.1," + hops)).isEqualTo("10.0.0.1");
    }

    @Test
    void believesNobodyByDefault() {
        var nobody = new ForwardedFor("x-forwarded-for", AddressRanges.NONE);

        assertThat(nobody.caller(IpAddress.parse("127.0.0.1"), List.of("203.0.113.1")))
                .hasToString("127.0.0.1");
        assertThat(PROXIES.caller(null, List.of("203.0.113.1"))).isNull();
    }
}
