package dev.onsale.payment;

import dev.onsale.payment.movement.Payments;
import dev.onsale.payment.provider.PaymentProvider;
import dev.onsale.payment.provider.WebhookSource;
import dev.onsale.payment.simulator.LedgerPage;
import dev.onsale.payment.simulator.SimulatorConfig;
import dev.onsale.payment.simulator.SimulatorProvider;
import dev.onsale.payment.simulator.SimulatorWebhooks;
import dev.onsale.payment.simulator.WebhookDelivery;
import dev.onsale.payment.stripe.StripeConfig;
import dev.onsale.payment.stripe.StripeProvider;
import dev.onsale.payment.stripe.StripeWebhooks;
import dev.onsale.payment.webhook.WebhookConfig;
import dev.onsale.payment.webhook.WebhookServer;
import dev.onsale.runtime.config.Config;
import dev.onsale.runtime.service.Running;
import dev.onsale.runtime.service.ServiceContext;
import dev.onsale.runtime.service.ServiceMain;
import dev.onsale.runtime.sql.Database;
import dev.onsale.runtime.tls.ServerTls;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** The payment adapter as a process: {@code java -jar onsale-payment-adapter.jar [--config FILE]}. */
public final class PaymentMain {
    private static final String LEDGER_PATH = "/simulator/ledger";

    private final ServiceContext context;
    private final ServerTls webhookTls;
    private final Database database;

    private PaymentMain(ServiceContext context, ServerTls webhookTls, Database database) {
        this.context = context;
        this.webhookTls = webhookTls;
        this.database = database;
    }

    /** Starts it and stays. */
    public static void main(String[] arguments) {
        ServiceMain.run("payment", arguments, PaymentMain::start);
    }

    /** Starts it in this process. The schema {@code payment} must be there: see {@link PaymentSchema}. */
    public static Future<Running> start(Vertx vertx, Config config) {
        ServiceContext context =
                ServiceContext.of("payment", vertx, config, 7004, 9004).withoutRedis();
        ServerTls webhookTls = context.tls("payment.http-");
        return context.starting(() -> PaymentSchema.migrateIfOwner(vertx, config)
                .compose(migrated -> context.database())
                .compose(database -> new PaymentMain(context, webhookTls, database).start()));
    }

    /** Which provider new payments go to. */
    private enum Choice {
        SIMULATOR,
        STRIPE
    }

    private Future<Running> start() {
        return switch (context.config().oneOf("payment.provider.name", Choice.SIMULATOR)) {
            case SIMULATOR -> withSimulator();
            case STRIPE -> withStripe();
        };
    }

    private Future<Running> withSimulator() {
        SimulatorConfig simulator = SimulatorConfig.from(context.config());
        SimulatorWebhooks webhooks =
                SimulatorWebhooks.of(simulator.secrets(), WebhookConfig.tolerance(context.config()));
        return listenForWebhooks(webhooks.source())
                .compose(port -> openSimulator(simulator, webhooks, port))
                .compose(this::serve);
    }

    private Future<Running> withStripe() {
        StripeConfig config = StripeConfig.from(context.config());
        context.config().check();
        StripeProvider stripe = StripeProvider.open(config);
        context.onStop(() -> {
            stripe.close();
            return Future.succeededFuture();
        });
        return listenForWebhooks(StripeWebhooks.source(config, WebhookConfig.tolerance(context.config())))
                .compose(port -> serve(stripe));
    }

    private Future<Integer> listenForWebhooks(WebhookSource source) {
        WebhookConfig config = WebhookConfig.from(context.config());
        context.config().check();
        return WebhookServer.start(
                        context.vertx(),
                        config,
                        webhookTls,
                        database,
                        List.of(source),
                        context.telemetry().registry())
                .map(server -> {
                    context.port("http", server.actualPort());
                    context.onStop(server::close);
                    return server.actualPort();
                });
    }

    private Future<SimulatorProvider> openSimulator(SimulatorConfig config, SimulatorWebhooks webhooks, int port) {
        URI here = URI.create("http://127.0.0.1:" + port + "/webhooks/" + SimulatorProvider.NAME);
        Optional<URI> to = config.webhooks() ? Optional.of(config.webhookUrl().orElse(here)) : Optional.empty();
        WebhookDelivery delivery = new WebhookDelivery(context.vertx(), webhooks, to, config.lateBy());
        return context.vertx()
                .executeBlocking(() -> SimulatorProvider.open(context.vertx(), config.ledger(), delivery))
                .onSuccess(simulator -> {
                    context.onStop(() -> context.vertx().executeBlocking(() -> {
                        simulator.close();
                        return null;
                    }));
                    context.page(LEDGER_PATH, new LedgerPage(simulator));
                });
    }

    private Future<Running> serve(PaymentProvider provider) {
        Payments payments = Payments.open(
                database, provider, context.config(), context.telemetry().registry());
        context.onStop(() -> {
            payments.close();
            return Future.succeededFuture();
        });
        return context.serve(context.rpc().service(payments.service()));
    }
}
