package dev.onsale.tools.bench;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import dev.onsale.proto.ticket.v1.ListTicketKeysRequest;
import dev.onsale.proto.ticket.v1.TicketServiceGrpcClient;
import dev.onsale.proto.waitingroom.v1.ChallengeKind;
import dev.onsale.proto.waitingroom.v1.ConfigureRoomRequest;
import dev.onsale.proto.waitingroom.v1.GetPositionRequest;
import dev.onsale.proto.waitingroom.v1.JoinRoomRequest;
import dev.onsale.proto.waitingroom.v1.OpenRoomRequest;
import dev.onsale.proto.waitingroom.v1.Place;
import dev.onsale.proto.waitingroom.v1.RoomSettings;
import dev.onsale.proto.waitingroom.v1.WaitingRoomAdminServiceGrpcClient;
import dev.onsale.proto.waitingroom.v1.WaitingRoomServiceGrpcClient;
import dev.onsale.runtime.auth.Role;
import dev.onsale.runtime.auth.TokenIssuer;
import dev.onsale.runtime.rpc.RpcClient;
import dev.onsale.runtime.rpc.RpcClientConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;

/** Any number of accounts over a few dozen connections, as behind an edge, and the operator who runs the rooms. */
final class RoomCrowd {
    /** How many can join a room of the bench. */
    static final int CAPACITY = 1_280_000;

    private static final int CONNECTIONS = 32;
    private static final java.time.Duration TOKEN_LIFE = java.time.Duration.ofHours(2);

    private final TokenIssuer issuer;
    private final List<RpcClient> connections;
    private final RpcClient command;
    private final RpcClient operator;

    private RoomCrowd(TokenIssuer issuer, List<RpcClient> connections, RpcClient command, RpcClient operator) {
        this.issuer = issuer;
        this.connections = connections;
        this.command = command;
        this.operator = operator;
    }

    static RoomCrowd of(Vertx vertx, TokenIssuer issuer, RpcClientConfig room, RpcClientConfig command) {
        String operator = issuer.issue("bench-operator", Set.of(Role.OPERATOR), TOKEN_LIFE);
        List<RpcClient> connections = IntStream.range(0, CONNECTIONS)
                .mapToObj(i -> RpcClient.anonymous(vertx, room))
                .toList();
        return new RoomCrowd(
                issuer,
                connections,
                RpcClient.anonymous(vertx, command).as(operator),
                connections.get(0).as(operator));
    }

    /** Accounts that never existed before, each with its token. */
    List<RpcClient> accounts(int howMany) {
        String run = UUID.randomUUID().toString().substring(0, 8);
        return IntStream.range(0, howMany)
                .parallel()
                .mapToObj(i -> connections
                        .get(i % CONNECTIONS)
                        .as(issuer.issue("bench-" + run + "-" + i, Set.of(Role.FAN), TOKEN_LIFE)))
                .toList();
    }

    /** Puts a room before the event, without a challenge; at most one visitor a second is called. */
    Future<?> putRoomBefore(String event, Instant opens) {
        return operator.call(
                WaitingRoomAdminServiceGrpcClient.ConfigureRoom,
                ConfigureRoomRequest.newBuilder()
                        .setRequestId(newId())
                        .setEventId(event)
                        .setSettings(RoomSettings.newBuilder()
                                .setOpenTime(Timestamp.newBuilder().setSeconds(opens.getEpochSecond()))
                                .setDrainRate(1)
                                .setMaxActive(1)
                                .setClaimWindow(Duration.newBuilder().setSeconds(3600))
                                .setCapacity(CAPACITY)
                                .setChallenge(ChallengeKind.CHALLENGE_KIND_NONE))
                        .build());
    }

    Future<?> open(String event) {
        return operator.call(
                WaitingRoomAdminServiceGrpcClient.OpenRoom,
                OpenRoomRequest.newBuilder()
                        .setRequestId(newId())
                        .setEventId(event)
                        .build());
    }

    Future<Place> join(RpcClient account, String event) {
        return account.call(
                        WaitingRoomServiceGrpcClient.JoinRoom,
                        JoinRoomRequest.newBuilder()
                                .setRequestId(newId())
                                .setEventId(event)
                                .build())
                .map(joined -> joined.getPlace());
    }

    Future<?> position(RpcClient account, String ticket) {
        return account.call(
                WaitingRoomServiceGrpcClient.GetPosition,
                GetPositionRequest.newBuilder().setPlaceTicket(ticket).build());
    }

    /** An authenticated RPC that asks no store. */
    Future<?> echo() {
        return command.call(TicketServiceGrpcClient.ListTicketKeys, ListTicketKeysRequest.getDefaultInstance());
    }

    private static String newId() {
        return UUID.randomUUID().toString();
    }
}
