package dev.onsale.payment;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.onsale.payment.provider.WebhookSignature;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** Sends webhooks as the simulator would, and as it never would. */
final class WebhookSender implements AutoCloseable {
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI to;

    private final String header;

    WebhookSender(URI to) {
        this(to, "Simulator-Signature");
    }

    WebhookSender(URI to, String header) {
        this.to = to;
        this.header = header;
    }

    String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), to.getPort())) {
            socket.setSoTimeout(15_000);
            socket.getOutputStream().write(request.getBytes(UTF_8));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }

    HttpRequest large(BodyPublisher body) {
        return HttpRequest.newBuilder(to).POST(body).build();
    }

    static BodyPublisher chunked(byte[] body) {
        return BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body));
    }

    static String authorized(String webhook, UUID payment) {
        return body(webhook, payment, "authorized", 1234, "EUR", 0, 0);
    }

    static String body(
            String webhook, UUID payment, String standing, long amount, String currency, long captured, long refunded) {
        return new JsonObject()
                .put("id", webhook)
                .put("type", "payment.x")
                .put(
                        "data",
                        new JsonObject()
                                .put("payment", payment.toString())
                                .put("standing", standing)
                                .put("amount", amount)
                                .put("currency", currency)
                                .put("captured", captured)
                                .put("refunded", refunded)
                                .put("reference", "sim_x")
                                .put("decline_code", ""))
                .encode();
    }

    int post(String body) throws Exception {
        return send(request(body, sign(body, "new-secret", Instant.now())));
    }

    HttpRequest request(String body, String signature) {
        return HttpRequest.newBuilder(to)
                .header(header, signature)
                .timeout(Duration.ofSeconds(20))
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    int send(HttpRequest request) throws Exception {
        return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    static String sign(String body, String secret, Instant at) {
        return new WebhookSignature(List.of(secret), Duration.ofMinutes(5)).sign(body.getBytes(UTF_8), at);
    }

    CompletableFuture<Integer> sendLater(HttpRequest request) {
        return http.sendAsync(request, HttpResponse.BodyHandlers.discarding()).thenApply(HttpResponse::statusCode);
    }

    @Override
    public void close() {
        http.close();
    }
}
