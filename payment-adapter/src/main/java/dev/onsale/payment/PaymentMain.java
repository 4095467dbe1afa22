package dev.onsale.payment;

import dev.onsale.payment.movement.Payments;
import dev.onsale.payment.provider.WebhookSource;
import dev.onsale.payment.simulator.LedgerPage;
import dev.onsale.payment.simulator.SimulatorProvider;
import dev.onsale.payment.simulator.SimulatorWebhooks;
import dev.onsale.payment.webhook.WebhookConfig;
import dev.onsale.payment.webhook.WebhookServer;
import dev.onsale.runtime.config.Config;
import dev.onsale.runtime.service.Running;
import dev.onsale.runtime.service.ServiceContext;
import dev.onsale.runtime.service.ServiceMain;
import dev.onsale.runtime.sql.Database;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;

/** The payment adapter as a process: {@code java -jar onsale-payment-adapter.jar [--config FILE]}. */
public final class PaymentMain {
    private static final String LEDGER_PATH = "/simulator/ledger";

    private PaymentMain() {}

    /** Starts it and stays. */
    public static void main(String[] arguments) {
        ServiceMain.run("payment", arguments, PaymentMain::start);
    }

    /**
     * Starts it in this process. The schema {@code payment} must be there: see {@link PaymentSchema}.
     *
     * <p>{@code payment.simulator.ledger} names the simulator's ledger file.
     */
    public static Future<Running> start(Vertx vertx, Config config) {
        ServiceContext context = ServiceContext.of("payment", vertx, config, 7004, 9004);
        return context.starting(() -> PaymentSchema.migrateIfOwner(vertx, config)
                .compose(migrated -> context.database())
                .compose(database -> openSimulator(context).compose(simulator -> serve(context, database, simulator))));
    }

    private static Future<SimulatorProvider> openSimulator(ServiceContext context) {
        Path ledger = Path.of(context.config().string("payment.simulator.ledger", "data/simulator/ledger.jsonl"));
        return context.vertx()
                .executeBlocking(() -> SimulatorProvider.open(context.vertx(), ledger))
                .onSuccess(simulator -> {
                    context.onStop(() -> context.vertx().executeBlocking(() -> {
                        simulator.close();
                        return null;
                    }));
                    context.page(LEDGER_PATH, new LedgerPage(simulator));
                });
    }

    private static Future<Running> serve(ServiceContext context, Database database, SimulatorProvider simulator) {
        Payments payments = Payments.open(
                database, simulator, context.config(), context.telemetry().registry());
        context.onStop(() -> {
            payments.close();
            return Future.succeededFuture();
        });
        return listenForWebhooks(context, database)
                .compose(listening -> context.serve(context.rpc().service(payments.service())));
    }

    private static SimulatorWebhooks webhooks(Config config) {
        return SimulatorWebhooks.of(
                config.list("payment.simulator.webhook-secrets", List.of()), WebhookConfig.tolerance(config));
    }

    private static Future<Void> listenForWebhooks(ServiceContext context, Database database) {
        WebhookConfig config = WebhookConfig.from(context.config());
        List<WebhookSource> sources = List.of(webhooks(context.config()).source());
        context.config().check();
        return WebhookServer.start(
                        context.vertx(),
                        config,
                        database,
                        sources,
                        context.telemetry().registry())
                .map(server -> {
                    context.port("http", server.actualPort());
                    context.onStop(server::close);
                    return null;
                });
    }
}
