package dev.onsale.runtime.idempotency;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;

/** A request being answered by this process: its repeats wait here instead of each taking a connection. */
final class UnderWay {
    private final String body;
    private final Promise<byte[]> promise = Promise.promise();

    UnderWay(String body) {
        this.body = body;
    }

    String body() {
        return body;
    }

    Future<byte[]> answer() {
        return promise.future();
    }

    void complete(AsyncResult<byte[]> done) {
        if (done.succeeded()) {
            promise.complete(done.result());
        } else {
            promise.fail(done.cause());
        }
    }
}
