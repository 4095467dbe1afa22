package dev.onsale.command.booking;

import dev.onsale.proto.payment.v1.PaymentServiceGrpcClient;
import dev.onsale.proto.payment.v1.WatchPaymentsRequest;
import dev.onsale.proto.payment.v1.WatchPaymentsResponse;
import dev.onsale.runtime.rpc.RpcClient;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the payment adapter, on every node: wakes the sagas whose payment became known, and begins those of payments that
 * came late. One batch after the other, each durable before the next is read; after any failure it begins again behind what
 * was durable. That several nodes take in the same news does no harm.
 */
final class PaymentNews {
    private static final Logger LOG = LoggerFactory.getLogger(PaymentNews.class);
    private static final Duration LONGEST = Duration.ofMinutes(20); // Then it is followed anew.
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Vertx vertx;
    private final PaymentNewsStore store;
    private final RpcClient client;
    private final Runnable nudge;
    private volatile boolean closed;
    private volatile boolean away;

    private PaymentNews(Vertx vertx, PaymentNewsStore store, RpcClient client, Runnable nudge) {
        this.vertx = vertx;
        this.store = store;
        this.client = client;
        this.nudge = nudge;
    }

    /** Follows until it is closed; {@code nudge} makes this node look for sagas that are due. */
    static PaymentNews follow(Vertx vertx, PaymentNewsStore store, RpcClient client, Runnable nudge) {
        PaymentNews news = new PaymentNews(vertx, store, client, nudge);
        news.follow();
        return news;
    }

    private void follow() {
        if (closed) {
            return;
        }
        store.token()
                .compose(token -> client.follow(
                        PaymentServiceGrpcClient.WatchPayments,
                        WatchPaymentsRequest.newBuilder().setResumeToken(token).build(),
                        LONGEST,
                        new Stream(token)::take))
                .onFailure(this::lost)
                .onComplete(ended -> vertx.setTimer(PAUSE.toMillis(), id -> follow()));
    }

    /** One stream of news; remembers where it is. */
    private final class Stream {
        private Place place;

        Stream(String token) {
            this.place = Place.of(token);
        }

        Future<Void> take(WatchPaymentsResponse response) {
            if (closed) {
                return Future.failedFuture("closed");
            }
            away = false;
            Place next = Place.of(response.getResumeToken());
            boolean anew = next.compareTo(place) < 0;
            place = next;
            return store.take(response.getChangesList(), response.getResumeToken(), anew)
                    .onSuccess(due -> {
                        if (due > 0) {
                            nudge.run();
                        }
                    })
                    .mapEmpty();
        }
    }

    /** A place in the order of changes. */
    private record Place(long transaction, UUID payment) implements Comparable<Place> {
        private static final Place START = new Place(0, new UUID(0, 0));

        static Place of(String token) {
            int end = token.indexOf('_');
            return end < 0
                    ? START
                    : new Place(
                            Long.parseUnsignedLong(token.substring(0, end)), UUID.fromString(token.substring(end + 1)));
        }

        @Override
        public int compareTo(Place other) {
            return Long.compareUnsigned(transaction, other.transaction);
        }
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
