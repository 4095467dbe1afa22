package dev.onsale.command;

import dev.onsale.command.booking.Bookings;
import dev.onsale.command.catalog.EventCatalog;
import dev.onsale.command.gate.Gate;
import dev.onsale.command.inventory.HolderTraces;
import dev.onsale.command.inventory.InventoryRebuild;
import dev.onsale.command.inventory.SeatLedger;
import dev.onsale.command.mail.Mailer;
import dev.onsale.command.outbox.Outbox;
import dev.onsale.command.presale.Pepper;
import dev.onsale.command.presale.PresaleDoor;
import dev.onsale.command.presale.PresaleTraces;
import dev.onsale.command.privacy.Privacy;
import dev.onsale.command.risk.Risk;
import dev.onsale.command.saga.Saga;
import dev.onsale.command.saga.SagaProbe;
import dev.onsale.command.ticket.TicketKeys;
import dev.onsale.runtime.auth.ServiceToken;
import dev.onsale.runtime.config.Config;
import dev.onsale.runtime.idempotency.Idempotency;
import dev.onsale.runtime.redis.Redis;
import dev.onsale.runtime.rpc.RpcClient;
import dev.onsale.runtime.rpc.RpcClientConfig;
import dev.onsale.runtime.service.ServiceContext;
import dev.onsale.runtime.sql.Database;
import dev.onsale.runtime.sql.SqlConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;

/**
 * What every feature may need.
 *
 * @param context the service being put together
 * @param settings all settings
 * @param database PostgreSQL
 * @param redis Redis
 * @param outbox where changes are noted
 * @param idempotency makes calls have their effect once
 * @param catalog events, from memory
 * @param rebuild loads events into Redis
 * @param ledger who holds what
 */
record CommandParts(
        ServiceContext context,
        CommandConfig settings,
        Database database,
        Redis redis,
        Outbox outbox,
        Idempotency idempotency,
        EventCatalog catalog,
        InventoryRebuild rebuild,
        SeatLedger ledger) {

    private static final int PAYMENT_PORT = 7004;
    private static final int WAITING_ROOM_PORT = 7003;

    static CommandParts of(ServiceContext context, CommandConfig settings, Database database, Redis redis) {
        int shards = settings.outbox().shards();
        InventoryRebuild rebuild = new InventoryRebuild(database, redis, shards);
        return new CommandParts(
                context,
                settings,
                database,
                redis,
                new Outbox(shards),
                new Idempotency(database),
                new EventCatalog(context.vertx(), database, settings.catalog()),
                rebuild,
                new SeatLedger(redis, shards, rebuild::lost));
    }

    /** Connects the sagas to PostgreSQL, by a pool of their own. */
    Future<Database> sagaDatabase() {
        return context.database("saga", settings.sagas().pool(SqlConfig.from(context.config())));
    }

    /** Learns which events have a gate, and follows. */
    Future<Gate> gate() {
        return Gate.open(vertx(), database, settings.gate(), context.telemetry().registry())
                .onSuccess(gate -> context.onStop(gate::stop));
    }

    /** Starts to look for scalpers, if that is wanted. */
    Future<Risk> risk() {
        return Risk.start(
                        vertx(),
                        database,
                        redis,
                        settings.outbox().shards(),
                        catalog,
                        settings.risk(),
                        context.telemetry().registry())
                .onSuccess(risk -> context.onStop(risk::stop));
    }

    /** Starts the checkout: bookings, tickets, mail, and the sagas behind them and behind other features. */
    Bookings bookings(Database sagaDatabase, Gate gate, Risk risk, RpcClient payment, List<Saga<?>> others) {
        Mailer mailer = new Mailer(vertx(), settings.mail());
        context.onStop(mailer::close);
        return Bookings.start(new Bookings.Needs(
                vertx(),
                database,
                sagaDatabase,
                context.telemetry().registry(),
                outbox,
                idempotency,
                catalog,
                ledger,
                gate,
                risk,
                payment,
                TicketKeys.open(settings.tickets().keyFile()),
                settings.tickets(),
                settings.postponements(),
                mailer,
                settings.bookings(),
                settings.sagas(),
                others,
                SagaProbe.NONE));
    }

    /** Erasures. */
    Privacy privacy(Database sagaDatabase, RpcClient payment, Pepper pepper) {
        HolderTraces traces = new HolderTraces(redis, settings.outbox().shards());
        RpcClient waitingRoom = neighbour("waiting-room", WAITING_ROOM_PORT);
        PresaleTraces presales = new PresaleTraces(sagaDatabase, pepper);
        return new Privacy(database, sagaDatabase, outbox, idempotency, traces, presales, payment, waitingRoom);
    }

    /** Who may hold before the general sale. */
    PresaleDoor presaleDoor(Pepper pepper) {
        return new PresaleDoor(database, redis, pepper, settings.presales());
    }

    /** A client of the payment adapter. */
    RpcClient payment() {
        return neighbour("payment", PAYMENT_PORT);
    }

    private RpcClient neighbour(String name, int port) {
        Config config = context.config();
        ServiceToken token = ServiceToken.from(config, "command");
        RpcClient client = RpcClient.create(
                vertx(), RpcClientConfig.from(config, name, port), () -> Future.succeededFuture(token.get()));
        context.onStop(client::close);
        return client;
    }

    Vertx vertx() {
        return context.vertx();
    }
}
