package dev.onsale.command.booking;

import dev.onsale.command.saga.Sagas;
import dev.onsale.proto.payment.v1.PaymentChange;
import dev.onsale.proto.payment.v1.PaymentServiceGrpcClient;
import dev.onsale.proto.payment.v1.WatchPaymentsRequest;
import dev.onsale.proto.payment.v1.WatchPaymentsResponse;
import dev.onsale.runtime.rpc.RpcClient;
import dev.onsale.runtime.sql.Database;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the payment adapter and wakes the sagas whose payment became known. They would find out by themselves: this only
 * shortens their wait, so that what is missed while the adapter is away costs time and nothing else.
 */
final class PaymentNews {
    private static final Logger LOG = LoggerFactory.getLogger(PaymentNews.class);
    private static final Set<String> KINDS = Set.of(BookingSaga.KIND, CancellationSaga.KIND, GivingBackSaga.KIND);
    private static final Duration LONGEST = Duration.ofMinutes(20); // Then it is followed anew.
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Vertx vertx;
    private final Database database;
    private final RpcClient client;
    private final Runnable nudge;
    private volatile String token = "";
    private volatile boolean closed;
    private volatile boolean away;

    private PaymentNews(Vertx vertx, Database database, RpcClient client, Runnable nudge) {
        this.vertx = vertx;
        this.database = database;
        this.client = client;
        this.nudge = nudge;
    }

    /** Follows until it is closed; {@code nudge} makes this node look for sagas that are due. */
    static PaymentNews follow(Vertx vertx, Database database, RpcClient client, Runnable nudge) {
        PaymentNews news = new PaymentNews(vertx, database, client, nudge);
        news.follow();
        return news;
    }

    private void follow() {
        if (closed) {
            return;
        }
        WatchPaymentsRequest request = WatchPaymentsRequest.newBuilder()
                .setResumeToken(token)
                .setOnlyNew(token.isEmpty())
                .build();
        client.stream(PaymentServiceGrpcClient.WatchPayments, request, LONGEST, this::take)
                .onFailure(this::lost)
                .onComplete(ended -> vertx.setTimer(PAUSE.toMillis(), id -> follow()));
    }

    private void take(WatchPaymentsResponse response) {
        away = false;
        token = response.getResumeToken();
        Set<UUID> bookings = response.getChangesList().stream()
                .map(PaymentChange::getBookingId)
                .filter(id -> !id.isEmpty())
                .map(UUID::fromString)
                .collect(Collectors.toSet());
        if (!bookings.isEmpty()) {
            wake(bookings);
        }
    }

    /** In one transaction: a refund that the provider refuses at this moment is not asked for again because of its own news. */
    private void wake(Set<UUID> bookings) {
        database.tx(tx -> CancellationStore.refunding(tx, bookings).compose(cancellations -> {
                    cancellations.addAll(bookings);
                    return Sagas.wake(tx, KINDS, cancellations);
                }))
                .onSuccess(woken -> {
                    if (woken > 0) {
                        nudge.run();
                    }
                });
    }

    private void lost(Throwable failure) {
        if (!away && !closed) {
            away = true;
            LOG.atInfo()
                    .addKeyValue("reason", String.valueOf(failure.getMessage()))
                    .log("Payments are not followed");
        }
    }

    void close() {
        closed = true;
    }
}
