package dev.onsale.query;

import dev.onsale.runtime.inventory.SeatStatus;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/** Sells on many events at once, until it is stopped. */
final class ManySales implements AutoCloseable {
    private final Thread thread;
    private final AtomicLong changes = new AtomicLong();
    private volatile boolean stopping;

    ManySales(List<Sale> sales, long pauseMillis) {
        int[] ordinals = Sale.ordinals();
        Random random = new Random(7);
        thread = Thread.ofVirtual().start(() -> {
            while (!stopping) {
                Sale sale = sales.get(random.nextInt(sales.size()));
                sale.seats(SeatStatus.ofDigit(random.nextInt(5)), ordinals[random.nextInt(ordinals.length)]);
                changes.incrementAndGet();
                try {
                    Thread.sleep(pauseMillis);
                } catch (InterruptedException e) {
                    return;
                }
            }
        });
    }

    long changes() {
        return changes.get();
    }

    @Override
    public void close() {
        stopping = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
