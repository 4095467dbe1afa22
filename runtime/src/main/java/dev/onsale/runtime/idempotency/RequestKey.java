package dev.onsale.runtime.idempotency;

import dev.onsale.runtime.rpc.Call;

/**
 * Whose request, and which.
 *
 * @param account who called
 * @param method full name of the method
 * @param requestId as the caller chose it
 */
public record RequestKey(String account, String method, String requestId) {
    /** The key of a call. */
    public static RequestKey of(Call call, String requestId) {
        return new RequestKey(call.account(), call.method(), requestId);
    }
}
