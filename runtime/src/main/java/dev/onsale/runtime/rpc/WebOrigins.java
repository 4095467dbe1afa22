package dev.onsale.runtime.rpc;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** Which web pages may call by gRPC-Web (CORS). Without any, only pages served from the same origin can. */
final class WebOrigins {

    private static final String EXPOSED = "grpc-status, grpc-message, grpc-status-details-bin";

    private final Set<String> allowed;

    WebOrigins(String list) {
        this.allowed = Arrays.stream(list.split(",", -1)).map(String::strip).collect(Collectors.toUnmodifiableSet());
    }

    /** Adds what a browser needs to see; answers a preflight request, and says so. */
    boolean answered(HttpServerRequest request) {
        var origin = request.getHeader("origin");
        if (origin == null || !(allowed.contains(origin) || allowed.contains("*"))) {
            return false;
        }
        var response = request.response();
        response.putHeader("access-control-allow-origin", origin).putHeader("vary", "origin");
        response.putHeader("access-control-expose-headers", EXPOSED);
        if (!HttpMethod.OPTIONS.equals(request.method())) {
            return false;
        }
        response.putHeader("access-control-allow-methods", "POST")
                .putHeader(
                        "access-control-allow-headers",
                        "content-type, x-grpc-web, x-user-agent, grpc-timeout, authorization, onsale-admission, onsale-admission-proof, onsale-device, onsale-challenge-solution, traceparent")
                .putHeader("access-control-max-age", "600")
                .setStatusCode(204)
                .end();
        return true;
    }
}
