package dev.onsale.payment.movement;

import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.proto.payment.v1.PaymentChange;
import dev.onsale.proto.payment.v1.WatchPaymentsRequest;
import dev.onsale.proto.payment.v1.WatchPaymentsResponse;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.rpc.ReplyStream;
import dev.onsale.runtime.sql.Database;
import dev.onsale.runtime.sql.Sql;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Tells followers which payments changed. Nothing is kept for them: the payments themselves say when they last changed, so a
 * slow follower costs nothing and one that comes back misses nothing.
 */
final class PaymentFeed {
    private static final Sql CHANGES = Sql.load(PaymentFeed.class, "changes-after.sql");
    private static final Sql END = Sql.load(PaymentFeed.class, "changes-end.sql");
    private static final int BATCH = 500;
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final Database database;
    private final FeedConfig config;
    private final AtomicInteger watchers = new AtomicInteger();

    PaymentFeed(Database database, FeedConfig config) {
        this.database = database;
        this.config = config;
    }

    /** Tells of every change behind a place, until the stream ends. On the call's event loop. */
    void watch(WatchPaymentsRequest request, ReplyStream<WatchPaymentsResponse> replies) {
        if (watchers.incrementAndGet() > config.maxWatchers()) {
            watchers.decrementAndGet();
            replies.fail(Refusal.of(ErrorReason.ERROR_REASON_OVERLOADED, "Too many follow the payments")
                    .retryAfter(RETRY));
            return;
        }
        replies.onClose(watchers::decrementAndGet);
        Follower follower = new Follower(replies);
        follower.onMine(begin(request), place -> {
            replies.write(response(place).build());
            follower.tell(place);
        });
    }

    private Future<FeedPlace> begin(WatchPaymentsRequest request) {
        if (!request.getResumeToken().isEmpty()) {
            return Future.succeededFuture(FeedPlace.parse(request.getResumeToken()));
        }
        return request.getOnlyNew()
                ? database.run(END)
                        .map(rows -> FeedPlace.behind(rows.iterator().next().getString("xid")))
                : Future.succeededFuture(FeedPlace.START);
    }

    private static WatchPaymentsResponse.Builder response(FeedPlace place) {
        return WatchPaymentsResponse.newBuilder().setResumeToken(place.token());
    }

    private static PaymentChange change(Row row) {
        PaymentChange.Builder change = PaymentChange.newBuilder()
                .setPaymentId(row.getUUID("id").toString())
                .setState(Rows.standing(row).wire())
                .setVersion(row.getLong("version"));
        if (row.getUUID("booking_id") != null) {
            change.setBookingId(row.getUUID("booking_id").toString());
        }
        return change.build();
    }

    /** One stream. Everything happens on the event loop of its call. */
    private final class Follower {
        private final ReplyStream<WatchPaymentsResponse> replies;
        private final Context context = Vertx.currentContext();

        Follower(ReplyStream<WatchPaymentsResponse> replies) {
            this.replies = replies;
        }

        /** A reader that lags is waited for: what it has not seen is read when it can take it. */
        void tell(FeedPlace place) {
            if (replies.closed()) {
                return;
            }
            if (replies.full()) {
                later(place);
                return;
            }
            Tuple after = Tuple.of(place.xid(), place.payment(), BATCH);
            onMine(database.run(CHANGES, after), rows -> tell(place, rows));
        }

        private void tell(FeedPlace place, RowSet<Row> rows) {
            if (rows.size() == 0) {
                later(place);
                return;
            }
            FeedPlace end = place;
            WatchPaymentsResponse.Builder response = WatchPaymentsResponse.newBuilder();
            for (Row row : rows) {
                response.addChanges(change(row));
                end = FeedPlace.of(row);
            }
            replies.write(response.setResumeToken(end.token()).build());
            tell(end);
        }

        private void later(FeedPlace place) {
            context.owner().setTimer(config.poll().toMillis(), id -> context.runOnContext(go -> tell(place)));
        }

        <T> void onMine(Future<T> future, Consumer<T> next) {
            future.onComplete(done -> context.runOnContext(go -> {
                if (done.succeeded()) {
                    next.accept(done.result());
                } else {
                    replies.fail(done.cause());
                }
            }));
        }
    }
}
