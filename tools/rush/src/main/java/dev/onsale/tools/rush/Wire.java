package dev.onsale.tools.rush;

import dev.onsale.runtime.auth.Role;
import dev.onsale.runtime.auth.TokenIssuer;
import io.grpc.CallCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;

/** The connections of the rush, shared by its fans, and the tokens they show. */
final class Wire implements AutoCloseable {
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    private static final int LARGEST_ANSWER = 32 * 1024 * 1024;
    private static final Duration TOKEN_LIFE = Duration.ofHours(6);

    private final List<ManagedChannel> command;
    private final ManagedChannel query;
    private final TokenIssuer issuer;

    /** Opens at least a connection to each command node: that of the target first, then the others in turn. */
    Wire(Target target, List<Integer> otherNodes, int connections) {
        List<Integer> nodes = new ArrayList<>(List.of(target.commandPort()));
        nodes.addAll(otherNodes);
        command = IntStream.range(0, Math.max(connections, nodes.size()))
                .mapToObj(i -> open(nodes.get(i % nodes.size())))
                .toList();
        query = open(target.queryPort());
        issuer = TokenIssuer.open(target.issuer());
    }

    private static ManagedChannel open(int port) {
        return NettyChannelBuilder.forAddress("127.0.0.1", port)
                .usePlaintext()
                .maxInboundMessageSize(LARGEST_ANSWER)
                .build();
    }

    /** A connection to the command service; the same number gets the same one, the next number one to the next node. */
    ManagedChannel command(int number) {
        return command.get(Math.floorMod(number, command.size()));
    }

    /** The connection to the query service. */
    ManagedChannel query() {
        return query;
    }

    /** Shows a token of this account with every call. */
    CallCredentials as(String account, Role role) {
        return new Bearer("Bearer " + issuer.issue(account, Set.of(role), TOKEN_LIFE));
    }

    private static final class Bearer extends CallCredentials {
        private final String value;

        Bearer(String value) {
            this.value = value;
        }

        @Override
        public void applyRequestMetadata(RequestInfo request, Executor executor, MetadataApplier applier) {
            Metadata headers = new Metadata();
            headers.put(AUTHORIZATION, value);
            applier.apply(headers);
        }
    }

    @Override
    public void close() {
        command.forEach(ManagedChannel::shutdownNow);
        query.shutdownNow();
    }
}
