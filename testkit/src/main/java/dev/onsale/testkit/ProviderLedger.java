package dev.onsale.testkit;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What the payment simulator's own ledger says, payment by payment: the ground truth of an audit, because it is the only
 * account of the money that we don't write.
 *
 * @param payments standing of each payment the provider decided anything about
 */
public record ProviderLedger(Map<UUID, Standing> payments) {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    /**
     * One payment, in minor units.
     *
     * @param bookingId the booking it was authorized for; empty if it never was
     * @param authorized amount reserved
     * @param captured amount taken
     * @param refunded amount given back
     * @param captures how many captures took effect
     * @param voided the reserved amount was let go
     */
    public record Standing(
            String bookingId, long authorized, long captured, long refunded, int captures, boolean voided) {
        private static final Standing NONE = new Standing("", 0, 0, 0, 0, false);

        /** What the buyer is short of. */
        public long taken() {
            return captured - refunded;
        }

        /** Money is reserved that was neither taken nor let go. */
        public boolean dangling() {
            return authorized > 0 && captures == 0 && !voided;
        }

        private Standing with(JsonObject line) {
            long amount = line.getLong("amount");
            return switch (line.getString("verb")) {
                case "authorize" ->
                    new Standing(line.getString("booking"), authorized + amount, captured, refunded, captures, voided);
                case "capture" ->
                    new Standing(bookingId, authorized, captured + amount, refunded, captures + 1, voided);
                case "refund" -> new Standing(bookingId, authorized, captured, refunded + amount, captures, voided);
                case "void" -> new Standing(bookingId, authorized, captured, refunded, captures, true);
                default -> throw new IllegalArgumentException("No such verb: " + line);
            };
        }
    }

    /** Reads the lines of a ledger. */
    public static ProviderLedger of(Stream<String> lines) {
        Map<UUID, Standing> payments = new HashMap<>();
        lines.filter(line -> !line.isBlank()).map(JsonObject::new).forEach(line -> {
            if (line.getString("outcome").equals("approved")) {
                UUID payment = UUID.fromString(line.getString("payment"));
                payments.put(
                        payment, payments.getOrDefault(payment, Standing.NONE).with(line));
            }
        });
        return new ProviderLedger(Map.copyOf(payments));
    }

    /** Reads the ledger of a running simulator, e.g. {@code http://127.0.0.1:9004/simulator/ledger}. */
    public static ProviderLedger fetch(URI uri) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(uri).timeout(TIMEOUT).build();
            HttpResponse<Stream<String>> response = client.send(request, HttpResponse.BodyHandlers.ofLines());
            if (response.statusCode() != 200) {
                throw new IOException("No ledger at " + uri + ", status " + response.statusCode());
            }
            return of(response.body());
        }
    }
}
