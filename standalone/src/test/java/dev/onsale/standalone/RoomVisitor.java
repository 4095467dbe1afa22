package dev.onsale.standalone;

import com.google.protobuf.Timestamp;
import dev.onsale.proto.inventory.v1.CreateHoldRequest;
import dev.onsale.proto.inventory.v1.CreateHoldResponse;
import dev.onsale.proto.inventory.v1.HoldServiceGrpc;
import dev.onsale.proto.waitingroom.v1.ChallengeKind;
import dev.onsale.proto.waitingroom.v1.ClaimAdmissionRequest;
import dev.onsale.proto.waitingroom.v1.ClaimAdmissionResponse;
import dev.onsale.proto.waitingroom.v1.ConfigureRoomRequest;
import dev.onsale.proto.waitingroom.v1.GetPositionRequest;
import dev.onsale.proto.waitingroom.v1.JoinRoomRequest;
import dev.onsale.proto.waitingroom.v1.OpenRoomRequest;
import dev.onsale.proto.waitingroom.v1.Place;
import dev.onsale.proto.waitingroom.v1.RevokeAdmissionsRequest;
import dev.onsale.proto.waitingroom.v1.RoomSettings;
import dev.onsale.proto.waitingroom.v1.WaitingRoomAdminServiceGrpc;
import dev.onsale.proto.waitingroom.v1.WaitingRoomServiceGrpc;
import dev.onsale.runtime.auth.Role;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.MetadataUtils;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A fan (and, where it configures, an operator) with plain grpc-java stubs. A refusal is thrown with its reason in words. */
final class RoomVisitor implements AutoCloseable {

    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    private static final Metadata.Key<String> ADMISSION =
            Metadata.Key.of("onsale-admission", Metadata.ASCII_STRING_MARSHALLER);

    private final ManagedChannel room;
    private final ManagedChannel command;
    private final String token;

    private RoomVisitor(ManagedChannel room, ManagedChannel command, String token) {
        this.room = room;
        this.command = command;
        this.token = token;
    }

    static RoomVisitor of(Endpoints endpoints, LocalSystem system, String account) {
        String token = system.tokens().issue(account, Set.of(Role.FAN, Role.OPERATOR), Duration.ofMinutes(10));
        return new RoomVisitor(
                channel(endpoints.port(Listener.WAITING_ROOM)), channel(endpoints.port(Listener.COMMAND)), token);
    }

    private static ManagedChannel channel(int port) {
        return NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
    }

    void configure(String event, int active) {
        Timestamp tomorrow = Timestamp.newBuilder()
                .setSeconds(Instant.now().plusSeconds(86_400).getEpochSecond())
                .build();
        told(() -> admin().configureRoom(ConfigureRoomRequest.newBuilder()
                .setRequestId(id())
                .setEventId(event)
                .setSettings(RoomSettings.newBuilder()
                        .setOpenTime(tomorrow)
                        .setMaxActive(active)
                        .setChallenge(ChallengeKind.CHALLENGE_KIND_NONE))
                .build()));
    }

    void open(String event) {
        told(() -> admin().openRoom(OpenRoomRequest.newBuilder()
                .setRequestId(id())
                .setEventId(event)
                .build()));
    }

    void revoke(String event, String session) {
        told(() -> admin().revokeAdmissions(RevokeAdmissionsRequest.newBuilder()
                .setRequestId(id())
                .setEventId(event)
                .setSessionId(session)
                .setCause("a test")
                .build()));
    }

    Place join(String event) {
        return told(() -> visitor()
                .joinRoom(JoinRoomRequest.newBuilder()
                        .setRequestId(id())
                        .setEventId(event)
                        .build())
                .getPlace());
    }

    Place position(String ticket) {
        return told(() -> visitor()
                .getPosition(
                        GetPositionRequest.newBuilder().setPlaceTicket(ticket).build())
                .getPlace());
    }

    ClaimAdmissionResponse claim(String ticket) {
        return told(() -> visitor()
                .claimAdmission(ClaimAdmissionRequest.newBuilder()
                        .setRequestId(id())
                        .setPlaceTicket(ticket)
                        .build()));
    }

    CreateHoldResponse hold(CreateHoldRequest request, String admission) {
        return told(() -> HoldServiceGrpc.newBlockingStub(command)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers(admission)))
                .withDeadlineAfter(20, TimeUnit.SECONDS)
                .createHold(request));
    }

    private WaitingRoomServiceGrpc.WaitingRoomServiceBlockingStub visitor() {
        return WaitingRoomServiceGrpc.newBlockingStub(room)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers("")))
                .withDeadlineAfter(20, TimeUnit.SECONDS);
    }

    private WaitingRoomAdminServiceGrpc.WaitingRoomAdminServiceBlockingStub admin() {
        return WaitingRoomAdminServiceGrpc.newBlockingStub(room)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers("")))
                .withDeadlineAfter(20, TimeUnit.SECONDS);
    }

    private Metadata headers(String admission) {
        Metadata headers = new Metadata();
        headers.put(AUTHORIZATION, "Bearer " + token);
        if (!admission.isEmpty()) {
            headers.put(ADMISSION, admission);
        }
        return headers;
    }

    private static <T> T told(Supplier<T> call) {
        try {
            return call.get();
        } catch (StatusRuntimeException refused) {
            throw new IllegalStateException(String.valueOf(StatusProto.fromThrowable(refused)), refused);
        }
    }

    private static String id() {
        return UUID.randomUUID().toString();
    }

    @Override
    public void close() {
        room.shutdownNow();
        command.shutdownNow();
    }
}
