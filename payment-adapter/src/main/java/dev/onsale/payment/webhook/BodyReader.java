package dev.onsale.payment.webhook;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Reads a body as it is, up to a limit. */
final class BodyReader {
    private BodyReader() {}

    /** The body is longer than allowed. */
    static final class TooLarge extends RuntimeException {
        private static final long serialVersionUID = 1;

        TooLarge() {
            super("too large", null, false, false);
        }
    }

    /** The whole body; fails with {@link TooLarge}, or if it isn't there in time. */
    static Future<Buffer> read(HttpServerRequest request, int most, Duration longest) {
        Promise<Buffer> whole = Promise.promise();
        Buffer body = Buffer.buffer();
        request.exceptionHandler(whole::tryFail);
        request.endHandler(end -> whole.tryComplete(body));
        request.handler(chunk -> {
            if (body.length() + chunk.length() > most) {
                whole.tryFail(new TooLarge());
            } else {
                body.appendBuffer(chunk);
            }
        });
        return whole.future().timeout(longest.toMillis(), TimeUnit.MILLISECONDS);
    }
}
