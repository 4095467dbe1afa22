package dev.onsale.command.partner;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where webhooks may lead, and all the ways into our own house that they may not. */
final class WebhookAddressTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://93.184.215.14/hook",
                "https://93.184.215.14:8443/hook?a=b",
                "https://[2606:4700:4700::1111]/",
                "https://1.1.1.1",
                "https://172.32.0.1/", // the first behind the private ones
                "https://100.128.0.1/",
                "https://11.0.0.1/",
                "https://223.255.255.255/"
            })
    void leadsToPublicAddresses(String url) {
        assertThat(resolved(url, false)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://93.184.215.14/",
                "ftp://93.184.215.14/",
                "file:///etc/passwd",
                "gopher://93.184.215.14/",
                "https:///path",
                "https://user:password@93.184.215.14/",
                "https://93.184.215.14@127.0.0.1/",
                "https://93.184.215.14/#fragment",
                "https://93.184.215.14:0/",
                "https://93.184.215.14:70000/",
                "https://exa mple.com/",
                "https://93.184.215.14/\r\nx: y",
                "//93.184.215.14/",
                "93.184.215.14",
                "https://",
                "https://ex_ample.com/"
            })
    void isNotFoundInOtherTexts(String url) {
        assertThat(WebhookAddress.parse(url, false)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.0.0.1/",
                "https://127.1/",
                "https://127.255.255.254/",
                "https://2130706433/",
                "https://0/",
                "https://0.0.0.0/",
                "https://localhost/",
                "https://localhost./",
                "https://10.0.0.1/",
                "https://172.16.0.1/",
                "https://172.31.255.255/",
                "https://192.168.1.1/",
                "https://169.254.169.254/latest/meta-data/",
                "https://100.64.0.1/",
                "https://100.100.100.200/",
                "https://192.0.0.192/",
                "https://192.0.2.1/",
                "https://198.18.0.1/",
                "https://198.19.255.255/",
                "https://198.51.100.7/",
                "https://203.0.113.9/",
                "https://224.0.0.1/",
                "https://255.255.255.255/",
                "https://240.0.0.1/",
                "https://[::]/",
                "https://[::1]/",
                "https://[::ffff:127.0.0.1]/",
                "https://[::ffff:169.254.169.254]/",
                "https://[::127.0.0.1]/",
                "https://[64:ff9b::7f00:1]/",
                "https://[64:ff9b:1::1]/",
                "https://[100::1]/",
                "https://[2001::1]/",
                "https://[2001:db8::1]/",
                "https://[2002:7f00:1::]/",
                "https://[3fff::1]/",
                "https://[fc00::1]/",
                "https://[fd00:ec2::254]/",
                "https://[fe80::1]/",
                "https://[fec0::1]/",
                "https://[ff02::1]/"
            })
    void doesNotLeadIntoOurHouse(String url) {
        assertThat(resolved(url, false)).isEmpty();
    }

    /** One private address among public ones is enough: which one a client takes is anybody's guess. */
    @Test
    void refusesANameWithAPrivateAddressAmongPublicOnes() throws UnknownHostException {
        WebhookAddress address =
                WebhookAddress.parse("https://partner.example/", false).orElseThrow();
        InetAddress open = InetAddress.getByName("93.184.215.14");
        InetAddress inside = InetAddress.getByName("10.1.2.3");

        assertThat(address.resolve(host -> new InetAddress[] {open}, false)).contains(open);
        assertThat(address.resolve(host -> new InetAddress[] {open, inside}, false))
                .isEmpty();
        assertThat(address.resolve(host -> new InetAddress[0], false)).isEmpty();
    }

    @Test
    void leadsToPlainLoopbackInDevelopmentAlone() {
        assertThat(resolved("http://127.0.0.1:9999/hook", true)).isPresent();
        assertThat(resolved("http://localhost:9999/hook", true)).isPresent();
        assertThat(WebhookAddress.parse("http://127.0.0.1:9999/hook", false)).isEmpty();
        assertThat(WebhookAddress.parse("http://93.184.215.14/hook", true)).isEmpty();
        assertThat(resolved("https://10.0.0.1/", true)).isEmpty();
    }

    private static Optional<InetAddress> resolved(String url, boolean development) {
        return WebhookAddress.parse(url, development)
                .flatMap(address -> address.resolve(WebhookAddress.Names.SYSTEM, development));
    }
}
