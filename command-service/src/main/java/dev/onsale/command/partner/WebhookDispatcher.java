package dev.onsale.command.partner;

import dev.onsale.runtime.auth.SigningKey;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pushes changes to partners' webhooks. Every node may run one; each webhook is delivered by one of them at a time, which leases
 * it, and by another as soon as that one is gone. Post first, then mark: a crash between the two posts again, under the same
 * delivery id. Each webhook has a thread of its own and a few posts at once: one that is dead holds up nobody else.
 */
final class WebhookDispatcher {
    private static final Logger LOG = LoggerFactory.getLogger(WebhookDispatcher.class);
    private static final int MOST_WEBHOOKS = 256;
    private static final int LONGEST_DOUBLING = 20;
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final WebhookStore store;
    private final WebhookSender sender;
    private final SigningKey key;
    private final WebhookConfig config;
    private final Hooks hooks;
    private final MeterRegistry registry;
    private final String owner = ProcessHandle.current().pid() + "-" + UUID.randomUUID();
    private final Semaphore room = new Semaphore(MOST_WEBHOOKS);
    private final Promise<Void> stopped = Promise.promise();
    private volatile boolean stopping;
    private boolean troubled;

    /**
     * What tests reach into.
     *
     * @param names finds the addresses of hosts
     * @param afterSend runs between post and mark
     */
    record Hooks(WebhookAddress.Names names, Runnable afterSend) {
        static final Hooks NONE = new Hooks(WebhookAddress.Names.SYSTEM, () -> {});
    }

    WebhookDispatcher(
            WebhookStore store,
            WebhookSender sender,
            SigningKey key,
            WebhookConfig config,
            MeterRegistry registry,
            Hooks hooks) {
        this.store = store;
        this.sender = sender;
        this.key = key;
        this.config = config;
        this.registry = registry;
        this.hooks = hooks;
    }

    WebhookDispatcher start() {
        Thread.ofVirtual().name("webhooks").start(this::loop);
        return this;
    }

    /** Ends after the posts under way, and lets other nodes have the webhooks. */
    Future<Void> stop() {
        stopping = true;
        return stopped.future().eventually(sender::close);
    }

    private void loop() {
        while (!stopping) {
            try {
                int free = room.availablePermits();
                if (free > 0) {
                    store.claim(owner, free).forEach(this::begin);
                }
                fine();
            } catch (Exception failure) {
                trouble(failure);
            }
            sleep(config.poll());
        }
        boolean quiet = false;
        try {
            quiet = room.tryAcquire(MOST_WEBHOOKS, config.timeout().plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        LOG.atDebug().addKeyValue("quiet", quiet).log("Webhooks are delivered no more");
        stopped.complete();
    }

    private void begin(WebhookStore.Claim claim) {
        room.acquireUninterruptibly();
        Thread.ofVirtual().name("webhook-" + claim.webhook()).start(() -> {
            try {
                deliver(claim);
                store.release(claim);
            } catch (Exception failure) {
                trouble(failure);
            } finally {
                room.release();
            }
        });
    }

    /** Until there is nothing to do right now, or somebody else does it. */
    private void deliver(WebhookStore.Claim claim) throws TimeoutException {
        while (!stopping) {
            long began = System.nanoTime();
            Optional<WebhookStore.Terms> terms = store.renew(claim);
            if (terms.isEmpty()) {
                return;
            }
            List<WebhookDelivery> due = store.due(claim);
            Duration left = config.lease().minusNanos(System.nanoTime() - began);
            if (due.isEmpty() || left.compareTo(config.timeout().plus(GRACE)) < 0) {
                return;
            }
            post(claim, terms.get(), due);
        }
    }

    private void post(WebhookStore.Claim claim, WebhookStore.Terms terms, List<WebhookDelivery> due)
            throws TimeoutException {
        Optional<WebhookAddress> address = WebhookAddress.parse(terms.url(), config.allowLoopback());
        Optional<InetAddress> to = address.flatMap(host -> host.resolve(hooks.names(), config.allowLoopback()));
        List<Future<String>> outcomes = new ArrayList<>();
        for (WebhookDelivery delivery : due) {
            outcomes.add(
                    to.isEmpty()
                            ? Future.succeededFuture("address not public")
                            : sender.post(
                                    address.orElseThrow(),
                                    to.get(),
                                    delivery.headers(claim.webhook(), terms.secrets(), key),
                                    delivery.body()));
        }
        Future.join(outcomes).await(config.timeout().plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
        hooks.afterSend().run();
        for (int i = 0; i < due.size(); i++) {
            mark(claim, due.get(i), outcomes.get(i).result());
        }
    }

    private void mark(WebhookStore.Claim claim, WebhookDelivery delivery, String outcome) throws TimeoutException {
        registry.counter("onsale.partner.deliveries", "outcome", outcome.isEmpty() ? "delivered" : "failed")
                .increment();
        if (outcome.isEmpty()) {
            store.delivered(claim, delivery);
        } else {
            store.notDelivered(claim, delivery, outcome, pause(delivery.tries()));
        }
    }

    /** Twice the one before, up to the longest; give or take a half, so that what failed together does not come back together. */
    private Duration pause(int tries) {
        long doubled = config.firstPause().toMillis() << Math.min(tries, LONGEST_DOUBLING);
        long most = Math.min(doubled, config.longestPause().toMillis());
        return Duration.ofMillis(most / 2 + ThreadLocalRandom.current().nextLong(most + 1));
    }

    private synchronized void trouble(Exception failure) {
        if (!troubled) {
            troubled = true;
            LOG.atWarn()
                    .addKeyValue("reason", String.valueOf(failure.getMessage()))
                    .log("Webhooks are not delivered");
        }
    }

    private synchronized void fine() {
        if (troubled) {
            troubled = false;
            LOG.atInfo().log("Webhooks are delivered again");
        }
    }

    private static void sleep(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
