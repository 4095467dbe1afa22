package dev.onsale.query.audit;

import dev.onsale.runtime.CallersContext;
import dev.onsale.runtime.error.Refusal;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes records of access. One statement is under way at a time; what comes meanwhile goes with the next one, together. Safe
 * for any thread.
 */
public final class AccessLog {
    private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);
    private static final int MOST_AT_ONCE = 100;
    private static final int MOST_WAITING = 1000;
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Vertx vertx;
    private final AccessRecordStore store;
    private final Queue<Entry> waiting = new ArrayDeque<>();
    private boolean writing;

    /**
     * A log.
     *
     * @param vertx where futures complete
     * @param store writes
     */
    public AccessLog(Vertx vertx, AccessRecordStore store) {
        this.vertx = vertx;
        this.store = store;
    }

    private record Entry(AccessRecord record, Promise<Void> written) {}

    /**
     * Writes a record. What it is about may be shown when this succeeds, not before.
     *
     * @param record what is about to be shown, to whom
     * @return done on the caller's context; fails with DEPENDENCY_UNAVAILABLE if it can't be written now
     */
    public Future<Void> write(AccessRecord record) {
        Entry entry = new Entry(record, Promise.promise());
        synchronized (waiting) {
            if (waiting.size() >= MOST_WAITING) {
                return unwritten().future();
            }
            waiting.add(entry);
        }
        Future<Void> written = CallersContext.of(vertx, entry.written.future());
        writeNext();
        return written;
    }

    private void writeNext() {
        List<Entry> batch = take();
        if (!batch.isEmpty()) {
            store.insert(batch.stream().map(Entry::record).toList())
                    .timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .onComplete(done -> written(batch, done));
        }
    }

    private List<Entry> take() {
        List<Entry> batch = new ArrayList<>();
        synchronized (waiting) {
            while (!writing && batch.size() < MOST_AT_ONCE && !waiting.isEmpty()) {
                batch.add(waiting.remove());
            }
            writing |= !batch.isEmpty();
        }
        return batch;
    }

    private void written(List<Entry> batch, AsyncResult<Void> done) {
        synchronized (waiting) {
            writing = false;
        }
        if (done.failed()) {
            LOG.atError()
                    .addKeyValue("records", batch.size())
                    .addKeyValue("reason", done.cause().toString())
                    .log("Access could not be recorded and was refused");
        }
        for (Entry entry : batch) {
            if (done.succeeded()) {
                entry.written.complete();
            } else {
                entry.written.fail(unwritten());
            }
        }
        writeNext();
    }

    private static Refusal unwritten() {
        return Refusal.unavailable("postgresql");
    }
}
