package dev.onsale.runtime.rpc;

import dev.onsale.runtime.address.IpAddress;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.error.RefusalCodec;
import dev.onsale.runtime.telemetry.Traces;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The handler in front of the gRPC server. Looks at headers only: what the gRPC layer below would hang on or let pass is
 * refused here, the rest arrives with a deadline and an inspected body.
 */
final class WireHygiene implements Handler<HttpServerRequest> {

    private static final Set<String> GRPC = Set.of("application/grpc", "application/grpc+proto");
    private static final Set<String> WEB = Set.of("application/grpc-web", "application/grpc-web+proto");
    private static final int MAX_HEADERS = 64;

    private final RpcConfig config;
    private final Map<String, RpcMethod<?, ?>> methods;
    private final RpcMetrics metrics;
    private final Handler<HttpServerRequest> next;
    private final WebOrigins origins;
    private @Nullable Arrival arriving;

    WireHygiene(
            RpcConfig config,
            Map<String, RpcMethod<?, ?>> methods,
            RpcMetrics metrics,
            Handler<HttpServerRequest> next) {
        this.config = config;
        this.methods = methods;
        this.metrics = metrics;
        this.next = next;
        this.origins = new WebOrigins(config.webOrigins());
    }

    /** The call being handed to the gRPC server right now; the hand-over is one synchronous call on one event loop. */
    Arrival arriving() {
        var arrival = arriving;
        if (arrival == null) {
            throw new IllegalStateException("No call is arriving");
        }
        return arrival;
    }

    @Override
    public void handle(HttpServerRequest request) {
        if (config.web() && origins.answered(request)) {
            return;
        }
        int misfit = misfit(request);
        if (misfit > 0) {
            request.response().setStatusCode(misfit).end();
            return;
        }
        var method = methods.get(request.path());
        var refusal = method == null ? WireFault.UNKNOWN_METHOD : badHeader(request);
        if (refusal != null || method == null) {
            refuse(request, refusal == null ? WireFault.UNKNOWN_METHOD : refusal);
            return;
        }
        arriving = arrival(request, method);
        try {
            next.handle(arriving.wire());
        } finally {
            arriving = null;
        }
    }

    private Arrival arrival(HttpServerRequest request, RpcMethod<?, ?> method) {
        var most = method.longLived() ? config.maxStreamDeadline() : config.maxDeadline();
        var timeout = Deadlines.clamp(request.getHeader("grpc-timeout"), most);
        var inspector = method.oneRequest()
                ? new FrameInspector(config.maxMessageBytes(), 1, WireFault.TOO_MANY)
                : new FrameInspector(config.maxMessageBytes(), config.maxStreamMessages(), WireFault.TOO_LONG);
        Traces.name(method.method().fullMethodName());
        var call = new Call(
                method.method().fullMethodName(),
                method.access(),
                request.headers(),
                caller(request),
                timeout,
                Traces.current(request.getHeader("traceparent")));
        return new Arrival(new InspectedRequest(request, inspector), call);
    }

    /** The HTTP status for a request that isn't gRPC at all, or 0. */
    private int misfit(HttpServerRequest request) {
        var type = request.getHeader("content-type");
        boolean grpc = request.version() == HttpVersion.HTTP_2 && type != null && GRPC.contains(type);
        boolean web = config.web() && type != null && WEB.contains(type);
        if (!grpc && !web) {
            return 415;
        }
        return HttpMethod.POST.equals(request.method()) ? 0 : 405;
    }

    private static @Nullable Refusal badHeader(HttpServerRequest request) {
        var encoding = request.getHeader("grpc-encoding");
        if (encoding != null && !encoding.equals("identity")) {
            return WireFault.COMPRESSED;
        }
        return request.headers().size() > MAX_HEADERS || !printable(request.headers()) ? WireFault.BAD_HEADER : null;
    }

    /** HTTP lets other letters pass, gRPC doesn't: whatever reads a header later finds only what it may. */
    private static boolean printable(MultiMap headers) {
        for (var header : headers) {
            var value = header.getValue();
            for (int i = 0; i < value.length(); i++) {
                if (value.charAt(i) < ' ' || value.charAt(i) > '~') {
                    return false;
                }
            }
        }
        return true;
    }

    private @Nullable IpAddress caller(HttpServerRequest request) {
        var address = request.remoteAddress();
        var text = address == null ? null : address.hostAddress();
        var forwarded = config.forwarded();
        return forwarded.caller(
                text == null ? null : IpAddress.parse(text), request.headers().getAll(forwarded.header()));
    }

    /** Answers with a status before there is a call: all of it in the headers. */
    private void refuse(HttpServerRequest request, Refusal refusal) {
        metrics.refusedOnTheWire(refusal);
        var response = request.response();
        response.putHeader("content-type", request.getHeader("content-type"));
        response.putHeader("grpc-status", Integer.toString(refusal.status().code));
        response.putHeader("grpc-message", RefusalCodec.message(refusal).replace(" ", "%20"));
        response.putHeader("grpc-accept-encoding", "identity");
        response.putHeader(RefusalCodec.TRAILER, RefusalCodec.toTrailer(refusal));
        var wire = new InspectedRequest(request, new FrameInspector(0, 0, refusal));
        wire.handler(nothing -> {});
        wire.endHandler(nothing -> {});
        wire.discard();
        response.end().onComplete(sent -> wire.cutOff());
    }
}
