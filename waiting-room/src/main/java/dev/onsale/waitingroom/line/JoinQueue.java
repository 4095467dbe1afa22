package dev.onsale.waitingroom.line;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Those who wait to join one room. */
final class JoinQueue {

    private final Vertx vertx;
    private final Function<List<Arrival>, Future<List<JoinOutcome>>> send;
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private boolean underWay;
    private boolean timed;

    JoinQueue(Vertx vertx, Function<List<Arrival>, Future<List<JoinOutcome>>> send) {
        this.vertx = vertx;
        this.send = send;
    }

    Future<JoinOutcome> add(Arrival arrival) {
        var mine = new Waiting(arrival, Promise.promise());
        boolean full;
        synchronized (this) {
            waiting.add(mine);
            full = waiting.size() >= JoinBatches.BATCH;
            if (!full && !timed && !underWay) {
                timed = true;
                vertx.setTimer(JoinBatches.PATIENCE_MILLIS, id -> timeIsUp());
            }
        }
        if (full) {
            next();
        }
        return mine.answer().future();
    }

    private void timeIsUp() {
        synchronized (this) {
            timed = false;
        }
        next();
    }

    private void next() {
        var batch = take();
        if (batch.isEmpty()) {
            return;
        }
        Future<List<JoinOutcome>> sent;
        try {
            sent = send.apply(batch.stream().map(Waiting::arrival).toList());
        } catch (RuntimeException failure) {
            sent = Future.failedFuture(failure);
        }
        sent.onComplete(done -> {
            synchronized (this) {
                underWay = false;
            }
            next();
            answer(batch, done);
        });
    }

    private synchronized List<Waiting> take() {
        var batch = new ArrayList<Waiting>();
        while (!underWay && !waiting.isEmpty() && batch.size() < JoinBatches.BATCH) {
            batch.add(waiting.remove());
        }
        underWay |= !batch.isEmpty();
        return batch;
    }

    private static void answer(List<Waiting> batch, AsyncResult<List<JoinOutcome>> done) {
        for (int i = 0; i < batch.size(); i++) {
            if (done.succeeded()) {
                batch.get(i).answer().complete(done.result().get(i));
            } else {
                batch.get(i).answer().fail(done.cause());
            }
        }
    }

    /** One who waits. */
    private record Waiting(Arrival arrival, Promise<JoinOutcome> answer) {}
}
