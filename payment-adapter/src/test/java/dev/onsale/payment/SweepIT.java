package dev.onsale.payment;

import static dev.onsale.proto.payment.v1.PaymentState.PAYMENT_STATE_AUTHORIZED;
import static dev.onsale.proto.payment.v1.PaymentState.PAYMENT_STATE_CAPTURED;
import static dev.onsale.proto.payment.v1.PaymentState.PAYMENT_STATE_REFUNDED;
import static dev.onsale.proto.payment.v1.PaymentState.PAYMENT_STATE_VOIDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.onsale.embedded.StoreKind;
import dev.onsale.proto.payment.v1.PaymentState;
import dev.onsale.testkit.TestStores;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What our tables lost, or never had, is found by comparing with the provider; its ledger has the last word. */
class SweepIT {
    @RegisterExtension
    static final TestStores STORES = TestStores.with(StoreKind.POSTGRES)
            .migrated(
                    "payment",
                    (jdbcUrl, owner) -> PaymentSchema.migrations(jdbcUrl, owner.user(), owner.password())
                            .run());

    /** Payments two seconds old are compared, again and again as the tests set the place back. */
    private static final Map<String, String> SETTINGS = Map.of(
            "payment.provider.circuit-minimum-calls", "100000",
            "payment.reconcile.every", "100ms",
            "payment.sweep.every", "200ms",
            "payment.sweep.settle", "2s");

    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    static Path folder;

    private static PaymentFixture payments;
    private final UUID id = UUID.randomUUID();

    @BeforeAll
    static void start() throws Exception {
        payments = new PaymentFixture(STORES, folder, SETTINGS);
    }

    @AfterAll
    static void stop() {
        payments.close();
    }

    @Test
    void reservedMoneyThatOnlyTheProviderKnowsIsLetGo() throws Exception {
        double before = strays("provider_only");
        payments.authorize(id, "tok_webhook_never");
        lose(id);
        awaitState(PAYMENT_STATE_VOIDED);
        assertThat(ledger()).containsExactly("authorize", "void");
        await().atMost(SOON).until(() -> payments.attempts(id).contains("void succeeded"));
        assertThat(strays("provider_only")).isEqualTo(before + 1);
    }

    @Test
    void takenMoneyThatOnlyTheProviderKnowsGoesBackOnce() throws Exception {
        payments.authorize(id, "tok_webhook_never");
        payments.capture("c-" + id, id);
        payments.refund("r-" + id, id, 234);
        lose(id);
        awaitState(PAYMENT_STATE_REFUNDED);
        assertThat(ledger()).containsExactly("authorize", "capture", "refund", "refund");
        sql("UPDATE payment.sweeps SET swept_until = now() - interval '1 hour'");
        await().atMost(SOON).until(() -> PaymentFixture.swept(STORES));
        assertThat(ledger()).hasSize(4);
    }

    @Test
    void whatTheProviderKnewAndWeDidNotIsTakenOver() throws Exception {
        payments.authorize(id, "tok_webhook_never");
        payments.capture("c-" + id, id);
        sql("UPDATE payment.payments SET standing = 'authorized', captured = 0 WHERE id = '" + id + "'");
        awaitState(PAYMENT_STATE_CAPTURED);
        assertThat(strays("behind")).isPositive();
    }

    @Test
    void moneyReservedForAPaymentThatWasClosedIsLetGo() throws Exception {
        payments.authorize(id, "tok_webhook_never");
        sql("UPDATE payment.payments SET standing = 'declined', decline_code = 'no_answer' WHERE id = '" + id + "'");
        awaitState(PAYMENT_STATE_VOIDED);
        assertThat(ledger()).containsExactly("authorize", "void");
    }

    @Test
    void aPaymentTheProviderNeverHeardOfIsShown() throws Exception {
        double before = strays("ours_only");
        sql(
                "INSERT INTO payment.payments (id, booking_id, amount, currency, payment_token, standing, provider) VALUES ('"
                        + id + "', '" + id + "', 100, 'EUR', 'tok', 'authorized', 'simulator')");
        await().atMost(SOON).until(() -> strays("ours_only") > before);
        assertThat(payments.get(id).getState()).isEqualTo(PAYMENT_STATE_AUTHORIZED);
    }

    @Test
    void anotherAmountIsShownAndGoesBack() throws Exception {
        double before = strays("other_amount");
        payments.authorize(id, "tok_webhook_never");
        sql("UPDATE payment.payments SET amount = 1235 WHERE id = '" + id + "'");
        await().atMost(SOON).until(() -> strays("other_amount") > before);
        awaitState(PAYMENT_STATE_VOIDED);
        assertThat(ledger()).containsExactly("authorize", "void");
    }

    private void awaitState(PaymentState state) {
        await().atMost(SOON).ignoreExceptions().until(() -> payments.get(id).getState() == state);
    }

    private List<String> ledger() throws Exception {
        return payments.ledger().stream()
                .filter(line -> line.contains(id.toString()))
                .map(line -> new io.vertx.core.json.JsonObject(line).getString("verb"))
                .toList();
    }

    private static void lose(UUID payment) throws SQLException {
        for (String table : List.of("attempts", "movements")) {
            sql("DELETE FROM payment." + table + " WHERE payment_id = '" + payment + "'");
        }
        sql("DELETE FROM payment.payments WHERE id = '" + payment + "'");
    }

    private static void sql(String statement) throws SQLException {
        try (Connection connection = STORES.connect(STORES.postgres().owner());
                Statement sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }

    private static double strays(String kind) throws Exception {
        return payments.page("/metrics")
                .lines()
                .filter(line -> line.startsWith("onsale_payment_strays_total") && line.contains("\"" + kind + "\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
