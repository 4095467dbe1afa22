package dev.onsale.runtime.rpc;

import com.google.protobuf.Message;
import dev.onsale.runtime.auth.TokenVerifier;
import dev.onsale.runtime.error.Refusal;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What all calls of one server have in common: the checks they pass and what is counted of them. */
record Edge(
        Vertx vertx,
        RpcConfig config,
        @Nullable TokenVerifier tokens,
        CallLimits limits,
        List<Guard> guards,
        FieldValidation validation,
        RpcMetrics metrics) {

    private static final Logger LOG = LoggerFactory.getLogger(Edge.class);
    private static final String BEARER = "Bearer ";

    /** The checks that need no message: token and role. Whoever keeps failing them is refused before they are made. */
    Future<Void> admit(Call call, MultiMap headers, Access access) {
        var refusal = isKnown(headers, access) ? null : limits.beforeToken(call);
        return refusal != null
                ? refusal.future()
                : prove(call, headers, access).onFailure(failure -> limits.unproven(call, failure));
    }

    /** Whether a call can be let pass or refused without the work of verifying a token. */
    private boolean isKnown(MultiMap headers, Access access) {
        var value = headers.get("authorization");
        if (value == null) {
            return access.open();
        }
        return tokens != null
                && value.regionMatches(true, 0, BEARER, 0, BEARER.length())
                && tokens.remembers(value.substring(BEARER.length()));
    }

    private Future<Void> prove(Call call, MultiMap headers, Access access) {
        var values = headers.getAll("authorization");
        if (values.isEmpty()) {
            return access.open()
                    ? Future.succeededFuture()
                    : TokenVerifier.invalid().future();
        }
        var value = values.getFirst();
        if (tokens == null || values.size() > 1 || !value.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return TokenVerifier.invalid().future();
        }
        return tokens.verify(value.substring(BEARER.length())).compose(principal -> {
            call.principal(principal);
            return access.allows(principal) ? Future.succeededFuture() : WireFault.ROLE.future();
        });
    }

    /** The checks of a message: the caller's share, then the guards, and last its fields. */
    Future<Void> check(Call call, Message request) {
        Future<Void> passed = limits.charge(call);
        for (var guard : guards) {
            passed = passed.compose(nothing -> guard.check(call, request));
        }
        return passed.compose(nothing -> {
            var refusal = validation.check(request);
            return refusal == null ? Future.succeededFuture() : refusal.future();
        });
    }

    /** What to answer for a failure: refusals as they are, anything else is a bug, logged here and only here. */
    static Refusal refusalFor(Throwable failure, Call call) {
        if (failure instanceof Refusal refusal) {
            return refusal;
        }
        var errorId = UUID.randomUUID().toString();
        LOG.atError()
                .addKeyValue("errorId", errorId)
                .addKeyValue("method", call.method())
                .setCause(failure)
                .log("A call failed by a bug");
        return WireFault.BUG.with("error_id", errorId);
    }
}
