package dev.onsale.payment;

import static dev.onsale.proto.payment.v1.PaymentState.PAYMENT_STATE_CAPTURED;
import static dev.onsale.proto.payment.v1.PaymentState.PAYMENT_STATE_REFUNDED;
import static dev.onsale.proto.payment.v1.PaymentState.PAYMENT_STATE_UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.onsale.embedded.StoreKind;
import dev.onsale.testkit.TestStores;
import io.grpc.StatusRuntimeException;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The adapter stopped and started in the middle of things; afterwards its table and the ledger say the same. */
class PaymentRestartIT {
    @RegisterExtension
    static final TestStores STORES = TestStores.with(StoreKind.POSTGRES)
            .migrated(
                    "payment",
                    (jdbcUrl, owner) -> PaymentSchema.migrations(jdbcUrl, owner.user(), owner.password())
                            .run());

    private static final Map<String, String> QUICK = Map.of(
            "service.drain", "0s",
            "payment.provider.answer-timeout", "300ms",
            "payment.provider.circuit-minimum-calls", "100000",
            "payment.retry.budget", "600ms",
            "payment.reconcile.every", "100ms",
            "payment.reconcile.ask-after", "700ms",
            "payment.reconcile.first-pause", "200ms",
            "payment.reconcile.close-after", "6s");

    private static final List<String> TOKENS = List.of(
            "tok_approve",
            "tok_approve",
            "tok_approve",
            "tok_decline",
            "tok_timeout",
            "tok_lost_answer",
            "tok_late_answer",
            "tok_error_500",
            "tok_sticky_500",
            "tok_capture_fails_twice",
            "tok_capture_lost_answer",
            "tok_refund_lost_answer");

    @TempDir
    Path folder;

    @Test
    void goesOnAfterARestartWithTheSameRequest() throws Exception {
        UUID id = UUID.randomUUID();
        try (PaymentFixture before = new PaymentFixture(STORES, folder, QUICK)) {
            assertThat(before.authorize(id, "tok_late_answer").getState()).isEqualTo(PAYMENT_STATE_UNKNOWN);
        } // The late authorization dies with the process.
        try (PaymentFixture after = new PaymentFixture(STORES, folder, QUICK)) {
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> after.authorize(id, "tok_late_answer").getState() != PAYMENT_STATE_UNKNOWN);
            assertThat(after.capture("c-" + id, id).getState()).isEqualTo(PAYMENT_STATE_CAPTURED);
            assertThat(after.refund("r-" + id, id, 0).getState()).isEqualTo(PAYMENT_STATE_REFUNDED);
        }
    }

    @Test
    void ledgerAndTableAgreeAfterManyPaymentsAndRestarts() throws Exception {
        long seed = 20261123;
        Random random = new Random(seed);
        for (int round = 0; round < 3; round++) {
            PaymentFixture payments = new PaymentFixture(STORES, folder, QUICK);
            try (ExecutorService buyers = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < 150; i++) {
                    UUID id = UUID.randomUUID();
                    String token = TOKENS.get(random.nextInt(TOKENS.size()));
                    int end = random.nextInt(4);
                    buyers.submit(() -> buy(payments, id, token, end));
                }
                int enough = payments.ledger().size() + 60;
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> payments.ledger().size() > enough);
                payments.close();
            }
        }
        try (PaymentFixture payments = new PaymentFixture(STORES, folder, QUICK)) {
            await().atMost(Duration.ofSeconds(60)).until(() -> openPayments() == 0);
            assertThat(table()).describedAs("seed " + seed).isEqualTo(byLedger(payments.ledger()));
            assertThat(table()).hasSizeGreaterThan(100);
        }
    }

    private static void buy(PaymentFixture payments, UUID id, String token, int end) {
        try {
            payments.authorize(id, token);
            if (end == 0) {
                payments.voidAuthorization("v-" + id, id);
                return;
            }
            payments.capture("c-" + id, id);
            if (end == 1) {
                payments.refund("r-" + id, id, 234);
            }
            if (end <= 2) {
                payments.refund("s-" + id, id, 0);
            }
        } catch (StatusRuntimeException stopped) {
            // Refused by its state, or cut off by the restart: what counts is what is left behind.
        }
    }

    private static long openPayments() throws Exception {
        try (Connection connection = STORES.connect(STORES.postgres().owner());
                Statement sql = connection.createStatement();
                ResultSet rows =
                        sql.executeQuery("SELECT count(*) FROM payment.payments WHERE open_movement IS NOT NULL")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** Payment to {@code reserved captured refunded}, by our table; payments without any effect are left out. */
    private static Map<String, String> table() throws Exception {
        Map<String, String> found = new TreeMap<>();
        try (Connection connection = STORES.connect(STORES.postgres().owner());
                Statement sql = connection.createStatement();
                ResultSet rows =
                        sql.executeQuery("SELECT id, standing, amount, captured, refunded FROM payment.payments")) {
            while (rows.next()) {
                long reserved = rows.getString(2).equals("authorized") ? rows.getLong(3) : 0;
                found.put(rows.getString(1), reserved + " " + rows.getLong(4) + " " + rows.getLong(5));
            }
        }
        found.values().removeIf("0 0 0"::equals);
        return found;
    }

    private static Map<String, String> byLedger(List<String> lines) {
        Map<String, long[]> money = new HashMap<>();
        for (String text : lines) {
            JsonObject line = new JsonObject(text);
            if (!line.getString("outcome").equals("approved")) {
                continue;
            }
            long amount = line.getLong("amount");
            long[] sums = money.computeIfAbsent(line.getString("payment"), id -> new long[3]);
            switch (line.getString("verb")) {
                case "authorize" -> sums[0] += amount;
                case "capture" -> {
                    sums[0] -= amount;
                    sums[1] += amount;
                }
                case "void" -> sums[0] = 0;
                default -> sums[2] += amount;
            }
        }
        Map<String, String> found = new TreeMap<>();
        money.forEach((id, sums) -> found.put(id, sums[0] + " " + sums[1] + " " + sums[2]));
        found.values().removeIf("0 0 0"::equals);
        return found;
    }
}
