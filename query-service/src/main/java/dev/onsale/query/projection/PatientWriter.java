package dev.onsale.query.projection;

import dev.onsale.query.elastic.BulkWriter;
import dev.onsale.query.elastic.Document;
import dev.onsale.query.elastic.WriteOutcome;
import dev.onsale.query.stream.Entry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes until all is written: what Elasticsearch can't take now is tried for ever, with growing pauses; what it refuses is
 * tried so many times and then given up. For one virtual thread.
 */
public final class PatientWriter {
    private static final Logger LOG = LoggerFactory.getLogger(PatientWriter.class);
    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 2000;

    private final BulkWriter writer;
    private final int tries;
    private final Runnable waiting;

    /**
     * A writer.
     *
     * @param writer writes once
     * @param tries how often a refused document is tried
     * @param waiting told each time Elasticsearch could not take something
     */
    public PatientWriter(BulkWriter writer, int tries, Runnable waiting) {
        this.writer = writer;
        this.tries = tries;
        this.waiting = waiting;
    }

    /**
     * Writes documents that stand for no entries.
     *
     * @param documents any number
     * @throws InterruptedException if the thread is to stop
     */
    public void write(List<Document> documents) throws InterruptedException {
        List<DeadLetters.Letter> refused = writeAll(documents.stream()
                .map(document -> new Planned(document, List.of(new Entry(0, document.id(), Map.of()))))
                .toList());
        if (!refused.isEmpty()) {
            throw new IllegalStateException("Elasticsearch refuses " + refused.getFirst());
        }
    }

    /** Writes, and answers the entries of what was refused for good. */
    List<DeadLetters.Letter> writeAll(List<Planned> planned) throws InterruptedException {
        List<Planned> left = planned;
        List<Planned> refused = new ArrayList<>();
        List<DeadLetters.Letter> dead = new ArrayList<>();
        int refusals = 0;
        long pause = FIRST_PAUSE_MILLIS;
        while (!left.isEmpty()) {
            refused.clear();
            List<String> reasons = new ArrayList<>();
            left = tryOnce(left, refused, reasons);
            if (!refused.isEmpty() && ++refusals >= tries) {
                give(refused, reasons, dead);
            } else {
                left.addAll(refused);
            }
            if (!left.isEmpty()) {
                Thread.sleep(Duration.ofMillis(
                        pause / 2 + ThreadLocalRandom.current().nextLong(pause / 2 + 1)));
                pause = Math.min(LONGEST_PAUSE_MILLIS, pause * 2);
            }
        }
        return dead;
    }

    private List<Planned> tryOnce(List<Planned> planned, List<Planned> refused, List<String> reasons) {
        List<Planned> later = new ArrayList<>();
        List<WriteOutcome> outcomes =
                writer.write(planned.stream().map(Planned::document).toList());
        for (int i = 0; i < planned.size(); i++) {
            switch (outcomes.get(i)) {
                case WriteOutcome.Written written -> {}
                case WriteOutcome.Later busy -> {
                    if (later.isEmpty()) {
                        LOG.atDebug().addKeyValue("reason", busy.cause()).log("Elasticsearch can't take it now");
                    }
                    later.add(planned.get(i));
                }
                case WriteOutcome.Refused refusal -> {
                    refused.add(planned.get(i));
                    reasons.add(refusal.cause());
                }
            }
        }
        if (!later.isEmpty()) {
            waiting.run();
        }
        return later;
    }

    private static void give(List<Planned> refused, List<String> reasons, List<DeadLetters.Letter> dead) {
        Set<Entry> seen = new HashSet<>();
        for (int i = 0; i < refused.size(); i++) {
            for (Entry entry : refused.get(i).entries()) {
                if (seen.add(entry)) {
                    dead.add(new DeadLetters.Letter(entry, reasons.get(i)));
                }
            }
        }
    }
}
