package dev.onsale.payment.simulator;

import dev.onsale.payment.provider.ProviderOutcome;
import dev.onsale.payment.provider.ProviderOutcome.Failed;
import dev.onsale.payment.provider.ProviderPage;
import dev.onsale.payment.provider.ProviderView;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The bank itself: one thread that decides what is asked, in the order it arrives. What is waiting is decided together,
 * written with one force to disk, and only then answered.
 */
final class SimulatorBank implements AutoCloseable {
    private static final int BATCH = 256;
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(5);

    private final LedgerFile file;
    private final BankAccounts accounts;
    private final Clock clock;
    private final Consumer<Posted> told;
    private final LinkedBlockingQueue<Runnable> inbox = new LinkedBlockingQueue<>();
    private final List<Posted> unwritten = new ArrayList<>();
    private final List<Runnable> unanswered = new ArrayList<>();
    private final Thread thread;
    private boolean closing; // Read and written by the bank's thread.

    private SimulatorBank(LedgerFile file, BankAccounts accounts, Clock clock, Consumer<Posted> told) {
        this.file = file;
        this.accounts = accounts;
        this.clock = clock;
        this.told = told;
        this.thread = Thread.ofPlatform().name("simulator-bank").daemon().unstarted(this::work);
    }

    /**
     * A line of the ledger, on disk.
     *
     * @param token the payment's
     * @param view the payment after it
     * @param fresh written just now; false: read when the bank opened
     */
    record Posted(LedgerEntry line, String token, ProviderView view, boolean fresh) {}

    /**
     * Opens the bank on its ledger; its state is what the file says.
     *
     * @param told of every line once it is on disk, before its order is answered; must not block
     */
    static SimulatorBank open(Path ledger, Clock clock, Consumer<Posted> told) throws IOException {
        BankAccounts accounts = new BankAccounts();
        LedgerFile file = LedgerFile.open(ledger, line -> {
            accounts.post(line);
            told.accept(posted(accounts, line, false));
        });
        SimulatorBank bank = new SimulatorBank(file, accounts, clock, told);
        bank.thread.start();
        return bank;
    }

    private static Posted posted(BankAccounts accounts, LedgerEntry line, boolean fresh) {
        return new Posted(line, accounts.token(line.payment()), accounts.view(line.payment()), fresh);
    }

    /** Decides an order; answered once it is on disk. */
    Future<ProviderOutcome> order(BankOrder order) {
        Promise<ProviderOutcome> answer = Promise.promise();
        inbox.add(() -> {
            ProviderOutcome outcome = decide(order);
            unanswered.add(() -> answer.complete(outcome));
        });
        return answer.future();
    }

    /** What the bank knows of a payment. */
    Future<ProviderView> query(UUID payment) {
        return ask(() -> accounts.view(payment));
    }

    /** The token a payment was authorized with. */
    Future<String> token(UUID payment) {
        return ask(() -> accounts.token(payment));
    }

    /** Payments first heard of between two times; {@code after} is the last of the page before. */
    Future<ProviderPage> list(Instant from, Instant until, String after) {
        return ask(() -> accounts.list(from, until, after));
    }

    private <T> Future<T> ask(Supplier<T> question) {
        Promise<T> answer = Promise.promise();
        inbox.add(() -> {
            T found = question.get();
            unanswered.add(() -> answer.complete(found));
        });
        return answer.future();
    }

    LedgerFile ledger() {
        return file;
    }

    private ProviderOutcome decide(BankOrder order) {
        Optional<ProviderOutcome> kept = accounts.answered(order);
        if (kept.isPresent()) {
            return kept.get();
        }
        LedgerEntry line = accounts.decide(order, clock.instant());
        if (line == null) {
            return new Failed("error_500");
        }
        accounts.post(line);
        unwritten.add(posted(accounts, line, true));
        return BankAccounts.answer(line);
    }

    private void work() {
        List<Runnable> batch = new ArrayList<>();
        try {
            while (!closing) {
                batch.add(inbox.take());
                inbox.drainTo(batch, BATCH);
                batch.forEach(Runnable::run);
                batch.clear();
                settle();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (IOException noDisk) {
            // Nobody is answered any more: what isn't on disk has not happened.
            throw new java.io.UncheckedIOException(noDisk);
        }
    }

    private void settle() throws IOException {
        if (!unwritten.isEmpty()) {
            file.append(unwritten.stream().map(Posted::line).toList());
            unwritten.forEach(told);
            unwritten.clear();
        }
        unanswered.forEach(Runnable::run);
        unanswered.clear();
    }

    /** Answers what has arrived, then stops. */
    @Override
    public void close() throws IOException {
        inbox.add(() -> closing = true);
        try {
            thread.join(CLOSE_WAIT);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        file.close();
    }
}
