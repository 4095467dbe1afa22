package dev.onsale.runtime.rpc;

import dev.onsale.runtime.error.Refusal;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.http.HttpServerRequestInternal;
import io.vertx.core.internal.http.HttpServerRequestWrapper;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP request whose body passes a {@link FrameInspector} before anybody sees it. After a fault the rest of the body is
 * thrown away and the end of the body is not reported.
 */
final class InspectedRequest extends HttpServerRequestWrapper {

    private static final long NO_ERROR = 0;
    private static final long CANCEL = 8;

    private final FrameInspector inspector;
    private Consumer<Refusal> onFault = refusal -> {};
    private boolean faulty;
    private boolean ended;

    InspectedRequest(HttpServerRequest request, FrameInspector inspector) {
        super((HttpServerRequestInternal) request);
        this.inspector = inspector;
    }

    void onFault(Consumer<Refusal> action) {
        this.onFault = action;
    }

    /** The connection ended. Nobody else says so once the caller has sent everything. */
    void onGone(Runnable action) {
        response().closeHandler(nothing -> action.run());
    }

    /** Whether the caller has sent everything. */
    boolean ended() {
        return ended;
    }

    /** Lets the rest of the body come and go unseen. */
    void discard() {
        faulty = true;
        resume();
    }

    /** Ends the stream at once, whatever is still to be sent. */
    void abort() {
        if (!response().closed()) {
            response().reset(CANCEL);
        }
    }

    private boolean over() {
        return ended || isEnded();
    }

    /** A body that has ended can't be paused or resumed any more; asking for it is harmless here. */
    @Override
    public HttpServerRequest pause() {
        return over() ? this : super.pause();
    }

    @Override
    public HttpServerRequest resume() {
        return over() ? this : super.resume();
    }

    @Override
    public HttpServerRequest fetch(long amount) {
        return over() ? this : super.fetch(amount);
    }

    /** Tells a caller that goes on sending after its answer to stop, so that the stream does not linger. */
    void cutOff() {
        if (!ended && !response().closed()) {
            response().reset(NO_ERROR);
        }
    }

    @Override
    public HttpServerRequest handler(@Nullable Handler<Buffer> handler) {
        super.handler(
                handler == null
                        ? null
                        : chunk -> {
                            if (!faulty && !reported(inspector.update(chunk))) {
                                handler.handle(chunk);
                            }
                        });
        return this;
    }

    @Override
    public HttpServerRequest endHandler(@Nullable Handler<Void> handler) {
        super.endHandler(
                handler == null
                        ? null
                        : nothing -> {
                            ended = true;
                            if (!faulty && !reported(inspector.end())) {
                                handler.handle(null);
                            }
                        });
        return this;
    }

    private boolean reported(@Nullable Refusal fault) {
        if (fault == null) {
            return false;
        }
        faulty = true;
        onFault.accept(fault);
        return true;
    }
}
