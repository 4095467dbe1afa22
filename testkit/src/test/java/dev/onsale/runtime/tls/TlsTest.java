package dev.onsale.runtime.tls;

import static dev.onsale.runtime.tls.TlsServer.await;
import static dev.onsale.runtime.tls.TlsServer.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.runtime.config.ConfigFault;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.rpc.RpcClient;
import dev.onsale.testkit.TestAuthority;
import dev.onsale.testkit.TestAuthority.Issued;
import io.vertx.core.Future;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers and clients over TLS: who believes whom, what is spoken, how certificates are renewed, what does not start. */
class TlsTest {

    @TempDir
    Path folder;

    private TestAuthority authority;
    private TestAuthority stranger;

    @BeforeEach
    void authorities() {
        authority = new TestAuthority(folder, "ours");
        stranger = new TestAuthority(folder, "stranger");
    }

    private static Map<String, String> server(Issued shown) {
        return Map.of(
                "rpc.tls",
                "always",
                "tls.certificate-file",
                shown.certificate().toString(),
                "tls.key-file",
                shown.key().toString());
    }

    private Map<String, String> believing(TestAuthority whom) {
        return Map.of("test.tls", "always", "tls.ca-file", whom.file().toString());
    }

    private static Map<String, String> with(Map<String, String> settings, String... more) {
        var all = new HashMap<>(settings);
        for (int i = 0; i < more.length; i += 2) {
            all.put(more[i], more[i + 1]);
        }
        return all;
    }

    private static Map<String, String> showing(Map<String, String> settings, Issued shown) {
        return with(
                settings,
                "tls.client-certificate-file",
                shown.certificate().toString(),
                "tls.client-key-file",
                shown.key().toString());
    }

    private static ErrorReason reason(RpcClient client) {
        var failure = await(call(client).transform(done -> Future.succeededFuture(done.cause())));
        return failure instanceof Refusal refusal ? refusal.reason() : ErrorReason.ERROR_REASON_UNSPECIFIED;
    }

    private SSLSocket connect(int port) throws IOException {
        var socket = (SSLSocket)
                Authority.context(authority.file()).getSocketFactory().createSocket("127.0.0.1", port);
        socket.setSoTimeout(10_000);
        return socket;
    }

