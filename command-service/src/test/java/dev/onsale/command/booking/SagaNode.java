package dev.onsale.command.booking;

import dev.onsale.command.BoxOffice;
import dev.onsale.command.catalog.CatalogConfig;
import dev.onsale.command.catalog.EventCatalog;
import dev.onsale.command.gate.Gate;
import dev.onsale.command.gate.GateConfig;
import dev.onsale.command.mail.MailSettings;
import dev.onsale.command.mail.Mailer;
import dev.onsale.command.outbox.Outbox;
import dev.onsale.command.postponement.PostponementConfig;
import dev.onsale.command.risk.Risk;
import dev.onsale.command.saga.SagaConfig;
import dev.onsale.command.saga.SagaProbe;
import dev.onsale.command.ticket.TicketConfig;
import dev.onsale.command.ticket.TicketKeys;
import dev.onsale.runtime.auth.ServiceToken;
import dev.onsale.runtime.config.Config;
import dev.onsale.runtime.idempotency.Idempotency;
import dev.onsale.runtime.rpc.RpcClient;
import dev.onsale.runtime.rpc.RpcClientConfig;
import dev.onsale.runtime.sql.Database;
import dev.onsale.runtime.sql.SqlConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;

/** A node that runs the sagas of a box office, and lets a drill interfere with them. Soon taken for dead. */
public final class SagaNode {
    private static final int SHARDS = 64;

    private final Bookings bookings;
    private final Database database;

    private SagaNode(Bookings bookings, Database database) {
        this.bookings = bookings;
        this.database = database;
    }

    /** Takes on no more, lets others have what is under way, and is gone. */
    public void stop() {
        BoxOffice.await(bookings.stop().eventually(database::close));
    }

    /** Starts one; the probe may interfere with every step it takes. */
    public static SagaNode start(BoxOffice office, SagaProbe probe) {
        Config config = office.config();
        ServiceToken token = ServiceToken.from(config, "command");
        SagaConfig sagas = new SagaConfig(
                true,
                200,
                20,
                8,
                Duration.ofSeconds(3),
                Duration.ofMillis(200),
                Duration.ofMillis(50),
                Duration.ofMillis(500));
        Database own = BoxOffice.await(Database.connect(office.vertx(), sagas.pool(SqlConfig.from(config))));
        Bookings bookings = Bookings.start(new Bookings.Needs(
                office.vertx(),
                office.database(),
                own,
                new SimpleMeterRegistry(),
                new Outbox(SHARDS),
                new Idempotency(office.database()),
                new EventCatalog(office.vertx(), office.database(), CatalogConfig.from(config)),
                office.ledger(),
                Gate.open(office.vertx(), office.database(), GateConfig.from(config), new SimpleMeterRegistry())
                        .await(),
                Risk.off(),
                RpcClient.create(
                        office.vertx(),
                        RpcClientConfig.from(config, "payment", 7004),
                        () -> Future.succeededFuture(token.get())),
                TicketKeys.open(TicketConfig.from(config).keyFile()),
                TicketConfig.from(config),
                PostponementConfig.from(config),
                new Mailer(office.vertx(), MailSettings.from(config)),
                BookingConfig.from(config),
                sagas,
                List.of(),
                probe));
        return new SagaNode(bookings, own);
    }
}
