package dev.onsale.standalone.room;

import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.AbstractStub;
import io.grpc.stub.MetadataUtils;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Connections to a waiting-room node and to the sale behind it, for any number of callers.
 *
 * @param room to the node
 * @param command to the command service
 */
public record RoomChannels(ManagedChannel room, ManagedChannel command) implements AutoCloseable {

    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    private static final Metadata.Key<String> ADMISSION =
            Metadata.Key.of("onsale-admission", Metadata.ASCII_STRING_MARSHALLER);
    private static final int SECONDS = 20;

    /** Connections to these ports of this machine. */
    public static RoomChannels to(int roomPort, int commandPort) {
        return new RoomChannels(channel(roomPort).build(), channel(commandPort).build());
    }

    static NettyChannelBuilder channel(int port) {
        return NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext();
    }

    /** The stub with a token, perhaps an admission, and a deadline. */
    public static <S extends AbstractStub<S>> S calling(S stub, String token, String admission) {
        return showing(stub, token, admission).withDeadlineAfter(SECONDS, TimeUnit.SECONDS);
    }

    /** The stub with a token and perhaps an admission. */
    static <S extends AbstractStub<S>> S showing(S stub, String token, String admission) {
        Metadata headers = new Metadata();
        headers.put(AUTHORIZATION, "Bearer " + token);
        if (!admission.isEmpty()) {
            headers.put(ADMISSION, admission);
        }
        return stub.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    /** What the call answers; a refusal is thrown with its reason in words. */
    static <T> T told(Supplier<T> call) {
        try {
            return call.get();
        } catch (StatusRuntimeException refused) {
            throw new IllegalStateException(String.valueOf(StatusProto.fromThrowable(refused)), refused);
        }
    }

    static String id() {
        return UUID.randomUUID().toString();
    }

    @Override
    public void close() {
        room.shutdownNow();
        command.shutdownNow();
    }
}
