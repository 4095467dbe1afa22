package dev.onsale.standalone;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A collector of traces: takes what OpenTelemetry sends by HTTP and keeps it. */
final class Collector implements AutoCloseable {
    private final HttpServer server;
    private final Map<ByteString, Span> spans = new ConcurrentHashMap<>();

    Collector() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/traces", this::take);
        server.start();
    }

    private void take(HttpExchange exchange) throws IOException {
        ExportTraceServiceRequest.parseFrom(exchange.getRequestBody()).getResourceSpansList().stream()
                .flatMap(resource -> resource.getScopeSpansList().stream())
                .flatMap(scope -> scope.getSpansList().stream())
                .forEach(span -> spans.put(span.getSpanId(), span));
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1/traces";
    }

    Collection<Span> spans() {
        return List.copyOf(spans.values());
    }

    /** The spans of one trace. */
    List<Span> trace(String id) {
        return spans().stream()
                .filter(span -> HexFormat.of()
                        .formatHex(span.getTraceId().toByteArray())
                        .equals(id))
                .toList();
    }

    /** Its name and those of what it is part of, the outermost first, as far as they have come. */
    String path(Span span) {
        Span parent = spans.get(span.getParentSpanId());
        return parent == null ? span.getName() : path(parent) + " > " + span.getName();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
