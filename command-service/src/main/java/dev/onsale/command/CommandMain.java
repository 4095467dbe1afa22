package dev.onsale.command;

import dev.onsale.command.activity.SaleActivity;
import dev.onsale.command.admin.CatalogAdminRpc;
import dev.onsale.command.admin.SaleInventory;
import dev.onsale.command.admin.SaleStateWatch;
import dev.onsale.command.audit.CommandAudit;
import dev.onsale.command.booking.Bookings;
import dev.onsale.command.gate.Gate;
import dev.onsale.command.gate.GateRpc;
import dev.onsale.command.gate.RecentCalls;
import dev.onsale.command.gate.SharedCalls;
import dev.onsale.command.hold.BoxOfficeRpc;
import dev.onsale.command.hold.HoldDesk;
import dev.onsale.command.hold.HoldKeeping;
import dev.onsale.command.hold.HoldOverrides;
import dev.onsale.command.hold.HoldRpc;
import dev.onsale.command.inventory.DurableHolds;
import dev.onsale.command.inventory.InventoryRepairRpc;
import dev.onsale.command.inventory.Sweeper;
import dev.onsale.command.outbox.OutboxConfig;
import dev.onsale.command.outbox.OutboxRelay;
import dev.onsale.command.partner.Partners;
import dev.onsale.command.presale.Pepper;
import dev.onsale.command.presale.PresaleDoor;
import dev.onsale.command.presale.PresaleRpc;
import dev.onsale.command.privacy.Privacy;
import dev.onsale.command.risk.Risk;
import dev.onsale.command.risk.RiskRpc;
import dev.onsale.runtime.audit.Anchors;
import dev.onsale.runtime.audit.AuditLogRpc;
import dev.onsale.runtime.auth.AuthConfig;
import dev.onsale.runtime.auth.SigningKeys;
import dev.onsale.runtime.auth.TokenVerifier;
import dev.onsale.runtime.change.RecordChange;
import dev.onsale.runtime.config.Config;
import dev.onsale.runtime.rpc.RpcClient;
import dev.onsale.runtime.rpc.RpcServer;
import dev.onsale.runtime.service.Running;
import dev.onsale.runtime.service.ServiceContext;
import dev.onsale.runtime.service.ServiceMain;
import dev.onsale.runtime.sql.Database;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;

/** Puts the write side together and runs it. */
public final class CommandMain {
    private static final int GRPC_PORT = 7001;
    private static final int MANAGEMENT_PORT = 9001;

    private final CommandParts parts;
    private final Gate gate;
    private final Risk risk;

    private CommandMain(CommandParts parts, Gate gate, Risk risk) {
        this.parts = parts;
        this.gate = gate;
        this.risk = risk;
    }

    /** Runs the service alone, configured by {@code --config}, {@code ONSALE_CONFIG} and {@code ONSALE_...}. */
    public static void main(String[] arguments) {
        ServiceMain.run("command", arguments, CommandMain::start);
    }

    /** Starts the service in this process; fails, with nothing left open, if it can't. */
    public static Future<Running> start(Vertx vertx, Config config) {
        ServiceContext context = ServiceContext.of("command", vertx, config, GRPC_PORT, MANAGEMENT_PORT);
        CommandConfig settings = CommandConfig.from(config);
        return context.starting(() -> migrate(vertx, settings.migration())
                .compose(migrated -> context.database())
                .compose(database ->
                        context.redis().compose(redis -> start(CommandParts.of(context, settings, database, redis)))));
    }

    private static Future<Running> start(CommandParts parts) {
        return parts.sagaDatabase()
                .compose(sagaDatabase -> parts.gate()
                        .compose(gate ->
                                parts.risk().compose(risk -> new CommandMain(parts, gate, risk).serve(sagaDatabase))));
    }

    private static Future<?> migrate(Vertx vertx, MigrationConfig config) {
        return config.migrations().isPresent() ? config.migrations().get().run(vertx) : Future.succeededFuture();
    }

