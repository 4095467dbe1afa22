package dev.onsale.command.partner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.onsale.command.CommandServer;
import dev.onsale.runtime.auth.SigningKey;
import dev.onsale.runtime.sql.Database;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.PfxOptions;
import io.vertx.sqlclient.Tuple;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Deliveries to receivers that behave, and to those that do not. */
final class WebhookDispatcherIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @RegisterExtension
    static final CommandServer server =
            CommandServer.on(CommandServer.stores()).with("partner.webhooks.deliver", "false");

    @TempDir
    Path folder;

    private final SigningKey key = SigningKey.generateEd25519();
    private final List<WebhookDispatcher> dispatchers = new ArrayList<>();
    private final List<Receiver> receivers = new ArrayList<>();
    private UUID partner = new UUID(0, 0);
    private Database database;

    @BeforeEach
    void connect() throws TimeoutException {
        server.execute("DELETE FROM partner_webhooks"); // Those of other tests would be delivered too.
        database = done(server.database());
        partner = partner();
    }

    @AfterEach
    void close() throws TimeoutException {
        for (WebhookDispatcher dispatcher : dispatchers) {
            done(dispatcher.stop());
        }
        for (Receiver receiver : receivers) {
            receiver.close();
        }
        done(database.close());
    }

    @Test
    void deliversEachChangeSignedByBothWays() throws Exception {
        Receiver receiver = receiver();
        webhook(partner, receiver.url(), "whsec_old");
        UUID booking = change("pending");
        start(config());

        await().atMost(PATIENCE).until(() -> receiver.got().size() == 1);

        Receiver.Got got = receiver.got().getFirst();
        assertThat(got.booking()).isEqualTo(booking.toString());
        long now = Instant.now().getEpochSecond();
        assertThat(Proofs.verifyWebhook("whsec_old", got.signature(), got.body(), now))
                .isTrue();
        assertThat(Proofs.verifyWebhook("whsec_other", got.signature(), got.body(), now))
                .isFalse();
        assertThat(Proofs.verifyWebhook(
                        "whsec_old",
                        got.signature(),
                        Buffer.buffer(got.body()).appendString(" ").getBytes(),
                        now))
                .isFalse();
        assertThat(Proofs.verifyWebhook("whsec_old", got.signature(), got.body(), now + 302))
                .isFalse();
        assertThat(Proofs.verifyChange(
                        key.jwks(),
                        new String(got.body(), java.nio.charset.StandardCharsets.UTF_8),
                        got.headers().get(WebhookDelivery.JWS)))
                .isTrue();
        await().atMost(PATIENCE).until(() -> waiting() == 0);
    }

    /** Nothing of a booking before what came before it, though its receiver fails half of the time. Others overtake. */
    @Test
    void keepsEachBookingsOrderWhileOthersGoOn() throws TimeoutException {
        Receiver receiver = receiver();
        webhook(partner, receiver.url(), "whsec_x");
        List<UUID> bookings = List.of(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID());
        UUID stubborn = bookings.getFirst();
        AtomicInteger calls = new AtomicInteger();
        receiver.answers((request, got) -> {
            boolean refuses = got.booking().equals(stubborn.toString()) ? calls.get() < 60 : calls.get() % 2 == 0;
            calls.incrementAndGet();
            receiver.end(request, refuses ? 503 : 204);
        });
        for (int i = 0; i < 12; i++) {
            for (UUID booking : bookings) {
                change(booking, "s" + (100 + i));
            }
        }
        start(config());
        start(config());

        await().atMost(PATIENCE).until(() -> delivered(receiver) == 48 && waiting() == 0);

        Map<String, String> last = new HashMap<>();
        for (Receiver.Got got : receiver.got()) {
            String before = last.getOrDefault(got.booking(), "");
            assertThat(got.state()).as("of booking %s", got.booking()).isGreaterThanOrEqualTo(before);
            last.put(got.booking(), got.state());
        }
        int firstOfStubborn = 0;
        for (int i = 0; i < receiver.got().size(); i++) {
            Receiver.Got got = receiver.got().get(i);
            if (got.booking().equals(stubborn.toString()) && got.state().equals("s101")) {
                firstOfStubborn = i;
                break;
            }
        }
        assertThat(receiver.got().subList(0, firstOfStubborn).stream()
                        .filter(got -> !got.booking().equals(stubborn.toString())))
                .hasSizeGreaterThan(20);
    }

    private static long delivered(Receiver receiver) {
        return receiver.got().stream().map(Receiver.Got::number).distinct().count();
    }

    @Test
    void sendsAgainUnderTheSameIdWhatACrashLeftBetweenPostAndMark() throws TimeoutException {
        Receiver receiver = receiver();
        webhook(partner, receiver.url(), "whsec_x");
        change("pending");
        AtomicInteger crashes = new AtomicInteger(1);
        start(config(), names(), () -> {
            if (crashes.getAndDecrement() > 0) {
                throw new IllegalStateException("crash");
            }
        });
        await().atMost(PATIENCE).until(() -> receiver.got().size() == 1);
        assertThat(waiting()).isEqualTo(1);

        server.execute("UPDATE partner_webhooks SET lease_until = now()"); // As if the lease had run out.

        await().atMost(PATIENCE).until(() -> waiting() == 0);
        assertThat(receiver.got()).hasSize(2);
        assertThat(receiver.got())
                .extracting(Receiver.Got::delivery)
                .containsOnly(receiver.got().getFirst().delivery());
    }

    /** A node that lost its webhook to another changes nothing, whatever it still has to say. */
    @Test
    void believesOnlyTheOwner() throws TimeoutException {
        Receiver receiver = receiver();
        webhook(partner, receiver.url(), "whsec_x");
        change("pending");
        WebhookStore store = new WebhookStore(database, config());
        WebhookStore.Claim old = store.claim("old", 1).getFirst();
        WebhookDelivery delivery = store.due(old).getFirst();
        assertThat(store.claim("too early", 1)).isEmpty();
        server.execute("UPDATE partner_webhooks SET lease_until = now()");
        WebhookStore.Claim next = store.claim("next", 1).getFirst();

        store.delivered(old, delivery);
        store.notDelivered(old, delivery, "late", Duration.ofHours(1));
        store.release(old);

        assertThat(store.renew(old)).isEmpty();
        assertThat(store.renew(next)).isPresent();
        assertThat(store.due(next)).extracting(WebhookDelivery::deliveryId).containsExactly(delivery.deliveryId());
    }

    @Test
    void triesAgainWhatHangsRedirectsOrAnswersWithoutEnd() throws TimeoutException {
        Receiver elsewhere = receiver();
        Receiver receiver = receiver();
        webhook(partner, receiver.url(), "whsec_x");
        AtomicInteger calls = new AtomicInteger();
        receiver.answers((request, got) -> {
            switch (calls.getAndIncrement()) {
                case 0 -> {} // Hangs.
                case 1 -> receiver.end(request, 500);
                case 2 ->
                    request.response()
                            .setStatusCode(307)
                            .putHeader("location", elsewhere.url())
                            .end();
                case 3 -> request.connection().close();
                case 4 -> {
                    request.response().setStatusCode(200).setChunked(true);
                    flood(request.response());
                }
                default -> throw new AssertionError("delivered already");
            }
        });
        change("pending");
        start(config());

        await().atMost(PATIENCE).until(() -> calls.get() == 5 && waiting() == 0);

        assertThat(elsewhere.got()).isEmpty();
        assertThat(receiver.got())
                .extracting(Receiver.Got::delivery)
                .containsOnly(receiver.got().getFirst().delivery());
        assertThat(server.select("SELECT last_failure FROM partner_webhooks")).isEqualTo("no answer");
    }

    /** As much as the other side takes; a sender that read all of it would never be done. */
    private static void flood(io.vertx.core.http.HttpServerResponse response) {
        Buffer chunk = Buffer.buffer(new byte[64 * 1024]);
        response.drainHandler(drained -> flood(response));
        while (!response.closed() && !response.writeQueueFull()) {
            response.write(chunk);
        }
    }

    @Test
    void holdsUpNobodyElseForOneThatIsDead() throws TimeoutException {
        Receiver dead = receiver();
        Receiver alive = receiver();
        UUID other = partner();
        webhook(partner, dead.url(), "whsec_x");
        webhook(other, alive.url(), "whsec_y");
        dead.answers((request, got) -> {});
        for (int i = 0; i < 40; i++) {
            done(ChangeRows.insert(database.pool(), partner, UUID.randomUUID(), UUID.randomUUID(), "pending"));
            done(ChangeRows.insert(database.pool(), other, UUID.randomUUID(), UUID.randomUUID(), "pending"));
        }
        start(config());

        await().atMost(PATIENCE).until(() -> alive.got().size() == 40);

        assertThat(dead.got().size()).isLessThan(40);
        assertThat(dead.mostUnderWay()).isLessThanOrEqualTo(2 * config().atOnce());
    }

    @Test
    void givesUpAfterItsTimeAndGoesOnWithTheBooking() throws TimeoutException {
        Receiver receiver = receiver();
        webhook(partner, receiver.url(), "whsec_x");
        UUID booking = UUID.randomUUID();
        change(booking, "first");
        change(booking, "second");
        receiver.answers((request, got) -> receiver.end(request, got.state().equals("first") ? 500 : 200));
        start(config(true, Duration.ofMillis(400)));

        await().atMost(PATIENCE)
                .until(() -> receiver.got().stream().anyMatch(got -> got.state().equals("second")));

        await().atMost(PATIENCE).until(() -> waiting() == 0);
        assertThat(server.select("SELECT count(*) FROM webhook_deliveries WHERE parked"))
                .isEqualTo("1");
        assertThat(server.select("SELECT last_failure FROM partner_webhooks")).isEqualTo("status 500");
    }

    /** A name that was public when it was registered, and leads into our house a moment later. */
    @Test
    void doesNotFollowANameThatTurnsInwards() throws Exception {
        Receiver inside = receiver();
        webhook(partner, "https://partner.example:" + inside.port() + "/", "whsec_x");
        change("pending");
        InetAddress loopback = InetAddress.getLoopbackAddress();
        start(config(false, Duration.ofDays(3)), host -> new InetAddress[] {loopback}, () -> {});

        await().atMost(PATIENCE)
                .until(() -> server.select("SELECT last_failure FROM partner_webhooks")
                        .equals("address not public"));

        assertThat(inside.got()).isEmpty();
        assertThat(waiting()).isEqualTo(1);
    }

    /** The address is looked up once, checked, and connected to; the certificate must still be the name's. */
    @Test
    void connectsToTheAddressItCheckedAndWantsTheNamesCertificate() throws Exception {
        Path store = folder.resolve("keys.p12");
        Path certificate = folder.resolve("cert.pem");
        keytool(
                "-genkeypair",
                "-alias",
                "k",
                "-keyalg",
                "EC",
                "-dname",
                "CN=partner.example",
                "-ext",
                "san=dns:partner.example",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                "changeit");
        keytool(
                "-exportcert",
                "-rfc",
                "-alias",
                "k",
                "-keystore",
                store.toString(),
                "-storepass",
                "changeit",
                "-file",
                certificate.toString());
        Receiver receiver = Receiver.start(
                server.vertx(),
                new HttpServerOptions()
                        .setSsl(true)
                        .setKeyCertOptions(
                                new PfxOptions().setPath(store.toString()).setPassword("changeit")));
        receivers.add(receiver);
        HttpClientOptions trusting =
                new HttpClientOptions().setTrustOptions(new PemTrustOptions().addCertPath(certificate.toString()));
        WebhookSender sender = new WebhookSender(server.vertx(), trusting, Duration.ofSeconds(10));
        WebhookSender stranger = new WebhookSender(server.vertx(), new HttpClientOptions(), Duration.ofSeconds(10));
        InetAddress loopback = InetAddress.getLoopbackAddress();
        Buffer body = Buffer.buffer("{\"number\": 1}");
        WebhookAddress right = WebhookAddress.parse("https://partner.example:" + receiver.port() + "/hook", false)
                .orElseThrow();
        WebhookAddress wrong = WebhookAddress.parse("https://other.example:" + receiver.port() + "/hook", false)
                .orElseThrow();

        assertThat(done(sender.post(right, loopback, Map.of(), body))).isEmpty();
        assertThat(receiver.got().getFirst().headers().get("host")).isEqualTo("partner.example:" + receiver.port());
        assertThat(done(sender.post(wrong, loopback, Map.of(), body))).isEqualTo("no trusted TLS connection");
        assertThat(done(stranger.post(right, loopback, Map.of(), body))).isEqualTo("no trusted TLS connection");
        assertThat(receiver.got()).hasSize(1);
        done(sender.close());
        done(stranger.close());
    }

    private static void keytool(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        Path log = Files.createTempFile("keytool", ".log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(log)).isZero();
        Files.delete(log);
    }

    /** Both may look; one delivers. */
    @Test
    void deliversOnceThoughManyNodesLook() throws TimeoutException {
        Receiver receiver = receiver();
        webhook(partner, receiver.url(), "whsec_x");
        for (int i = 0; i < 3; i++) {
            start(config());
        }
        for (int i = 0; i < 60; i++) {
            change("pending");
        }

        await().atMost(PATIENCE).until(() -> delivered(receiver) == 60 && waiting() == 0);

        assertThat(receiver.got()).hasSize(60);
        assertThat(new HashSet<>(
                        receiver.got().stream().map(Receiver.Got::delivery).toList()))
                .hasSize(60);
        assertThat(receiver.mostUnderWay()).isLessThanOrEqualTo(config().atOnce());
    }

    private WebhookAddress.Names names() {
        return WebhookAddress.Names.SYSTEM;
    }

    private static WebhookConfig config() {
        return config(true, Duration.ofDays(3));
    }

    private static WebhookConfig config(boolean allowLoopback, Duration giveUpAfter) {
        return new WebhookConfig(
                true,
                allowLoopback,
                Duration.ofSeconds(1),
                Duration.ofMillis(20),
                Duration.ofMillis(100),
                giveUpAfter,
                4,
                Duration.ofSeconds(40),
                Duration.ofMillis(20));
    }

    private void start(WebhookConfig config) {
        start(config, names(), () -> {});
    }

    private void start(WebhookConfig config, WebhookAddress.Names names, Runnable afterSend) {
        dispatchers.add(new WebhookDispatcher(
                        new WebhookStore(database, config),
                        new WebhookSender(server.vertx(), new HttpClientOptions(), config.timeout()),
                        key,
                        config,
                        new SimpleMeterRegistry(),
                        new WebhookDispatcher.Hooks(names, afterSend))
                .start());
    }

    private Receiver receiver() throws TimeoutException {
        Receiver receiver = Receiver.start(server.vertx());
        receivers.add(receiver);
        return receiver;
    }

    private static UUID partner() {
        return new PartnerHands(server.operator(), server.anonymous()).partner();
    }

    private void webhook(UUID whose, String url, String secret) throws TimeoutException {
        done(database.pool()
                .preparedQuery(
                        "INSERT INTO partner_webhooks (partner_id, url, secret, last_number) VALUES ($1, $2, $3, 0)")
                .execute(Tuple.of(whose, url, secret)));
    }

    private UUID change(String state) throws TimeoutException {
        UUID booking = UUID.randomUUID();
        change(booking, state);
        return booking;
    }

    private void change(UUID booking, String state) throws TimeoutException {
        done(ChangeRows.insert(database.pool(), partner, UUID.randomUUID(), booking, state));
    }

    private static long waiting() {
        return Long.parseLong(server.select("SELECT count(*) FROM webhook_deliveries WHERE NOT parked"))
                + Long.parseLong(server.select("SELECT count(*) FROM partner_changes c JOIN partner_webhooks w"
                        + " ON w.partner_id = c.partner_id WHERE c.number IS NULL OR c.number > w.last_number"));
    }

    private static <T> T done(Future<T> future) throws TimeoutException {
        return future.await(30, TimeUnit.SECONDS);
    }
}
