package dev.onsale.payment;

import com.google.type.Money;
import dev.onsale.proto.payment.v1.AuthorizeRequest;
import dev.onsale.proto.payment.v1.CaptureRequest;
import dev.onsale.proto.payment.v1.ForgetPayerRequest;
import dev.onsale.proto.payment.v1.ForgetPayerResponse;
import dev.onsale.proto.payment.v1.GetPaymentRequest;
import dev.onsale.proto.payment.v1.ListAttemptsRequest;
import dev.onsale.proto.payment.v1.Payment;
import dev.onsale.proto.payment.v1.PaymentServiceGrpc;
import dev.onsale.proto.payment.v1.PaymentServiceGrpc.PaymentServiceBlockingStub;
import dev.onsale.proto.payment.v1.RefundRequest;
import dev.onsale.proto.payment.v1.RefundResponse;
import dev.onsale.proto.payment.v1.VoidAuthorizationRequest;
import dev.onsale.runtime.auth.Role;
import dev.onsale.runtime.auth.TokenIssuer;
import dev.onsale.runtime.config.Config;
import dev.onsale.runtime.service.Running;
import dev.onsale.testkit.TestStores;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** A running payment adapter and a client of it. Amounts are EUR cents. */
final class PaymentFixture implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final TokenIssuer issuer;
    private final Running running;
    private final ManagedChannel channel;

    PaymentFixture(TestStores stores, Path folder, Map<String, String> settings) throws Exception {
        issuer = TokenIssuer.open(folder.resolve("issuer"));
        Map<String, String> values = new HashMap<>(Map.of(
                "payment.port",
                "0",
                "payment.management-port",
                "0",
                "payment.http-port",
                "0",
                "rpc.instances",
                "1",
                "sql.acquire-timeout",
                "10s",
                "payment.simulator.ledger",
                folder.resolve("ledger.jsonl").toString(),
                "auth.jwks-file",
                issuer.jwksFile().toString(),
                "sql.url",
                stores.postgresUri().toString(),
                "sql.user",
                stores.postgres().app().user(),
                "sql.password",
                stores.postgres().app().password()));
        values.putAll(settings);
        running = PaymentMain.start(vertx, Config.of(values)).await(30, TimeUnit.SECONDS);
        channel = NettyChannelBuilder.forAddress("127.0.0.1", running.grpcPort())
                .usePlaintext()
                .build();
    }

    Vertx vertx() {
        return vertx;
    }

    int port() {
        return running.grpcPort();
    }

    PaymentServiceBlockingStub as(Role role) {
        Metadata headers = new Metadata();
        headers.put(
                Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER),
                "Bearer " + issuer.issue("tester", Set.of(role), Duration.ofMinutes(10)));
        return PaymentServiceGrpc.newBlockingStub(channel)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
                .withDeadlineAfter(20, TimeUnit.SECONDS);
    }

    Payment authorize(String requestId, UUID payment, String token, long cents) {
        return as(Role.SERVICE)
                .authorize(AuthorizeRequest.newBuilder()
                        .setRequestId(requestId)
                        .setPaymentId(payment.toString())
                        .setBookingId(payment.toString())
                        .setAmount(euros(cents))
                        .setPaymentToken(token)
                        .build())
                .getPayment();
    }

    Payment authorize(UUID payment, String token) {
        return authorize("authorize-" + payment, payment, token, 1234);
    }

    ForgetPayerResponse forgetPayer(UUID... ids) {
        ForgetPayerRequest.Builder request = ForgetPayerRequest.newBuilder();
        for (UUID each : ids) {
            request.addPaymentIds(each.toString());
        }
        return as(Role.SERVICE).forgetPayer(request.build());
    }

    Payment capture(String requestId, UUID payment) {
        return as(Role.SERVICE)
                .capture(CaptureRequest.newBuilder()
                        .setRequestId(requestId)
                        .setPaymentId(payment.toString())
                        .build())
                .getPayment();
    }

    Payment voidAuthorization(String requestId, UUID payment) {
        return as(Role.SERVICE)
                .voidAuthorization(VoidAuthorizationRequest.newBuilder()
                        .setRequestId(requestId)
                        .setPaymentId(payment.toString())
                        .build())
                .getPayment();
    }

    Payment refund(String requestId, UUID payment, long cents) {
        RefundRequest.Builder request =
                RefundRequest.newBuilder().setRequestId(requestId).setPaymentId(payment.toString());
        if (cents > 0) {
            request.setAmount(euros(cents));
        }
        return as(Role.SERVICE).refund(request.build()).getPayment();
    }

    /** The whole answer to a refund of some cents. */
    RefundResponse refunding(String requestId, UUID payment, long cents) {
        return as(Role.SERVICE)
                .refund(RefundRequest.newBuilder()
                        .setRequestId(requestId)
                        .setPaymentId(payment.toString())
                        .setAmount(euros(cents))
                        .build());
    }

    Payment get(UUID payment) {
        return as(Role.SUPPORT)
                .getPayment(GetPaymentRequest.newBuilder()
                        .setPaymentId(payment.toString())
                        .build())
                .getPayment();
    }

    /** Each attempt as {@code verb outcome}. */
    List<String> attempts(UUID payment) {
        return as(Role.SUPPORT)
                .listAttempts(ListAttemptsRequest.newBuilder()
                        .setPaymentId(payment.toString())
                        .build())
                .getAttemptsList()
                .stream()
                .map(attempt -> attempt.getVerb() + " " + attempt.getOutcome())
                .toList();
    }

    /** The simulator's ledger, as anybody can read it. */
    List<String> ledger() throws IOException, InterruptedException {
        return page("/simulator/ledger").lines().toList();
    }

    String page(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + running.port("management") + path))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        }
    }

    /** Where webhooks are posted to. */
    URI webhooks(String provider) {
        return URI.create("http://127.0.0.1:" + running.port("http") + "/webhooks/" + provider);
    }

    static Money euros(long cents) {
        return Money.newBuilder()
                .setCurrencyCode("EUR")
                .setUnits(cents / 100)
                .setNanos((int) (cents % 100) * 10_000_000)
                .build();
    }

    /** The webhooks that were taken of a payment, by type, in the order of taking. */
    static List<String> webhooksTaken(TestStores stores, UUID payment) throws SQLException {
        return texts(stores, "SELECT type FROM payment.webhooks WHERE payment_id = ? ORDER BY received_at", payment);
    }

    /** How a payment stands in the table; nobody is asked. */
    static String standing(TestStores stores, UUID payment) throws SQLException {
        return texts(stores, "SELECT standing FROM payment.payments WHERE id = ?", payment)
                .getFirst();
    }

    /** Whether all but the last few seconds were compared with the provider. */
    static boolean swept(TestStores stores) throws SQLException {
        return texts(
                                stores,
                                "SELECT 1 FROM payment.sweeps WHERE swept_until > now() - interval '10 s' AND ? IS NOT NULL",
                                new UUID(0, 0))
                        .size()
                == 1;
    }

    private static List<String> texts(TestStores stores, String query, UUID payment) throws SQLException {
        try (Connection connection = stores.connect(stores.postgres().owner());
                PreparedStatement sql = connection.prepareStatement(query)) {
            sql.setObject(1, payment);
            List<String> found = new ArrayList<>();
            try (ResultSet rows = sql.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
            }
            return found;
        }
    }

    /** Ends it, and whatever is under way. */
    @Override
    public void close() {
        channel.shutdownNow();
        running.stop().compose(stopped -> vertx.close()).await();
    }
}
