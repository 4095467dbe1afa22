package dev.onsale.waitingroom;

import dev.onsale.runtime.config.Config;
import dev.onsale.runtime.rpc.RpcConfig;
import dev.onsale.runtime.rpc.RpcServer;
import dev.onsale.runtime.service.Running;
import dev.onsale.runtime.service.ServiceContext;
import dev.onsale.runtime.service.ServiceMain;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The waiting room as a process, and as a part of a bigger one. */
public final class WaitingRoomMain {

    private static final Logger LOG = LoggerFactory.getLogger(WaitingRoomMain.class);
    private static final String NAME = "waiting-room";
    private static final int GRPC_PORT = 7003;
    private static final int MANAGEMENT_PORT = 9003;

    private WaitingRoomMain() {}

    /** Runs until it is told to stop. */
    public static void main(String[] arguments) {
        ServiceMain.run(NAME, arguments, WaitingRoomMain::start);
    }

    /** Starts the service: health and reflection on {@code waiting-room.port}, nothing else yet. */
    public static Future<Running> start(Vertx vertx, Config config) {
        ServiceContext context = ServiceContext.of(NAME, vertx, config, GRPC_PORT, MANAGEMENT_PORT);
        return context.starting(() -> {
            LOG.atInfo().log("This waiting room gates nothing yet: every fan may go straight to the sale");
            return context.serve(RpcServer.builder(vertx, RpcConfig.from(config, NAME, GRPC_PORT))
                    .meters(context.telemetry().registry())
                    .ready(context::ready));
        });
    }
}
