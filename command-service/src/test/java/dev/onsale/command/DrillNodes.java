package dev.onsale.command;

import static org.awaitility.Awaitility.await;

import dev.onsale.command.booking.BookingConfig;
import dev.onsale.command.booking.Bookings;
import dev.onsale.command.catalog.CatalogConfig;
import dev.onsale.command.catalog.EventCatalog;
import dev.onsale.command.gate.Gate;
import dev.onsale.command.gate.GateConfig;
import dev.onsale.command.mail.MailSettings;
import dev.onsale.command.mail.Mailer;
import dev.onsale.command.outbox.Outbox;
import dev.onsale.command.postponement.PostponementConfig;
import dev.onsale.command.saga.SagaConfig;
import dev.onsale.command.saga.SagaProbe;
import dev.onsale.command.ticket.TicketConfig;
import dev.onsale.command.ticket.TicketKeys;
import dev.onsale.runtime.auth.ServiceToken;
import dev.onsale.runtime.config.Config;
import dev.onsale.runtime.idempotency.Idempotency;
import dev.onsale.runtime.rpc.RpcClient;
import dev.onsale.runtime.rpc.RpcClientConfig;
import dev.onsale.testkit.DrillMaster;
import dev.onsale.testkit.SagaDrill;
import dev.onsale.testkit.SagaDrill.Disturbance;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Nodes that run sagas, and are disturbed while they do. The office's own node must run none. */
public final class DrillNodes {
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final int SHARDS = 64;

    private final BoxOffice office;
    private final DrillMaster master;
    private final List<Bookings> nodes = new ArrayList<>();

    /** Nodes of this office, disturbed by this master; none yet. */
    public DrillNodes(BoxOffice office, DrillMaster master) {
        this.office = office;
        this.master = master;
    }

    /** Starts two. Runs that must meet their blows from their first step are begun before. */
    public void startTwo() {
        nodes.add(node());
        nodes.add(node());
    }

    /** Stops all. */
    public void stop() {
        nodes.forEach(node -> node.stop().await());
        nodes.clear();
    }

    /** Waits until no saga is left. */
    public void ended() {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(300))
                .until(() -> office.text("SELECT count(*) FROM sagas WHERE state IN ('running', 'compensating')")
                        .equals("0"));
    }

    private Bookings node() {
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
        return Bookings.start(new Bookings.Needs(
                office.vertx(),
                office.database(),
                office.database(),
                new SimpleMeterRegistry(),
                new Outbox(SHARDS),
                new Idempotency(office.database()),
                new EventCatalog(office.vertx(), office.database(), CatalogConfig.from(config)),
                office.ledger(),
                Gate.open(office.vertx(), office.database(), GateConfig.from(config), new SimpleMeterRegistry())
                        .await(),
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
                probe()));
    }

    private SagaProbe probe() {
        return (moment, visit) -> {
            Disturbance what =
                    master.at(SagaDrill.Moment.valueOf(moment.name()), visit.subject(), visit.step(), visit.undoing());
            return SagaProbe.Interference.valueOf(what.name());
        };
    }
}
