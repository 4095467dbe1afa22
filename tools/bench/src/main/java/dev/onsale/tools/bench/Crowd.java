package dev.onsale.tools.bench;

import dev.onsale.demo.DemoSale;
import dev.onsale.demo.ManyShows;
import dev.onsale.proto.catalog.v1.Event;
import dev.onsale.runtime.auth.Role;
import dev.onsale.runtime.auth.TokenIssuer;
import dev.onsale.runtime.rpc.RpcClient;
import dev.onsale.runtime.rpc.RpcClientConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;

/** Who calls: fans with an account, a token and a connection each, an operator, and anybody for the public reads. */
final class Crowd {
    /** How many fans there are; with a limit of 100 tickets each they can hold 50,000 seats. */
    static final int FANS = 500;

    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final Duration TOKEN_LIFE = Duration.ofHours(2);
    private static final int CONNECTIONS = 8;

    private final Vertx vertx;
    private final SocketAddress command;
    private final String operatorToken;
    private final List<RpcClient> fans;
    private final List<RpcClient> readers;
    private final RpcClient support;

    private Crowd(
            Vertx vertx,
            SocketAddress command,
            String operatorToken,
            List<RpcClient> fans,
            List<RpcClient> readers,
            RpcClient support) {
        this.vertx = vertx;
        this.command = command;
        this.operatorToken = operatorToken;
        this.fans = fans;
        this.readers = readers;
        this.support = support;
    }

    static Crowd gather(Vertx vertx, Path issuerFolder, String command, String query) {
        TokenIssuer issuer = TokenIssuer.open(issuerFolder);
        String run = UUID.randomUUID().toString().substring(0, 8);
        RpcClientConfig write = target("command", command);
        List<RpcClient> fans = IntStream.range(0, FANS)
                .mapToObj(i -> issuer.issue("bench-" + run + "-" + i, Set.of(Role.FAN), TOKEN_LIFE))
                .map(token -> RpcClient.create(vertx, write, () -> Future.succeededFuture(token)))
                .toList();
        List<RpcClient> readers = IntStream.range(0, CONNECTIONS)
                .mapToObj(i -> RpcClient.anonymous(vertx, target("query", query)))
                .toList();
        return new Crowd(
                vertx,
                SocketAddress.inetSocketAddress(write.port(), write.host()),
                issuer.issue("bench-operator", Set.of(Role.OPERATOR), TOKEN_LIFE),
                fans,
                readers,
                readers.get(0).as(issuer.issue("bench-support", Set.of(Role.SUPPORT), TOKEN_LIFE)));
    }

    /** Makes an event of 50,000 seats for this run alone. */
    Future<Event> putOnSale() {
        return DemoSale.startAnother(client(), command, operatorToken, "Bench " + UUID.randomUUID(), 100);
    }

    /** Makes events of 500 seats and opens their sales. */
    Future<List<String>> putManyOnSale(int events) {
        return ManyShows.start(client(), command, operatorToken, "Bench " + UUID.randomUUID(), events);
    }

    private GrpcClient client() {
        return GrpcClient.client(
                vertx,
                new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false));
    }

    RpcClient fan(long number) {
        return fans.get((int) (number % FANS));
    }

    RpcClient reader(long number) {
        return readers.get((int) (number % CONNECTIONS));
    }

    /** Somebody who may search all bookings. */
    RpcClient support() {
        return support;
    }

    static RpcClientConfig target(String name, String hostPort) {
        int colon = hostPort.lastIndexOf(':');
        String host = hostPort.substring(0, colon);
        int port = Integer.parseInt(hostPort.substring(colon + 1));
        return new RpcClientConfig(name, host, port, DEADLINE, Duration.ofSeconds(2));
    }
}
