package dev.onsale.query.stream;

import dev.onsale.runtime.error.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A virtual thread that does the same thing round after round until it is stopped; after a failure it pauses, longer each time. */
public final class Worker {
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 1000;

    private final String name;
    private final Round round;
    private final Promise<Void> ended = Promise.promise();
    private final Thread thread;
    private volatile boolean stopping;

    /** One round of the work; returns soon even if there is nothing to do. */
    @FunctionalInterface
    public interface Round {
        /**
         * Does one round.
         *
         * @throws Exception to pause and try again
         */
        void run() throws Exception;
    }

    private Worker(String name, Round round) {
        this.name = name;
        this.round = round;
        this.thread = Thread.ofVirtual().name(name).unstarted(this::loop);
    }

    /**
     * Starts working.
     *
     * @param name for the log
     * @param round what to do
     * @return the worker
     */
    public static Worker start(String name, Round round) {
        Worker worker = new Worker(name, round);
        worker.thread.start();
        return worker;
    }

    /**
     * Stops after the round under way, or in the midst of a wait.
     *
     * @return when it has ended
     */
    public Future<Void> stop() {
        stopping = true;
        thread.interrupt();
        return ended.future();
    }

    private void loop() {
        long pause = FIRST_PAUSE_MILLIS;
        while (!stopping) {
            try {
                round.run();
                pause = FIRST_PAUSE_MILLIS;
            } catch (Throwable failure) {
                if (!stopping) {
                    report(failure);
                    pause(Duration.ofMillis(pause));
                    pause = Math.min(LONGEST_PAUSE_MILLIS, pause * 2);
                }
            }
        }
        ended.complete();
    }

    private void report(Throwable failure) {
        if (failure instanceof Refusal || failure instanceof IOException) {
            LOG.atDebug()
                    .addKeyValue("worker", name)
                    .addKeyValue("reason", failure.toString())
                    .log("Waiting");
        } else {
            LOG.atWarn().addKeyValue("worker", name).setCause(failure).log("A round failed; trying again");
        }
    }

    private void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            if (!stopping) {
                LOG.atDebug().addKeyValue("worker", name).log("Woken early");
            }
        }
    }
}
