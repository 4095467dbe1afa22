package dev.onsale.query.inventoryaudit;

import dev.onsale.command.inventory.Choice;
import dev.onsale.command.inventory.HoldRecord;
import dev.onsale.command.inventory.SeatLedger;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Fans who hold, let go, buy and give back, in sections A and B and in the area, as the write side does it: Redis decides about
 * holds, PostgreSQL about bookings, and then Redis is told. For as long as it is open.
 */
final class Buyers implements AutoCloseable {
    private static final int ROWS = 4; // Those of A and B.

    private final Checkout checkout;
    private final Random random = new Random(17);
    private final Deque<HoldRecord> held = new ArrayDeque<>();
    private final Deque<HoldRecord> bought = new ArrayDeque<>();
    private final AtomicLong steps = new AtomicLong();
    private final Thread thread;
    private volatile boolean stopping;
    private volatile @Nullable Exception failure;

    Buyers(SeatLedger ledger, Connection rows, UUID eventId) throws SQLException {
        this.checkout = new Checkout(ledger, rows, eventId);
        this.thread = Thread.ofVirtual().name("buyers").start(this::loop);
    }

    long steps() {
        return steps.get();
    }

    private void loop() {
        try {
            while (!stopping) {
                step();
                steps.incrementAndGet();
                Thread.sleep(2);
            }
        } catch (SQLException | RuntimeException | InterruptedException e) {
            failure = e;
        }
    }

    private void step() throws SQLException, InterruptedException {
        hold();
        if (held.size() > 4) {
            HoldRecord hold = held.removeFirst();
            if (random.nextInt(3) == 0) {
                checkout.release(hold);
            } else {
                checkout.buy(hold);
                bought.addLast(hold);
            }
        }
        if (bought.size() > 12) {
            checkout.giveBack(bought.removeFirst());
        }
    }

    private void hold() {
        Choice choice = random.nextInt(4) == 0
                ? new Choice.Area(0, 1 + random.nextInt(3))
                : new Choice.Seats(List.of(random.nextInt(ROWS) * 11 + random.nextInt(10)));
        checkout.hold(choice).ifPresent(held::addLast);
    }

    @Override
    public void close() {
        stopping = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Exception failed = failure;
        if (failed != null) {
            throw new IllegalStateException("The buyers gave up", failed);
        }
    }
}
