package dev.onsale.payment.stripe;

import com.stripe.exception.StripeException;
import com.stripe.model.PaymentIntent;
import com.stripe.model.StripeCollection;
import dev.onsale.payment.provider.PaymentProvider;
import dev.onsale.payment.provider.ProviderOutcome;
import dev.onsale.payment.provider.ProviderOutcome.Approved;
import dev.onsale.payment.provider.ProviderOutcome.Declined;
import dev.onsale.payment.provider.ProviderOutcome.Failed;
import dev.onsale.payment.provider.ProviderPage;
import dev.onsale.payment.provider.ProviderPage.Found;
import dev.onsale.payment.provider.ProviderPayment;
import dev.onsale.payment.provider.ProviderView;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Payments through Stripe. The official client blocks, so every call is made on a thread of a small pool of its own. */
public final class StripeProvider implements PaymentProvider, AutoCloseable {
    /** What it is called on the wire, in the tables and in the path of its webhooks. */
    public static final String NAME = "stripe";

    /** Whose minor units Stripe counts otherwise than ISO 4217. */
    private static final Set<String> OTHER_UNITS = Set.of("ISK", "MGA", "UGX");

    private final StripeApi api;
    private final ThreadPoolExecutor threads;

    private StripeProvider(StripeApi api, ThreadPoolExecutor threads) {
        this.api = api;
        this.threads = threads;
    }

    /** Opens it; nothing is called yet. */
    public static StripeProvider open(StripeConfig config) {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                config.threads(),
                config.threads(),
                1,
                TimeUnit.MINUTES,
                new ArrayBlockingQueue<>(config.waiting()),
                Thread.ofPlatform().name("stripe-", 1).daemon().factory());
        threads.allowCoreThreadTimeOut(true);
        return new StripeProvider(new StripeApi(config), threads);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Future<ProviderOutcome> authorize(ProviderPayment payment, String key) {
        if (OTHER_UNITS.contains(payment.currency())) {
            return Future.succeededFuture(new Declined("currency_not_supported"));
        }
        return move(
                payment,
                intent -> StripeOutcomes.authorized(api.confirm(intent, payment.token(), key)),
                StripeOutcomes::authorized);
    }

    @Override
    public Future<ProviderOutcome> capture(ProviderPayment payment, String key) {
        return move(payment, intent -> StripeOutcomes.captured(api.capture(intent, key)), StripeOutcomes::captured);
    }

    @Override
    public Future<ProviderOutcome> voidAuthorization(ProviderPayment payment, String key) {
        return unheardOf(payment)
                ? Future.succeededFuture(new Approved("")) // Nothing was made, and from now on nothing will be.
                : move(payment, intent -> StripeOutcomes.cancelled(api.cancel(intent, key)), StripeOutcomes::cancelled);
    }

    @Override
    public Future<ProviderOutcome> refund(ProviderPayment payment, long amountMinor, String key) {
        return move(
                payment,
                intent -> StripeOutcomes.refunded(intent, api.refund(intent, amountMinor, key)),
                intent -> new Declined(StripeOutcomes.UNEXPECTED_STATE));
    }

    @Override
    public Future<ProviderView> query(ProviderPayment payment) {
        return unheardOf(payment)
                ? Future.succeededFuture(ProviderView.ABSENT)
                : run(() -> StripeViews.of(api.retrieve(api.intent(payment))));
    }

    @Override
    public Future<ProviderPage> list(Instant from, Instant until, String after) {
        return run(() -> page(api.list(from, until, after)));
    }

    /** Others may use the account too: what doesn't carry our mark is none of ours. */
    private static ProviderPage page(StripeCollection<PaymentIntent> intents) {
        List<Found> found = new ArrayList<>();
        intents.getData()
                .forEach(intent -> id(intent, StripeApi.PAYMENT)
                        .ifPresent(payment -> found.add(new Found(
                                payment, id(intent, StripeApi.BOOKING).orElse(null), StripeViews.of(intent)))));
        boolean more =
                Boolean.TRUE.equals(intents.getHasMore()) && !intents.getData().isEmpty();
        return new ProviderPage(found, more ? intents.getData().getLast().getId() : "");
    }

    private static Optional<UUID> id(PaymentIntent intent, String name) {
        Map<String, String> metadata = intent.getMetadata();
        return StripeWebhooks.id(metadata == null ? null : metadata.get(name));
    }

    /** Closed before anybody authorized it: no intent was ever made. */
    private static boolean unheardOf(ProviderPayment payment) {
        return payment.currency().isEmpty() && payment.reference().isEmpty();
    }

    /** A call that Stripe may answer. */
    @FunctionalInterface
    private interface Call<Q, R> {
        R on(Q argument) throws StripeException;
    }

    /** Makes the call; if the intent's status does not allow it, its status says what has become of the movement. */
    private Future<ProviderOutcome> move(
            ProviderPayment payment,
            Call<String, ProviderOutcome> call,
            Function<PaymentIntent, ProviderOutcome> status) {
        return run(() -> {
                    String intent = api.intent(payment);
                    try {
                        return call.on(intent);
                    } catch (StripeException failure) {
                        return StripeOutcomes.UNEXPECTED_STATE.equals(failure.getCode())
                                ? status.apply(api.retrieve(intent))
                                : StripeOutcomes.failed(failure);
                    }
                })
                .recover(StripeProvider::notMade);
    }

    private static Future<ProviderOutcome> notMade(Throwable failure) {
        return switch (failure) {
            case StripeException stripe -> Future.succeededFuture(StripeOutcomes.failed(stripe));
            case RejectedExecutionException full -> Future.succeededFuture(new Failed("too_many_calls"));
            default -> Future.failedFuture(failure);
        };
    }

    /** Something that may take its time. */
    @FunctionalInterface
    private interface Blocking<T extends @Nullable Object> {
        T get() throws StripeException;
    }

    private <T> Future<T> run(Blocking<T> work) {
        Promise<T> done = Promise.promise();
        try {
            threads.execute(() -> {
                try {
                    done.complete(work.get());
                } catch (StripeException | RuntimeException failure) {
                    done.fail(failure);
                }
            });
        } catch (RejectedExecutionException full) {
            done.fail(full);
        }
        return done.future();
    }

    /** Takes on no more calls. */
    @Override
    public void close() {
        threads.shutdown();
    }
}
