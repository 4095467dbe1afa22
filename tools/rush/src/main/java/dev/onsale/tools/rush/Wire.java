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
    private static final Metadata.Key<String> ADMISSION =
            Metadata.Key.of("onsale-admission", Metadata.ASCII_STRING_MARSHALLER);
    private static final int LARGEST_ANSWER = 32 * 1024 * 1024;
    private static final Duration TOKEN_LIFE = Duration.ofHours(6);

    private final List<ManagedChannel> command;
    private final ManagedChannel query;
    private final List<ManagedChannel> waitingRoom;
    private final TokenIssuer issuer;

    /** Opens at least a connection to each command node: that of the target first, then the others in turn. */
    Wire(Target target, List<Integer> otherNodes, int connections) {
        List<Integer> nodes = new ArrayList<>(List.of(target.commandPort()));
        nodes.addAll(otherNodes);
        command = IntStream.range(0, Math.max(connections, nodes.size()))
                .mapToObj(i -> open(nodes.get(i % nodes.size())))
                .toList();
        query = open(target.queryPort());
        waitingRoom = IntStream.range(0, connections)
                .mapToObj(i -> open(target.waitingRoomPort()))
                .toList();
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

    /** A connection to the waiting room. */
    ManagedChannel waitingRoom(int number) {
        return waitingRoom.get(Math.floorMod(number, waitingRoom.size()));
    }

    /** Shows a token of this account with every call. */
    Bearer as(String account, Role role) {
        return new Bearer("Bearer " + issuer.issue(account, Set.of(role), TOKEN_LIFE), "");
    }

    /** What a caller shows: who it is, and that it was let in. */
    static final class Bearer extends CallCredentials {
        private final String value;
        private final String admission;

        private Bearer(String value, String admission) {
            this.value = value;
            this.admission = admission;
        }

        /** The same caller with an admission of the waiting room. */
        Bearer admitted(String token) {
            return new Bearer(value, token);
        }

        @Override
        public void applyRequestMetadata(RequestInfo request, Executor executor, MetadataApplier applier) {
            Metadata headers = new Metadata();
            headers.put(AUTHORIZATION, value);
            if (!admission.isEmpty()) {
                headers.put(ADMISSION, admission);
            }
            applier.apply(headers);
        }
    }

    @Override
    public void close() {
        command.forEach(ManagedChannel::shutdownNow);
        query.shutdownNow();
        waitingRoom.forEach(ManagedChannel::shutdownNow);
    }
}
