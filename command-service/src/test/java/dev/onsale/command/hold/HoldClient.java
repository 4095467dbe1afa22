package dev.onsale.command.hold;

import dev.onsale.command.gate.Gate;
import dev.onsale.command.gate.GateConfig;
import dev.onsale.command.inventory.SaleHouse;
import dev.onsale.command.presale.Pepper;
import dev.onsale.command.presale.PresaleConfig;
import dev.onsale.command.presale.PresaleDoor;
import dev.onsale.command.risk.Risk;
import dev.onsale.proto.inventory.v1.AreaSelection;
import dev.onsale.proto.inventory.v1.BestAvailable;
import dev.onsale.proto.inventory.v1.CreateHoldRequest;
import dev.onsale.proto.inventory.v1.CreateHoldResponse;
import dev.onsale.proto.inventory.v1.ExactSeats;
import dev.onsale.proto.inventory.v1.GetHoldRequest;
import dev.onsale.proto.inventory.v1.Hold;
import dev.onsale.proto.inventory.v1.HoldServiceGrpcClient;
import dev.onsale.proto.inventory.v1.ReleaseHoldRequest;
import dev.onsale.proto.inventory.v1.SwapHoldRequest;
import dev.onsale.runtime.auth.AuthConfig;
import dev.onsale.runtime.auth.Role;
import dev.onsale.runtime.auth.TokenIssuer;
import dev.onsale.runtime.auth.TokenVerifier;
import dev.onsale.runtime.config.Config;
import dev.onsale.runtime.rpc.RpcClient;
import dev.onsale.runtime.rpc.RpcClientConfig;
import dev.onsale.runtime.rpc.RpcConfig;
import dev.onsale.runtime.rpc.RpcServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** A fan with a token and a connection. */
final class HoldClient {
    private final RpcClient rpc;

    private HoldClient(RpcClient rpc) {
        this.rpc = rpc;
    }

    /** Serves holds of a house, and connects fans to it. */
    static final class Door {
        private final SaleHouse house;
        private final TokenIssuer issuer;
        private final RpcServer server;

        Door(SaleHouse house, Path folder) {
            this.house = house;
            this.issuer = TokenIssuer.open(folder);
            var config = Config.of(Map.of("auth.jwks-file", issuer.jwksFile().toString()));
            var keeping = new HoldKeeping(house.ledger, house.durable, house.rebuild::lost);
            this.server = SaleHouse.await(RpcServer.builder(house.vertx, RpcConfig.from(config, "command", 0))
                    .tokens(TokenVerifier.create(house.vertx, AuthConfig.from(config)))
                    .service(HoldRpc.service(
                            new HoldDesk(house.catalog, house.ledger, keeping, presales(folder)),
                            gate(config),
                            Risk.off()))
                    .start());
        }

        private PresaleDoor presales(Path folder) {
            var config = PresaleConfig.from(Config.of(Map.of()));
            return new PresaleDoor(house.database, house.redis, Pepper.open(folder.resolve("pepper")), config);
        }

        private Gate gate(Config config) {
            return SaleHouse.await(
                    Gate.open(house.vertx, house.database, GateConfig.from(config), new SimpleMeterRegistry()));
        }

        HoldClient enter(String account, Role... roles) {
            var token = issuer.issue(account, Set.of(roles), Duration.ofMinutes(10));
            var config = new RpcClientConfig(
                    "command", "127.0.0.1", server.port(), Duration.ofSeconds(20), Duration.ofSeconds(5));
            return new HoldClient(RpcClient.create(house.vertx, config, () -> Future.succeededFuture(token)));
        }

        HoldClient fan(String account) {
            return enter(account, Role.FAN);
        }

        void close() {
            SaleHouse.await(server.shutdown(Duration.ofSeconds(1)));
        }
    }

    static CreateHoldRequest.Builder ask(UUID event, String request) {
        return CreateHoldRequest.newBuilder().setEventId(event.toString()).setRequestId(request);
    }

    static CreateHoldRequest seats(UUID event, String request, String... seatIds) {
        return ask(event, request).setSeats(exact(seatIds)).build();
    }

    static ExactSeats exact(String... seatIds) {
        return ExactSeats.newBuilder().addAllSeatIds(List.of(seatIds)).build();
    }

    static CreateHoldRequest best(UUID event, String request, BestAvailable.Builder best) {
        return ask(event, request).setBestAvailable(best).build();
    }

    static CreateHoldRequest area(UUID event, String request, int quantity) {
        return ask(event, request)
                .setArea(AreaSelection.newBuilder().setAreaId("FLOOR").setQuantity(quantity))
                .build();
    }

    Future<CreateHoldResponse> create(CreateHoldRequest request) {
        return rpc.call(HoldServiceGrpcClient.CreateHold, request);
    }

    Future<Hold> get(String holdId) {
        return rpc.call(
                        HoldServiceGrpcClient.GetHold,
                        GetHoldRequest.newBuilder().setHoldId(holdId).build())
                .map(response -> response.getHold());
    }

    Future<Hold> release(String holdId) {
        var request = ReleaseHoldRequest.newBuilder().setHoldId(holdId).setRequestId("release");
        return rpc.call(HoldServiceGrpcClient.ReleaseHold, request.build()).map(response -> response.getHold());
    }

    Future<Hold> swap(SwapHoldRequest request) {
        return rpc.call(HoldServiceGrpcClient.SwapHold, request).map(response -> response.getHold());
    }
}
