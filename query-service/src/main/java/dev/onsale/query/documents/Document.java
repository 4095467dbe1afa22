package dev.onsale.query.documents;

import dev.onsale.query.web.EntityTag;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/**
 * A body that is ready to be sent, with the tag it is known by.
 *
 * @param tag entity tag, in quotes
 * @param contentType media type
 * @param encoding content encoding; empty: none
 * @param body the bytes
 */
record Document(String tag, String contentType, String encoding, Buffer body) {
    private static final int NOT_MODIFIED = 304;

    /** Public reads may be read by any page. */
    static void open(RoutingContext routing) {
        routing.response().putHeader("access-control-allow-origin", "*");
        routing.response().putHeader("access-control-expose-headers", "etag, retry-after");
    }

    /** Answers that the caller's copy is good, if it is. */
    static boolean unchanged(RoutingContext routing, String tag, String cacheControl) {
        if (!EntityTag.matches(routing.request().getHeader("if-none-match"), tag)) {
            return false;
        }
        routing.response()
                .putHeader("etag", tag)
                .putHeader("cache-control", cacheControl)
                .setStatusCode(NOT_MODIFIED)
                .end();
        return true;
    }

    /** Sends it, or only its headers for HEAD, or 304. */
    void send(RoutingContext routing, String cacheControl) {
        HttpServerResponse response = routing.response();
        if (response.ended() || response.closed() || unchanged(routing, tag, cacheControl)) {
            return;
        }
        response.putHeader("etag", tag)
                .putHeader("cache-control", cacheControl)
                .putHeader("content-type", contentType)
                .putHeader("content-length", Integer.toString(body.length()));
        if (!encoding.isEmpty()) {
            response.putHeader("content-encoding", encoding);
        }
        if (routing.request().method().equals(HttpMethod.HEAD)) {
            response.end();
        } else {
            response.end(body);
        }
    }

    int weight() {
        return body.length() + tag.length() + 200;
    }
}
