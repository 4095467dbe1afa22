package dev.onsale.runtime.rpc;

import com.google.protobuf.Message;
import com.google.rpc.Status;
import dev.onsale.runtime.Awaited;
import dev.onsale.runtime.error.RefusalCodec;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.util.Base64;

/** Sends any bytes with any headers over HTTP/2, as a broken or hostile client would. */
final class RawCall {

    private final HttpClientAgent client;
    private final int port;
    private final MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    private String path = TestServer.GET_HOLD;
    private HttpMethod method = HttpMethod.POST;
    private boolean end = true;

    RawCall(Vertx vertx, int port) {
        this.client = vertx.createHttpClient(
                new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false));
        this.port = port;
        headers.set("content-type", "application/grpc").set("te", "trailers");
    }

    static RawCall to(TestServer server) {
        return new RawCall(server.vertx, server.port()).header("authorization", "Bearer " + server.token());
    }

    RawCall path(String other) {
        this.path = other;
        return this;
    }

    RawCall method(HttpMethod other) {
        this.method = other;
        return this;
    }

    RawCall header(String name, String value) {
        headers.set(name, value);
        return this;
    }

    RawCall without(String name) {
        headers.remove(name);
        return this;
    }

    RawCall addHeader(String name, String value) {
        headers.add(name, value);
        return this;
    }

    /** The stream stays half open: no end of the body. */
    RawCall neverEnding() {
        this.end = false;
        return this;
    }

    /** The answer; the connection is closed then. */
    Answer send(Buffer body) {
        return Awaited.await(sendLater(body).eventually(client::close));
    }

    /** The response with its body yet unread. */
    Future<HttpClientResponse> open(Buffer body) {
        return client.request(method, port, "127.0.0.1", path).compose(request -> {
            request.headers().addAll(headers);
            request.setChunked(true);
            write(request, body);
            return request.response().onSuccess(HttpClientResponse::pause);
        });
    }

    /** The answer; the connection stays open until the caller hangs up. */
    Future<Answer> sendLater(Buffer body) {
        return open(body).compose(RawCall::answer);
    }

    /** Asks for the body before it flows: once it has ended, it is not told again. */
    private static Future<Answer> answer(HttpClientResponse response) {
        var body = response.body();
        response.resume();
        return body.map(bytes -> new Answer(response.statusCode(), response.headers(), response.trailers(), bytes));
    }

    /** Ends the connection under whatever is under way. */
    void hangUp() {
        Awaited.await(client.close());
    }

    private void write(HttpClientRequest request, Buffer body) {
        if (end) {
            request.end(body);
        } else {
            request.write(body);
        }
    }

    static Buffer frame(int flag, Buffer payload) {
        return frame(flag, payload.length(), payload);
    }

    static Buffer frame(int flag, int declared, Buffer payload) {
        return Buffer.buffer().appendByte((byte) flag).appendInt(declared).appendBuffer(payload);
    }

    static Buffer frame(Message message) {
        return frame(0, Buffer.buffer(message.toByteArray()));
    }

    /** What came back. */
    record Answer(int http, MultiMap headers, MultiMap trailers, Buffer body) {

        int status() {
            return Integer.parseInt(any("grpc-status"));
        }

        String any(String name) {
            var value = headers.get(name);
            return value != null ? value : String.valueOf(trailers.get(name));
        }

        String reason() {
            try {
                var status = Status.parseFrom(Base64.getDecoder().decode(any(RefusalCodec.TRAILER)));
                return status.getDetails(0)
                        .unpack(com.google.rpc.ErrorInfo.class)
                        .getReason();
            } catch (com.google.protobuf.InvalidProtocolBufferException e) {
                throw new AssertionError(e);
            }
        }
    }
}
