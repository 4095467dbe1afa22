package dev.onsale.standalone;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import dev.onsale.proto.waitingroom.v1.ConfigureRoomRequest;
import dev.onsale.proto.waitingroom.v1.RoomSettings;
import dev.onsale.proto.waitingroom.v1.WaitingRoomAdminServiceGrpcClient;
import dev.onsale.runtime.auth.Role;
import dev.onsale.runtime.auth.TokenIssuer;
import dev.onsale.runtime.rpc.RpcClient;
import dev.onsale.runtime.rpc.RpcClientConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Puts a waiting room before the sale of a running {@code up}: the demo's, or any other. */
@Command(
        name = "gate",
        description = "Puts a waiting room before the demo sale of a running `up`.",
        mixinStandardHelpOptions = true)
final class GateCommand implements Callable<Integer> {

    private static final int SECONDS = 30;

    @Mixin
    private DataOption data = new DataOption();

    @Option(names = "--event", paramLabel = "ID", description = "Another event (default: the demo).")
    private @Nullable String event;

    @Option(names = "--opens-in", defaultValue = "30", paramLabel = "SECONDS", description = "When (default: 30).")
    private int opensIn;

    @Option(names = "--rate", defaultValue = "1000", description = "Visitors called a second (default: 1000).")
    private int rate;

    @Option(names = "--active", defaultValue = "5000", description = "Most shoppers at once (default: 5000).")
    private int active;

    @Option(names = "--session", defaultValue = "600", description = "Seconds a shopper has (default: 600).")
    private int session;

    @Override
    public Integer call() throws TimeoutException {
        Endpoints endpoints = Endpoints.read(data.folder());
        String operator = TokenIssuer.open(data.issuer())
                .issue("onsale-gate", Set.of(Role.OPERATOR), java.time.Duration.ofMinutes(5));
        Vertx vertx = Vertx.vertx();
        try {
            RpcClientConfig room = new RpcClientConfig(
                    "waiting-room",
                    "127.0.0.1",
                    endpoints.port(Listener.WAITING_ROOM),
                    java.time.Duration.ofSeconds(SECONDS),
                    java.time.Duration.ofSeconds(1));
            RpcClient.create(vertx, room, () -> Future.succeededFuture(operator))
                    .call(WaitingRoomAdminServiceGrpcClient.ConfigureRoom, request(endpoints))
                    .await(SECONDS, TimeUnit.SECONDS);
        } finally {
            vertx.close().await(SECONDS, TimeUnit.SECONDS);
        }
        System.out.printf("A waiting room stands before the event %s; it opens in %d s.%n", of(endpoints), opensIn);
        return 0;
    }

    private ConfigureRoomRequest request(Endpoints endpoints) {
        Instant opens = Instant.now().plusSeconds(opensIn);
        return ConfigureRoomRequest.newBuilder()
                .setRequestId(UUID.randomUUID().toString())
                .setEventId(of(endpoints))
                .setSettings(RoomSettings.newBuilder()
                        .setOpenTime(Timestamp.newBuilder().setSeconds(opens.getEpochSecond()))
                        .setDrainRate(rate)
                        .setMaxActive(active)
                        .setSessionLength(Duration.newBuilder().setSeconds(session)))
                .build();
    }

    private String of(Endpoints endpoints) {
        return event == null ? endpoints.eventId() : event;
    }
}