    /** Every feature adds its lines here: its parts, its service, its background work. */
    private Future<Running> serve(Database sagaDatabase) {
        RpcServer.Builder rpc = parts.context().rpc();
        SaleInventory inventory = new SaleInventory(parts.ledger(), parts.rebuild());
        rpc.service(new CatalogAdminRpc(
                        parts.vertx(),
                        parts.database(),
                        parts.catalog(),
                        parts.idempotency(),
                        parts.outbox(),
                        inventory,
                        parts.settings().bookings().paymentTimeout())
                .service());
        SaleStateWatch saleStates =
                new SaleStateWatch(parts.vertx(), parts.database(), parts.catalog(), parts.outbox(), inventory);
        parts.context().onStop(saleStates::stop);
        RpcClient payment = parts.payment();
        Pepper pepper = Pepper.open(parts.settings().presales().pepperFile());
        Privacy privacy = parts.privacy(sagaDatabase, payment, pepper);
        rpc.service(privacy.service());
        Bookings bookings = parts.bookings(sagaDatabase, gate, risk, payment, List.of(privacy.saga()));
        bookings.services().forEach(rpc::service);
        parts.context().onStop(bookings::stop);

        rpc.observer(SaleActivity.start(parts.context(), parts.database()));
        serveHolds(rpc, pepper);
        serveGate(rpc);
        servePartners(rpc);
        rpc.service(InventoryRepairRpc.service(
                parts.vertx(),
                parts.database(),
                parts.redis(),
                parts.settings().outbox().shards(),
                parts.ledger(),
                parts.rebuild()));
        serveAudit(rpc);
        startForgetting();
        startRelay(saleStates);
        return parts.context().serve(rpc);
    }

    private void serveHolds(RpcServer.Builder rpc, Pepper pepper) {
        DurableHolds durable = new DurableHolds(parts.database());
        HoldKeeping keeping = new HoldKeeping(parts.ledger(), durable, parts.rebuild()::lost);
        PresaleDoor door = parts.presaleDoor(pepper);
        rpc.service(HoldRpc.service(new HoldDesk(parts.catalog(), parts.ledger(), keeping, door), gate, risk));
        rpc.service(
                BoxOfficeRpc.service(parts.catalog(), parts.ledger(), keeping, new HoldOverrides(parts.database())));
        PresaleRpc.services(new PresaleRpc.Needs(
                        parts.database(), parts.catalog(), parts.idempotency(), parts.ledger(), pepper, door))
                .forEach(rpc::service);
        rpc.service(RiskRpc.service(parts.database(), parts.idempotency()));
        Sweeper sweeper =
                Sweeper.start(parts.database(), parts.ledger(), parts.settings().sweeper());
        parts.context().onStop(sweeper::stop);
    }

    private void serveGate(RpcServer.Builder rpc) {
        RecentCalls calls = new RecentCalls();
        rpc.observer(calls);
        SharedCalls shared = SharedCalls.start(parts.vertx(), parts.database(), calls);
        parts.context().onStop(shared::stop);
        rpc.service(GateRpc.service(
                gate,
                new GateRpc.Needs(
                        parts.vertx(),
                        parts.database(),
                        parts.catalog(),
                        parts.ledger(),
                        parts.rebuild()::lost,
                        shared)));
    }

    private void serveAudit(RpcServer.Builder rpc) {
        MeterRegistry meters = parts.context().telemetry().registry();
        Anchors anchors = Anchors.start(
                parts.vertx(),
                parts.database(),
                meters,
                CommandAudit.LOG,
                parts.settings().audit());
        parts.context().onStop(anchors::stop);
        rpc.service(AuditLogRpc.service(parts.database(), anchors));
    }

    /** This service believes partners' tokens by its own keys, without asking itself for them. */
    private void servePartners(RpcServer.Builder rpc) {
        SigningKeys keys = SigningKeys.open(parts.settings().partners().keyFile());
        AuthConfig believed = AuthConfig.from(parts.context().config()).withPartnerKeys(keys.file());
        rpc.tokens(TokenVerifier.create(parts.vertx(), believed));
        Partners partners = Partners.start(
                parts.vertx(),
                parts.database(),
                parts.idempotency(),
                parts.context().telemetry().registry(),
                keys,
                parts.settings().partners());
        parts.context().onStop(partners::stop);
        parts.context().page(Partners.PATH, partners.page());
        partners.services().forEach(rpc::service);
    }

    private void startForgetting() {
        long timer = parts.idempotency().startForgetting(parts.vertx());
        parts.context().onStop(() -> {
            parts.vertx().cancelTimer(timer);
            return Future.succeededFuture();
        });
    }

    private void startRelay(SaleStateWatch saleStates) {
        OutboxConfig config = parts.settings().outbox();
        if (config.relay()) {
            MeterRegistry meters = parts.context().telemetry().registry();
            OutboxRelay relay = OutboxRelay.start(parts.database(), parts.redis(), config, meters, change -> {
                if (change.kind() == RecordChange.Kind.BOOKING) {
                    saleStates.nudge(change.eventId());
                }
            });
            parts.context().onStop(relay::stop);
        }
    }
}
