package dev.onsale.command.partner;

import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.proto.partner.v1.ListChangesRequest;
import dev.onsale.proto.partner.v1.ListChangesResponse;
import dev.onsale.proto.partner.v1.SignedChange;
import dev.onsale.proto.partner.v1.WatchChangesRequest;
import dev.onsale.proto.partner.v1.WatchChangesResponse;
import dev.onsale.runtime.auth.SigningKeys;
import dev.onsale.runtime.auth.TokenVerifier;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.rpc.Call;
import dev.onsale.runtime.rpc.ReplyStream;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Shows partners their feeds, by the page and as streams. Nothing is kept for a reader: it brings its cursor. */
final class FeedDesk {
    private static final int PAGE = 50;
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final Vertx vertx;
    private final FeedStore feeds;
    private final SigningKeys keys;
    private final PartnerConfig config;
    private final AtomicInteger watchers = new AtomicInteger();

    FeedDesk(Vertx vertx, FeedStore feeds, SigningKeys keys, PartnerConfig config) {
        this.vertx = vertx;
        this.feeds = feeds;
        this.keys = keys;
        this.config = config;
    }

    /** What is shown: changes with their proofs. */
    private record Shown(List<SignedChange> changes, FeedStore.Page page) {}

    Future<ListChangesResponse> list(Call call, ListChangesRequest request) {
        UUID partner = PartnerId.of(call);
        int limit = request.getLimit() == 0 ? PAGE : request.getLimit();
        return read(call, partner, FeedCursor.parse(partner, request.getCursor()), limit)
                .map(shown -> ListChangesResponse.newBuilder()
                        .addAllChanges(shown.changes())
                        .setNextCursor(shown.page().next().text(partner))
                        .setMore(shown.page().more())
                        .build());
    }

    private Future<Shown> read(Call call, UUID partner, FeedCursor cursor, int limit) {
        return feeds.page(partner, cursor, call.principal().scope().events(), limit)
                .compose(page -> page.changes().isEmpty()
                        ? Future.succeededFuture(new Shown(List.of(), page))
                        : vertx.executeBlocking(
                                () -> new Shown(
                                        page.changes().stream()
                                                .map(change -> change.signed(keys.signing()))
                                                .toList(),
                                        page),
                                false));
    }

    /** On the call's event loop. */
    void watch(Call call, WatchChangesRequest request, ReplyStream<WatchChangesResponse> replies) {
        UUID partner = PartnerId.of(call);
        FeedCursor cursor = FeedCursor.parse(partner, request.getCursor());
        if (watchers.incrementAndGet() > config.maxWatchers()) {
            watchers.decrementAndGet();
            replies.fail(Refusal.of(ErrorReason.ERROR_REASON_OVERLOADED, "Too many feeds are being watched")
                    .retryAfter(RETRY));
            return;
        }
        replies.onClose(watchers::decrementAndGet);
        new Watcher(call, partner, replies).tell(cursor, true);
    }

    /** One stream. Everything happens on the event loop of its call. */
    private final class Watcher {
        private final Call call;
        private final UUID partner;
        private final ReplyStream<WatchChangesResponse> replies;
        private final Context context = vertx.getOrCreateContext();

        Watcher(Call call, UUID partner, ReplyStream<WatchChangesResponse> replies) {
            this.call = call;
            this.partner = partner;
            this.replies = replies;
        }

        /** A reader that lags is waited for: what it has not seen is read when it can take it. */
        void tell(FeedCursor cursor, boolean first) {
            if (replies.closed()) {
                return;
            }
            if (!Instant.now().isBefore(call.principal().expires())) {
                replies.fail(TokenVerifier.invalid());
                return;
            }
            if (replies.full()) {
                later(cursor, first);
                return;
            }
            onMine(read(call, partner, cursor, PAGE), shown -> tell(shown, first));
        }

        private void tell(Shown shown, boolean first) {
            FeedCursor next = shown.page().next();
            if (first || !shown.changes().isEmpty()) {
                replies.write(WatchChangesResponse.newBuilder()
                        .addAllChanges(shown.changes())
                        .setNextCursor(next.text(partner))
                        .build());
            }
            if (shown.page().more()) {
                tell(next, false);
            } else {
                later(next, false);
            }
        }

        private void later(FeedCursor cursor, boolean first) {
            vertx.setTimer(config.feedPoll().toMillis(), id -> context.runOnContext(go -> tell(cursor, first)));
        }

        private <T> void onMine(Future<T> future, Consumer<T> next) {
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
