package dev.onsale.standalone.fuzz;

import java.util.ArrayList;
import java.util.List;

/** The headers of a gRPC call as they should be. */
final class Headers {

    private Headers() {}

    /** For a method, with a token unless it is empty. */
    static List<Input.Header> usual(String method, String token) {
        List<Input.Header> headers = new ArrayList<>(List.of(
                new Input.Header(":method", "POST"),
                new Input.Header(":scheme", "http"),
                new Input.Header(":path", "/" + method),
                new Input.Header(":authority", "127.0.0.1"),
                new Input.Header("content-type", "application/grpc"),
                new Input.Header("te", "trailers")));
        if (!token.isEmpty()) {
            headers.add(new Input.Header("authorization", "Bearer " + token));
        }
        return headers;
    }

    static void set(List<Input.Header> headers, String name, String value) {
        headers.removeIf(header -> header.name().equals(name));
        headers.add(new Input.Header(name, value));
    }

    static void replace(List<Input.Header> headers, String name, String value) {
        headers.replaceAll(header -> header.name().equals(name) ? new Input.Header(name, value) : header);
    }
}
