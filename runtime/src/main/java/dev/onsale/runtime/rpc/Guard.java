package dev.onsale.runtime.rpc;

import com.google.protobuf.Message;
import io.vertx.core.Future;

/**
 * A check every call passes after its token and role and before its fields are validated: rate limit, admission, risk.
 * Runs on the event loop; must be cheap or asynchronous.
 */
@FunctionalInterface
public interface Guard {

    /**
     * Lets the call pass, or refuses it by failing with a {@link dev.onsale.runtime.error.Refusal}.
     *
     * @param request the (first) request; its fields are not validated yet
     */
    Future<Void> check(Call call, Message request);
}