    private X509Certificate shownBy(int port) throws IOException {
        try (var socket = connect(port)) {
            socket.startHandshake();
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }

    private static String metrics(TlsServer server) throws IOException {
        var page = URI.create("http://127.0.0.1:" + server.running.port("management") + "/metrics");
        try (var client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Test
    void callsAnotherServiceOverTls() {
        try (var server = new TlsServer(folder, server(authority.issue("server", "localhost")))) {
            var answer = await(call(server.client("localhost", believing(authority))));

            assertThat(answer.getHold().getHoldId()).startsWith("aaa");
        }
    }

    @Test
    void answersNobodyInPlaintext() {
        try (var server = new TlsServer(folder, server(authority.issue("server", "localhost")))) {
            assertThat(reason(server.client("localhost", Map.of("test.tls", "never"))))
                    .isEqualTo(ErrorReason.ERROR_REASON_DEPENDENCY_UNAVAILABLE);
        }
    }

    @Test
    void believesNoStrangerAndNoOtherHost() {
        try (var byAStranger = new TlsServer(folder, server(stranger.issue("strange", "localhost")));
                var otherHost = new TlsServer(folder, server(authority.issue("other", "other.example")))) {
            assertThat(reason(byAStranger.client("localhost", believing(authority))))
                    .isEqualTo(ErrorReason.ERROR_REASON_DEPENDENCY_UNAVAILABLE);
            assertThat(reason(otherHost.client("localhost", believing(authority))))
                    .isEqualTo(ErrorReason.ERROR_REASON_DEPENDENCY_UNAVAILABLE);
        }
    }

    @Test
    void believesOnlyTheJdkWithoutAnAuthority() {
        try (var server = new TlsServer(folder, server(authority.issue("server", "localhost")))) {
            assertThat(reason(server.client("localhost", Map.of("test.tls", "always"))))
                    .isEqualTo(ErrorReason.ERROR_REASON_DEPENDENCY_UNAVAILABLE);
        }
    }

    @Test
    void asksEveryCallerForACertificateOfTheRightAuthority() {
        var required = with(
                server(authority.issue("server", "localhost")),
                "rpc.client-auth",
                "required",
                "tls.client-ca-file",
                authority.file().toString());
        try (var server = new TlsServer(folder, required)) {
            var believing = believing(authority);

            assertThat(await(call(server.client(
                            "localhost", showing(believing, authority.issue("caller", "caller.example"))))))
                    .isNotNull();
            assertThat(reason(server.client("localhost", believing)))
                    .isEqualTo(ErrorReason.ERROR_REASON_DEPENDENCY_UNAVAILABLE);
            assertThat(reason(
                            server.client("localhost", showing(believing, stranger.issue("forged", "caller.example")))))
                    .isEqualTo(ErrorReason.ERROR_REASON_DEPENDENCY_UNAVAILABLE);
        }
    }

    @Test
    void whereOneIsOnlyRequestedNoneWillDoButAForgedOneWont() {
        var requested = with(
                server(authority.issue("server", "localhost")),
                "rpc.client-auth",
                "request",
                "tls.client-ca-file",
                authority.file().toString());
        try (var server = new TlsServer(folder, requested)) {
            var believing = believing(authority);

            assertThat(await(call(server.client("localhost", believing)))).isNotNull();
            assertThat(reason(
                            server.client("localhost", showing(believing, stranger.issue("forged", "caller.example")))))
                    .isEqualTo(ErrorReason.ERROR_REASON_DEPENDENCY_UNAVAILABLE);
        }
    }

    @Test
    void speaksHttp2WithNewCiphersOnly() throws IOException {
        try (var server = new TlsServer(folder, server(authority.issue("server", "127.0.0.1")))) {
            for (var version : TlsConfig.VERSIONS) {
                try (var socket = connect(server.port())) {
                    var parameters = socket.getSSLParameters();
                    parameters.setProtocols(new String[] {version});
                    parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
                    socket.setSSLParameters(parameters);

                    socket.startHandshake();

                    assertThat(socket.getApplicationProtocol()).isEqualTo("h2");
                    assertThat(TlsConfig.CIPHERS).contains(socket.getSession().getCipherSuite());
                }
            }
            try (var socket = connect(server.port())) {
                socket.setEnabledProtocols(new String[] {"TLSv1.2"});
                socket.setEnabledCipherSuites(new String[] {"TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256"});

                assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLHandshakeException.class);
            }
        }
    }

    @Test
    void refusesOldVersions() throws Exception {
        try (var server = new TlsServer(folder, server(authority.issue("server", "127.0.0.1")))) {
            for (var old : new String[] {"-tls1", "-tls1_1"}) {
                var openssl = new ProcessBuilder(
                                "openssl",
                                "s_client",
                                "-connect",
                                "127.0.0.1:" + server.port(),
                                old,
                                "-cipher",
                                "ALL:@SECLEVEL=0")
                        .redirectErrorStream(true)
                        .start();
                openssl.getOutputStream().close();
                var said = new String(openssl.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);

                assertThat(said).as(old).contains("alert protocol version", "Cipher is (NONE)");
                assertThat(openssl.waitFor()).as(old).isNotZero();
            }
        }
    }

    @Test
    void renewsItsCertificateWhileItRuns() throws IOException {
        var first = authority.issue("server", "127.0.0.1", Duration.ofHours(1));
        try (var server = new TlsServer(folder, server(first))) {
            var before = shownBy(server.port());
            var open = server.client("127.0.0.1", believing(authority));
            await(call(open));

            var next = authority.issue("server", "127.0.0.1", Duration.ofDays(30));

            Awaitility.await().ignoreExceptionsInstanceOf(SSLException.class).untilAsserted(() -> {
                assertThat(shownBy(server.port())).isNotEqualTo(before);
                assertThat(metrics(server))
                        .contains("onsale_tls_reloads_total{files=\"server\",outcome=\"renewed\",service=\"test\"} ");
            });
            assertThat(shownBy(server.port()).getNotAfter().toInstant()).isEqualTo(next.notAfter());
            await(call(open)); // The connection that was open lives on.
            assertThat(expiry(metrics(server))).isEqualTo(next.notAfter().getEpochSecond());
        }
    }

    private static long expiry(String metrics) {
        var line = metrics.lines()
                .filter(l -> l.startsWith("onsale_tls_certificate_not_after_seconds{certificate=\"server\""))
                .findFirst()
                .orElseThrow();
        return (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
    }

    @Test
    void keepsTheOldCertificateIfTheNewOneCantBeUsed() throws IOException {
        var first = authority.issue("server", "127.0.0.1");
        try (var server = new TlsServer(folder, server(first))) {
            var before = shownBy(server.port());
            double refused = 0;
            for (var bad : new Bad[] {
                () -> Files.writeString(first.certificate(), "not a certificate"),
                () -> Files.move(
                        authority
                                .issue("ended", "127.0.0.1", Duration.ofMinutes(-5))
                                .certificate(),
                        first.certificate(),
                        StandardCopyOption.REPLACE_EXISTING),
                () -> Files.move(
                        authority.issue("another", "127.0.0.1").certificate(), // Its key does not come with it.
                        first.certificate(),
                        StandardCopyOption.REPLACE_EXISTING),
                () -> Files.delete(first.certificate()),
            }) {
                double so = refused;
                bad.happens();
                Awaitility.await()
                        .untilAsserted(() -> assertThat(refused(server)).isGreaterThan(so));
                refused = refused(server);

                assertThat(shownBy(server.port())).isEqualTo(before);
            }
        }
    }

    @FunctionalInterface
    private interface Bad {
        void happens() throws IOException;
    }

    private static double refused(TlsServer server) throws IOException {
        return metrics(server)
                .lines()
                .filter(l -> l.startsWith("onsale_tls_reloads_total{files=\"server\",outcome=\"refused\""))
                .mapToDouble(l -> Double.parseDouble(l.substring(l.lastIndexOf(' ') + 1)))
                .sum();
    }

    @Test
    void takesAnotherAuthorityWhileItRuns() throws IOException {
        var callers = Files.copy(stranger.file(), folder.resolve("callers.pem"));
        var required = with(
                server(authority.issue("server", "localhost")),
                "rpc.client-auth",
                "required",
                "tls.client-ca-file",
                callers.toString());
        try (var server = new TlsServer(folder, required)) {
            var caller = showing(believing(authority), authority.issue("caller", "caller.example"));
            assertThat(reason(server.client("localhost", caller)))
                    .isEqualTo(ErrorReason.ERROR_REASON_DEPENDENCY_UNAVAILABLE);

            Files.copy(authority.file(), callers, StandardCopyOption.REPLACE_EXISTING);

            Awaitility.await()
                    .untilAsserted(() -> assertThat(reason(server.client("localhost", caller)))
                            .isEqualTo(ErrorReason.ERROR_REASON_UNSPECIFIED));
        }
    }

    private void doesNotStart(Map<String, String> settings, String... saying) {
        assertThatThrownBy(() -> new TlsServer(folder, settings).close())
                .isInstanceOf(ConfigFault.class)
                .hasMessageContainingAll(saying);
    }

    /** What a service on a network must have set beside its TLS. */
    private static Map<String, String> production(Map<String, String> settings) {
        return with(settings, "rpc.host", "0.0.0.0", "auth.issuer", "https://issuer.example");
    }

    @Test
    void doesNotStartInPlaintextOnANetwork() {
        doesNotStart(production(Map.of()), "rpc.host: 0.0.0.0", "tls.certificate-file", "rpc.tls=edge");
        doesNotStart(
                with(production(Map.of()), "rpc.host", "localhost", "management.host", "10.0.0.1"), "management.host");
        doesNotStart(Map.of("rpc.tls", "always"), "rpc.tls: always", "tls.certificate-file");
    }

    @Test
    void startsInPlaintextOnANetworkIfTlsEndsInFront() {
        try (var server = new TlsServer(folder, with(production(Map.of()), "rpc.tls", "edge"))) {
            assertThat(await(call(server.client("127.0.0.1", Map.of())))).isNotNull();
        }
    }

    @Test
    void startsOnANetworkWithACertificate() {
        var settings = with(production(server(authority.issue("server", "localhost"))), "rpc.tls", "auto");
        try (var server = new TlsServer(folder, settings)) {
            assertThat(await(call(server.client("localhost", believing(authority)))))
                    .isNotNull();
        }
    }

    @Test
    void doesNotStartWithFilesThatCantBeUsed() throws IOException {
        var good = authority.issue("server", "localhost");
        var ended = authority.issue("ended", "localhost", Duration.ofMinutes(-5));
        var other = authority.issue("other", "localhost");
        var pkcs1 = Files.writeString(folder.resolve("old.pem"), "-----BEGIN EC PRIVATE KEY-----\n");

        doesNotStart(server(ended), "tls.certificate-file", "has ended");
        doesNotStart(with(server(good), "tls.key-file", other.key().toString()), "is not that of the certificate");
        doesNotStart(with(server(good), "tls.key-file", pkcs1.toString()), "openssl pkcs8");
        doesNotStart(
                with(
                        server(good),
                        "tls.certificate-file",
                        folder.resolve("none").toString()),
                "can't read");
        doesNotStart(Map.of("tls.certificate-file", good.certificate().toString()), "tls.key-file: not set");
        doesNotStart(
                with(server(good), "rpc.client-auth", "required"), "rpc.client-auth: required", "tls.client-ca-file");
        doesNotStart(Map.of("redis.ca-file", good.key().toString(), "rpc.client-auth", "request"), "rpc.client-auth");
    }
}
