package dev.onsale.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.onsale.embedded.StoreKind;
import dev.onsale.proto.payment.v1.PaymentChange;
import dev.onsale.proto.payment.v1.PaymentState;
import dev.onsale.proto.payment.v1.WatchPaymentsRequest;
import dev.onsale.proto.payment.v1.WatchPaymentsResponse;
import dev.onsale.runtime.auth.Role;
import dev.onsale.testkit.TestStores;
import io.grpc.Context;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Following payments: nothing is missed, whoever found out, and however often the follower comes back. */
class WatchPaymentsIT {
    @RegisterExtension
    static final TestStores STORES = TestStores.with(StoreKind.POSTGRES)
            .migrated(
                    "payment",
                    (jdbcUrl, owner) -> PaymentSchema.migrations(jdbcUrl, owner.user(), owner.password())
                            .run());

    private static final Map<String, String> QUICK = Map.of(
            "payment.provider.answer-timeout", "300ms",
            "payment.provider.circuit-minimum-calls", "100000",
            "payment.retry.attempts", "1",
            "payment.reconcile.every", "100ms",
            "payment.reconcile.ask-after", "500ms",
            "payment.feed.poll", "20ms");

    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    static Path folder;

    private static PaymentFixture payments;
    private final UUID id = UUID.randomUUID();

    @BeforeAll
    static void start() throws Exception {
        payments = new PaymentFixture(STORES, folder, QUICK);
    }

    @AfterAll
    static void stop() {
        payments.close();
    }

    /** What a follower has seen: the newest of each payment. */
    private static final class Follower implements AutoCloseable {
        private final Map<String, PaymentChange> seen = new ConcurrentHashMap<>();
        private final Context.CancellableContext call = Context.current().withCancellation();
        private volatile String token = "";

        Follower(WatchPaymentsRequest request) {
            Thread.ofVirtual().start(() -> call.run(() -> follow(request)));
        }

        private void follow(WatchPaymentsRequest request) {
            try {
                Iterator<WatchPaymentsResponse> responses =
                        payments.as(Role.SERVICE).watchPayments(request);
                responses.forEachRemaining(response -> {
                    token = response.getResumeToken();
                    response.getChangesList().forEach(each -> seen.put(each.getPaymentId(), each));
                });
            } catch (StatusRuntimeException ended) {
                // Cancelled by close.
            }
        }

        void awaitState(UUID payment, PaymentState state) {
            await().atMost(SOON)
                    .until(() -> seen.containsKey(payment.toString())
                            && seen.get(payment.toString()).getState() == state);
        }

        PaymentChange last(UUID payment) {
            return Objects.requireNonNull(seen.get(payment.toString()));
        }

        @Override
        public void close() {
            call.cancel(null);
        }
    }

    @Test
    void tellsOfWhatWasAnsweredAndOfWhatWasFoundOutLater() {
        UUID late = UUID.randomUUID();
        try (Follower follower = new Follower(onlyNew())) {
            await().atMost(SOON).until(() -> !follower.token.isEmpty());
            payments.authorize(id, "tok_approve");
            payments.authorize(late, "tok_webhook_only");
            follower.awaitState(id, PaymentState.PAYMENT_STATE_AUTHORIZED);
            follower.awaitState(late, PaymentState.PAYMENT_STATE_AUTHORIZED);
            payments.capture("c-" + id, id);
            follower.awaitState(id, PaymentState.PAYMENT_STATE_CAPTURED);
            PaymentChange last = follower.last(id);
            assertThat(last.getBookingId()).isEqualTo(id.toString());
            assertThat(last.getVersion()).isEqualTo(payments.get(id).getVersion());
        }
    }

    @Test
    void whoComesBackWithItsTokenMissesNothing() {
        Follower first = new Follower(onlyNew());
        payments.authorize(id, "tok_approve");
        first.awaitState(id, PaymentState.PAYMENT_STATE_AUTHORIZED);
        first.close();
        List<UUID> meanwhile =
                IntStream.range(0, 30).mapToObj(i -> UUID.randomUUID()).toList();
        meanwhile.parallelStream().forEach(each -> payments.authorize(each, "tok_approve"));
        WatchPaymentsRequest resume =
                WatchPaymentsRequest.newBuilder().setResumeToken(first.token).build();
        try (Follower second = new Follower(resume)) {
            meanwhile.forEach(each -> second.awaitState(each, PaymentState.PAYMENT_STATE_AUTHORIZED));
            assertThat(second.seen).doesNotContainKey(id.toString());
        }
    }

    @Test
    void withoutATokenEveryPaymentIsToldAndOnlyNewOnesIfSo() {
        payments.authorize(id, "tok_decline");
        try (Follower all = new Follower(WatchPaymentsRequest.getDefaultInstance());
                Follower fresh = new Follower(onlyNew())) {
            all.awaitState(id, PaymentState.PAYMENT_STATE_DECLINED);
            UUID next = UUID.randomUUID();
            await().atMost(SOON).until(() -> !fresh.token.isEmpty());
            payments.authorize(next, "tok_approve");
            fresh.awaitState(next, PaymentState.PAYMENT_STATE_AUTHORIZED);
            assertThat(fresh.seen).doesNotContainKey(id.toString());
        }
    }

    @Test
    void aTransactionThatCommitsLateIsNotPassed() throws Exception {
        payments.authorize(id, "tok_approve");
        UUID other = UUID.randomUUID();
        try (Connection slow = STORES.connect(STORES.postgres().owner());
                Statement sql = slow.createStatement();
                Follower follower = new Follower(onlyNew())) {
            await().atMost(SOON).until(() -> !follower.token.isEmpty());
            slow.setAutoCommit(false);
            sql.execute("UPDATE payment.payments SET version = 99, changed_xid = pg_current_xact_id() WHERE id = '" + id
                    + "'");
            payments.authorize(other, "tok_approve"); // A later transaction commits first.
            slow.commit();
            follower.awaitState(other, PaymentState.PAYMENT_STATE_AUTHORIZED);
            await().atMost(SOON).until(() -> follower.seen.containsKey(id.toString()));
            assertThat(follower.last(id).getVersion()).isEqualTo(99);
        }
    }

    @Test
    void aTokenOfAnotherDatabaseBeginsAnew() {
        payments.authorize(id, "tok_approve");
        WatchPaymentsRequest ahead = WatchPaymentsRequest.newBuilder()
                .setResumeToken("9000000000000_" + id)
                .build();
        try (Follower follower = new Follower(ahead)) {
            follower.awaitState(id, PaymentState.PAYMENT_STATE_AUTHORIZED);
        }
    }

    @Test
    void onlyServicesFollow() {
        for (Role role : List.of(Role.FAN, Role.SUPPORT, Role.OPERATOR)) {
            assertThat(Status.fromThrowable(failure(role)).getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
        }
    }

    private static Throwable failure(Role role) {
        return org.assertj.core.api.Assertions.catchThrowable(
                () -> payments.as(role).watchPayments(onlyNew()).hasNext());
    }

    private static WatchPaymentsRequest onlyNew() {
        return WatchPaymentsRequest.newBuilder().setOnlyNew(true).build();
    }
}
