package dev.onsale.query;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands before a real Elasticsearch and turns bulks away with 429, as a node does whose write queue is full or whose circuit
 * breaker has opened: those with more documents than it takes just now.
 */
final class BusyProxy implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BusyProxy.class);
    private static final Set<String> OWN =
            Set.of("connection", "content-length", "host", "expect", "upgrade", "transfer-encoding");

    private final URI target;
    private final HttpServer server;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final AtomicInteger turnedAway = new AtomicInteger();
    private final ConcurrentLinkedQueue<Integer> sizes = new ConcurrentLinkedQueue<>();
    private volatile int mostDocuments = Integer.MAX_VALUE;

    BusyProxy(URI target) throws IOException {
        this.target = target;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** From now on takes bulks of at most so many documents. */
    void takes(int documents) {
        mostDocuments = documents;
    }

    int turnedAway() {
        return turnedAway.get();
    }

    /** Documents in each bulk that was asked for, since the last time this was called. */
    List<Integer> sizes() {
        List<Integer> seen = List.copyOf(sizes);
        sizes.removeAll(seen);
        return seen;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            boolean bulk = exchange.getRequestURI().getPath().endsWith("/_bulk");
            int documents = bulk ? lines(body) / 2 : 0;
            if (bulk) {
                sizes.add(documents);
            }
            if (documents > mostDocuments) {
                turnedAway.incrementAndGet();
                answer(exchange, 429, "application/json", """
                        {"error":{"type":"circuit_breaking_exception","reason":"[parent] Data too large"},"status":429}
                        """.getBytes(StandardCharsets.UTF_8));
            } else {
                pass(exchange, body);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("The proxy can't pass a request on");
        }
    }

    private void pass(HttpExchange exchange, byte[] body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(target.resolve(exchange.getRequestURI()))
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!OWN.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        HttpResponse<byte[]> response = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        response.headers()
                .firstValue("X-elastic-product")
                .ifPresent(product -> exchange.getResponseHeaders().set("X-elastic-product", product));
        response.headers()
                .firstValue("Content-Encoding")
                .ifPresent(encoding -> exchange.getResponseHeaders().set("Content-Encoding", encoding));
        answer(
                exchange,
                response.statusCode(),
                response.headers().firstValue("Content-Type").orElse("application/json"),
                response.body());
    }

    private static void answer(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.getResponseHeaders().set("X-elastic-product", "Elasticsearch");
        boolean empty = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, empty ? -1 : body.length);
        if (!empty) {
            exchange.getResponseBody().write(body);
        }
    }

    private static int lines(byte[] body) {
        int lines = 0;
        for (byte one : body) {
            lines += one == '\n' ? 1 : 0;
        }
        return lines;
    }

    @Override
    public void close() {
        server.stop(0);
        client.close();
    }
}
