package dev.onsale.payment.simulator;

import dev.onsale.payment.provider.PaymentProvider;
import dev.onsale.payment.provider.ProviderOutcome;
import dev.onsale.payment.provider.ProviderOutcome.Failed;
import dev.onsale.payment.provider.ProviderOutcome.Unknown;
import dev.onsale.payment.provider.ProviderPage;
import dev.onsale.payment.provider.ProviderPayment;
import dev.onsale.payment.provider.ProviderView;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The way to the simulated bank, and the only place where calls and answers get lost or late, as the token says. What is
 * lost once is remembered in memory only: after a restart it may be lost once more.
 */
public final class SimulatorProvider implements PaymentProvider, AutoCloseable {
    /** What it is called on the wire, in the tables and in the path of its webhooks. */
    public static final String NAME = "simulator";

    /** How long {@code tok_late_answer} takes. */
    public static final Duration LATE = Duration.ofSeconds(5);

    private final Vertx vertx;
    private final SimulatorBank bank;
    private final WebhookDelivery webhooks;
    private final Set<String> seenKeys = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> calls = new ConcurrentHashMap<>();
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();

    private SimulatorProvider(Vertx vertx, SimulatorBank bank, WebhookDelivery webhooks) {
        this.vertx = vertx;
        this.bank = bank;
        this.webhooks = webhooks;
    }

    /**
     * Opens the simulator on its ledger file (made if it isn't there). Blocks while it reads the file.
     *
     * @param webhooks tells what happens
     */
    public static SimulatorProvider open(Vertx vertx, Path ledger, WebhookDelivery webhooks) throws IOException {
        return new SimulatorProvider(vertx, SimulatorBank.open(ledger, Clock.systemUTC(), webhooks::tell), webhooks);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Future<ProviderOutcome> authorize(ProviderPayment payment, String key) {
        BankOrder order = BankOrder.authorize(payment, key);
        return switch (Behaviour.of(payment.token())) {
            case TIMEOUT -> lost();
            case LOST_ANSWER -> answerLostOnce(order);
            case WEBHOOK_ONLY -> bank.order(order).compose(answer -> lost());
            case WEBHOOK_BEFORE -> afterWebhook(order);
            case LATE_ANSWER -> late(order);
            case CHAOS -> chaos(order, Chaos.of(payment.token()));
            case ERROR_500 -> seenKeys.add(key) ? Future.succeededFuture(new Failed("error_500")) : bank.order(order);
            default -> bank.order(order);
        };
    }

    @Override
    public Future<ProviderOutcome> capture(ProviderPayment payment, String key) {
        return order(BankOrder.of(BankVerb.CAPTURE, payment.id(), 0, key), Behaviour.CAPTURE_LOST_ANSWER);
    }

    @Override
    public Future<ProviderOutcome> voidAuthorization(ProviderPayment payment, String key) {
        return order(BankOrder.of(BankVerb.VOID, payment.id(), 0, key), Behaviour.VOID_LOST_ANSWER);
    }

    @Override
    public Future<ProviderOutcome> refund(ProviderPayment payment, long amountMinor, String key) {
        return order(BankOrder.of(BankVerb.REFUND, payment.id(), amountMinor, key), Behaviour.REFUND_LOST_ANSWER);
    }

    @Override
    public Future<ProviderView> query(ProviderPayment payment) {
        return bank.query(payment.id());
    }

    @Override
    public Future<ProviderPage> list(Instant from, Instant until, String after) {
        return bank.list(from, until, after);
    }

    /** The ledger file, for whoever audits it. */
    public Path ledger() {
        return bank.ledger().path();
    }

    /** How much of the ledger file is whole lines on disk, in bytes. */
    public long ledgerBytes() {
        return bank.ledger().durableBytes();
    }

    private Future<ProviderOutcome> order(BankOrder order, Behaviour loses) {
        return bank.token(order.payment()).compose(token -> {
            Behaviour behaviour = token.isEmpty() ? Behaviour.APPROVE : Behaviour.of(token);
            if (behaviour == Behaviour.WEBHOOK_BEFORE) {
                return afterWebhook(order);
            }
            if (behaviour == Behaviour.CHAOS) {
                return chaos(order, Chaos.of(token));
            }
            if (behaviour == Behaviour.VOID_TIMEOUT && order.verb() == BankVerb.VOID && callsOf(order) <= 2) {
                return lost();
            }
            boolean less = behaviour == Behaviour.OTHER_AMOUNT && order.verb() == BankVerb.CAPTURE;
            return less || behaviour == loses ? answerLostOnce(order) : bank.order(order);
        });
    }

    private Future<ProviderOutcome> afterWebhook(BankOrder order) {
        return bank.order(order)
                .compose(answer -> webhooks.delivered(order.key()).map(answer));
    }

    private Future<ProviderOutcome> answerLostOnce(BankOrder order) {
        Future<ProviderOutcome> answer = bank.order(order);
        return seenKeys.add(order.key()) ? lost() : answer;
    }

    /** How often this was asked of a payment, under whatever key. */
    private int callsOf(BankOrder order) {
        return calls.merge(order.payment() + " " + order.verb(), 1, Integer::sum);
    }

    private Future<ProviderOutcome> chaos(BankOrder order, Chaos chaos) {
        int number = callsOf(order);
        Duration delay = chaos.delay(order.verb(), number);
        return switch (chaos.fate(order.verb(), number)) {
            case ANSWERED -> bank.order(order);
            case LOST -> lost();
            case ANSWER_LOST -> bank.order(order).compose(answer -> lost());
            case ERROR -> Future.succeededFuture(new Failed("error_500"));
            case LATE -> vertx.timer(delay.toMillis(), TimeUnit.MILLISECONDS).compose(now -> bank.order(order));
            case ANSWER_LATE ->
                bank.order(order)
                        .compose(answer -> vertx.timer(delay.toMillis(), TimeUnit.MILLISECONDS)
                                .map(answer));
        };
    }

    private Future<ProviderOutcome> late(BankOrder order) {
        if (!seenKeys.add(order.key())) {
            return underWay.contains(order.key())
                    ? Future.succeededFuture(new Unknown("key_in_use"))
                    : bank.order(order);
        }
        underWay.add(order.key());
        Promise<ProviderOutcome> answer = Promise.promise();
        vertx.setTimer(LATE.toMillis(), timer -> {
            underWay.remove(order.key());
            bank.order(order).onComplete(answer);
        });
        return answer.future();
    }

    private static Future<ProviderOutcome> lost() {
        return Promise.<ProviderOutcome>promise().future();
    }

    @Override
    public void close() throws IOException {
        bank.close();
        webhooks.close();
    }
}
