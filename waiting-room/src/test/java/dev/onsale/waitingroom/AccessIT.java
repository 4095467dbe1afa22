package dev.onsale.waitingroom;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.MethodDescriptor;
import dev.onsale.embedded.StoreKind;
import dev.onsale.runtime.config.Config;
import dev.onsale.runtime.service.Running;
import dev.onsale.testkit.TestStores;
import dev.onsale.testkit.TestTokens;
import dev.onsale.testkit.access.AccessCalls;
import dev.onsale.testkit.access.AccessCells;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who may call what of the waiting room, cell by cell. */
class AccessIT {
    @RegisterExtension
    static final TestStores stores = TestStores.with(StoreKind.REDIS, StoreKind.POSTGRES)
            .migrated(
                    "waiting_room",
                    (url, owner) -> WaitingRoomSchema.migrations(url, owner.user(), owner.password())
                            .run());

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() throws Exception {
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    @Test
    void refusesExactlyThoseCallersWhomTheTableDoesNotName() throws Exception {
        TestTokens tokens = TestTokens.create();
        Running room = WaitingRoomMain.start(vertx, config(tokens)).await(30, TimeUnit.SECONDS);
        try (AccessCalls calls = new AccessCalls(vertx, room.grpcPort())) {
            List<MethodDescriptor> served = calls.served();
            AccessCells cells = new AccessCells(calls, tokens);

            assertThat(cells.wrong(served)).isEmpty();

            assertThat(cells.checked()).isEqualTo(served.size() * cells.each());
            assertThat(served)
                    .extracting(method -> method.getService().getName())
                    .contains("WaitingRoomService", "WaitingRoomAdminService");
        }
        room.stop().await(30, TimeUnit.SECONDS);
    }

    private static Config config(TestTokens tokens) {
        Map<String, String> settings = new HashMap<>(stores.settings());
        settings.remove("sql.owner-user"); // Migrated already.
        settings.putAll(tokens.settings());
        settings.put(
                "auth.issuer-directory", tokens.jwksFile().resolveSibling(".").toString());
        settings.put("rpc.instances", "1");
        settings.put("sql.acquire-timeout", "20s"); // The machine of the tests may be busy.
        settings.put("waiting-room.port", "0");
        settings.put("waiting-room.management-port", "0");
        settings.put("command.port", "1"); // Nobody is there.
        return Config.of(settings);
    }
}
