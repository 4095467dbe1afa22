package dev.onsale.runtime.rpc;

import com.google.protobuf.Message;
import io.vertx.core.Future;

/** The responses of one call, and the patience with its reader. */
final class Replies<R extends Message> implements ReplyStream<R> {

    private static final long NONE = -1;

    private final Exchange<?, R> exchange;
    private Runnable onDrain = () -> {};
    private Runnable onClose = () -> {};
    private long patience = NONE;

    Replies(Exchange<?, R> exchange) {
        this.exchange = exchange;
        exchange.response().drainHandler(nothing -> drained());
    }

    @Override
    public Future<Void> write(R response) {
        if (exchange.over()) {
            return Future.succeededFuture();
        }
        try {
            return exchange.response().write(response);
        } catch (IllegalStateException gone) {
            return Future.failedFuture(gone);
        }
    }

    @Override
    public boolean full() {
        if (exchange.over() || !exchange.response().writeQueueFull()) {
            return false;
        }
        if (patience == NONE) {
            var edge = exchange.edge();
            patience = edge.vertx().setTimer(edge.config().stallTimeout().toMillis(), id -> exchange.abort());
        }
        return true;
    }

    @Override
    public void onDrain(Runnable action) {
        onDrain = action;
    }

    @Override
    public void onClose(Runnable action) {
        if (exchange.over()) {
            action.run();
        } else {
            onClose = action;
        }
    }

    @Override
    public boolean closed() {
        return exchange.over();
    }

    @Override
    public void end() {
        exchange.succeed(null);
    }

    @Override
    public void fail(Throwable cause) {
        exchange.fail(cause);
    }

    void over() {
        calm();
        onClose.run();
    }

    private void drained() {
        calm();
        exchange.guarded(onDrain);
    }

    private void calm() {
        if (patience != NONE) {
            exchange.edge().vertx().cancelTimer(patience);
            patience = NONE;
        }
    }
}
