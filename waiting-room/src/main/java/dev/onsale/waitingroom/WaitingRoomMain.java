package dev.onsale.waitingroom;

import dev.onsale.runtime.activity.ActivityHistory;
import dev.onsale.runtime.audit.Anchors;
import dev.onsale.runtime.audit.AuditConfig;
import dev.onsale.runtime.audit.AuditLogRpc;
import dev.onsale.runtime.auth.ServiceToken;
import dev.onsale.runtime.config.Config;
import dev.onsale.runtime.idempotency.Idempotency;
import dev.onsale.runtime.inventory.InventoryKeys;
import dev.onsale.runtime.redis.Redis;
import dev.onsale.runtime.rpc.RpcClient;
import dev.onsale.runtime.rpc.RpcClientConfig;
import dev.onsale.runtime.service.Running;
import dev.onsale.runtime.service.ServiceContext;
import dev.onsale.runtime.service.ServiceMain;
import dev.onsale.runtime.sql.Database;
import dev.onsale.runtime.sql.SqlConfig;
import dev.onsale.waitingroom.admission.AdmissionIssuer;
import dev.onsale.waitingroom.challenge.ChallengeDesk;
import dev.onsale.waitingroom.desk.RoomAdminRpc;
import dev.onsale.waitingroom.gate.GateClient;
import dev.onsale.waitingroom.line.JoinBatches;
import dev.onsale.waitingroom.line.LineLedger;
import dev.onsale.waitingroom.live.AdaptiveDrain;
import dev.onsale.waitingroom.live.Chores;
import dev.onsale.waitingroom.live.LineRepair;
import dev.onsale.waitingroom.live.LiveRooms;
import dev.onsale.waitingroom.live.RoomMetrics;
import dev.onsale.waitingroom.live.Ticker;
import dev.onsale.waitingroom.room.RoomAudit;
import dev.onsale.waitingroom.room.RoomStore;
import dev.onsale.waitingroom.visit.VisitActivity;
import dev.onsale.waitingroom.visit.VisitLookup;
import dev.onsale.waitingroom.visit.VisitorStore;
import dev.onsale.waitingroom.visit.WaitingRoomRpc;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;

/** Puts the waiting room together and runs it, as a process or as a part of a bigger one. */
public final class WaitingRoomMain {

    private static final String NAME = "waiting-room";
    private static final String KEYS_PATH = "/.well-known/admission-jwks.json";
    private static final int GRPC_PORT = 7003;
    private static final int MANAGEMENT_PORT = 9003;
    private static final int COMMAND_PORT = 7001;

    private final ServiceContext context;
    private final Database database;
    private final LineLedger ledger;
    private final LineRepair repair;
    private final RoomStore store;
    private final GateClient gate;
    private final ChallengeDesk challenges;

    private WaitingRoomMain(ServiceContext context, Database database, Redis redis) {
        var config = context.config();
        this.context = context;
        this.database = database;
        this.ledger = new LineLedger(redis, config.integer("shards", InventoryKeys.DEFAULT_SHARDS, 1, 1_024));
        this.repair = new LineRepair(ledger);
        this.store = new RoomStore(database);
        this.gate = new GateClient(command(context));
        this.challenges =
                ChallengeDesk.open(context.vertx(), config, context.telemetry().registry(), Clock.systemUTC());
        context.onStop(challenges::close);
    }

    /** Runs until it is told to stop. */
    public static void main(String[] arguments) {
        ServiceMain.run(NAME, arguments, WaitingRoomMain::start);
    }

    /** Starts the service in this process; fails, with nothing left open, if it can't. */
    public static Future<Running> start(Vertx vertx, Config config) {
        ServiceContext context = ServiceContext.of(NAME, vertx, config, GRPC_PORT, MANAGEMENT_PORT);
        return context.starting(() -> WaitingRoomSchema.migrateIfOwner(vertx, config)
                .compose(migrated ->
                        context.database("main", SqlConfig.from(config).in(WaitingRoomSchema.NAME)))
                .compose(database ->
                        context.redis().compose(redis -> new WaitingRoomMain(context, database, redis).serve())));
    }

    private static RpcClient command(ServiceContext context) {
        ServiceToken token = ServiceToken.from(context.config(), NAME);
        RpcClient client = RpcClient.create(
                context.vertx(),
                RpcClientConfig.from(context.config(), "command", COMMAND_PORT),
                () -> Future.succeededFuture(token.get()));
        context.onStop(client::close);
        return client;
    }

    private Future<Running> serve() {
        return AdmissionIssuer.open(context.vertx(), database, context.config())
                .compose(issuer -> LiveRooms.follow(context.vertx(), store).compose(rooms -> serve(issuer, rooms)));
    }

    private Future<Running> serve(AdmissionIssuer issuer, LiveRooms rooms) {
        var config = context.config();
        context.onStop(issuer::stop);
        context.onStop(rooms::stop);
        context.page(KEYS_PATH, issuer.page());
        RoomMetrics.show(context.telemetry().registry(), rooms);
        var chores = new Chores(database, rooms, store, ledger, gate, AdaptiveDrain.from(config));
        var ticker = Ticker.start(context.vertx(), rooms, store, ledger, repair, chores);
        context.onStop(ticker::stop);
        var idempotency = new Idempotency(database);
        long forgetting = idempotency.startForgetting(context.vertx());
        context.onStop(() -> {
            context.vertx().cancelTimer(forgetting);
            return Future.succeededFuture();
        });
        var anchors = Anchors.start(
                context.vertx(), database, context.telemetry().registry(), RoomAudit.LOG, AuditConfig.from(config));
        context.onStop(anchors::stop);
        var batches =
                new JoinBatches(context.vertx(), ledger, context.telemetry().registry());
        return context.serve(context.rpc()
                .observer(VisitActivity.start(context, database))
                .service(WaitingRoomRpc.service(new WaitingRoomRpc.Needs(
                        context.vertx(), rooms, store, ledger, repair, ticker, batches, challenges, issuer, gate)))
                .service(RoomAdminRpc.service(new RoomAdminRpc.Needs(
                        idempotency,
                        rooms,
                        ticker,
                        ledger,
                        repair,
                        gate,
                        challenges,
                        new VisitLookup(rooms, ledger, new ActivityHistory(database)),
                        new VisitorStore(database))))
                .service(AuditLogRpc.service(database, anchors)));
    }
}
