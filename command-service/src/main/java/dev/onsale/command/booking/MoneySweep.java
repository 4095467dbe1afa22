package dev.onsale.command.booking;

import dev.onsale.runtime.error.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the payment adapter about the money of bookings that were never confirmed, three times each: soon after they were
 * cancelled, an hour later and a day later. So no late payment rests on one message alone. Every node runs one; that two ask
 * about the same booking does no harm.
 */
final class MoneySweep {
    private static final Logger LOG = LoggerFactory.getLogger(MoneySweep.class);
    private static final int BATCH = 100;

    private final LateStore store;
    private final LateMoney money;
    private final BookingConfig config;
    private final Runnable nudge;
    private final Promise<Void> stopped = Promise.promise();
    private final Thread thread;

    private MoneySweep(LateStore store, LateMoney money, BookingConfig config, Runnable nudge) {
        this.store = store;
        this.money = money;
        this.config = config;
        this.nudge = nudge;
        this.thread = Thread.ofVirtual().name("money-sweep").unstarted(this::loop);
    }

    /** Starts to ask; {@code nudge} makes this node look for sagas that are due. */
    static MoneySweep start(LateStore store, LateMoney money, BookingConfig config, Runnable nudge) {
        MoneySweep sweep = new MoneySweep(store, money, config, nudge);
        sweep.thread.start();
        return sweep;
    }

    private void loop() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                long every = config.moneySweepEvery().toMillis();
                Thread.sleep(every / 2 + ThreadLocalRandom.current().nextLong(every + 1));
                round();
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } finally {
            stopped.complete();
        }
    }

    private void round() throws InterruptedException {
        try {
            List<LateStore.Check> due;
            do {
                due = BookingParts.await(store.checksDue(config.moneySweepAfter(), BATCH));
                for (LateStore.Check check : due) {
                    look(check);
                }
            } while (due.size() == BATCH);
        } catch (RuntimeException | TimeoutException away) {
            LOG.atInfo()
                    .addKeyValue("reason", String.valueOf(away.getMessage()))
                    .log("Can't ask about the money of cancelled bookings now");
        }
    }

    private void look(LateStore.Check check) throws TimeoutException {
        switch (BookingParts.await(money.ask(check.payment()))) {
            case LateMoney.Seen.Money there -> begin(check, there.version());
            case LateMoney.Seen.Unknown unknown -> begin(check, 0); // It waits until it is known.
            case LateMoney.Seen.Away away -> throw Refusal.unavailable("payment");
            case LateMoney.Seen.None none -> {}
            case LateMoney.Seen.Unheard unheard -> {}
        }
        BookingParts.await(store.checked(check));
    }

    private void begin(LateStore.Check check, long version) throws TimeoutException {
        List<UUID> begun = BookingParts.await(
                store.begin(List.of(new LateStore.Shown(check.payment(), check.booking(), version))));
        if (!begun.isEmpty()) {
            LOG.atWarn()
                    .addKeyValue("bookingId", check.booking())
                    .addKeyValue("paymentId", check.payment())
                    .log("Money of a cancelled booking that no news had told of");
            nudge.run();
        }
    }

    Future<Void> stop() {
        thread.interrupt();
        return stopped.future();
    }
}
