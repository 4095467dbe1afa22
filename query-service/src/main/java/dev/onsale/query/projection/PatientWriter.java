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
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes until all is written: what Elasticsearch can't take now is tried for ever, with growing pauses and in smaller bulks;
 * what it refuses is tried so many times and then given up. After the first bulk that is not taken whole the others wait too.
 * For one virtual thread.
 */
public final class PatientWriter {
    private static final Logger LOG = LoggerFactory.getLogger(PatientWriter.class);
    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 2000;

    private final BulkWriter writer;
    private final BulkSize size;
    private final int tries;
    private final BooleanSupplier goOn;
    private final Runnable waiting;

    /** What one pass came to. */
    private record Pass(List<Planned> later, List<Planned> refused, List<String> reasons) {
        static Pass empty() {
            return new Pass(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }
    }

    /**
     * A writer.
     *
     * @param writer writes once
     * @param size how many documents go into one bulk
     * @param tries how often a refused document is tried
     * @param goOn whether to try once more; else {@link LeaseOver} is thrown
     * @param waiting told each time Elasticsearch could not take something
     */
    PatientWriter(BulkWriter writer, BulkSize size, int tries, BooleanSupplier goOn, Runnable waiting) {
        this.writer = writer;
        this.size = size;
        this.tries = tries;
        this.goOn = goOn;
        this.waiting = waiting;
    }

    /**
     * Writes documents that stand for no entries. One that is refused for good is left out, and said so: it must not keep all
     * others from being made anew.
     *
     * @param documents any number
     * @throws InterruptedException if the thread is to stop
     */
    public void write(List<Document> documents) throws InterruptedException {
        List<DeadLetters.Letter> refused = writeAll(documents.stream()
                .map(document -> new Planned(document, List.of(new Entry(0, document.id(), Map.of()))))
                .toList());
        for (DeadLetters.Letter letter : refused) {
            LOG.atError()
                    .addKeyValue("document", letter.entry().id())
                    .addKeyValue("reason", letter.reason())
                    .log("A document can't be written; its changes are with the dead letters");
        }
    }

    /** Writes, and answers the entries of what was refused for good. */
    List<DeadLetters.Letter> writeAll(List<Planned> planned) throws InterruptedException {
        List<Planned> left = planned;
        List<DeadLetters.Letter> dead = new ArrayList<>();
        int refusals = 0;
        long pause = FIRST_PAUSE_MILLIS;
        while (!left.isEmpty()) {
            if (!goOn.getAsBoolean()) {
                throw new LeaseOver();
            }
            int before = left.size();
            Pass pass = pass(left);
            left = pass.later;
            if (!pass.refused.isEmpty() && ++refusals >= tries) {
                give(pass, dead);
            } else {
                left.addAll(pass.refused);
            }
            if (left.size() < before) {
                pause = FIRST_PAUSE_MILLIS;
            }
            if (!left.isEmpty()) {
                Thread.sleep(Duration.ofMillis(
                        pause / 2 + ThreadLocalRandom.current().nextLong(pause / 2 + 1)));
                pause = Math.min(LONGEST_PAUSE_MILLIS, pause * 2);
            }
        }
        return dead;
    }

    /** Bulk after bulk, until one is not taken whole: all after it are for later. */
    private Pass pass(List<Planned> planned) {
        Pass pass = Pass.empty();
        int from = 0;
        while (from < planned.size() && pass.later.isEmpty()) {
            int to = Math.min(planned.size(), from + size.now());
            bulk(planned.subList(from, to), pass);
            from = to;
        }
        if (!pass.later.isEmpty()) {
            pass.later.addAll(planned.subList(from, planned.size()));
            waiting.run();
        }
        return pass;
    }

    private void bulk(List<Planned> bulk, Pass pass) {
        List<WriteOutcome> outcomes =
                writer.write(bulk.stream().map(Planned::document).toList());
        boolean busy = false;
        for (int i = 0; i < bulk.size(); i++) {
            switch (outcomes.get(i)) {
                case WriteOutcome.Written written -> {}
                case WriteOutcome.Later later -> {
                    if (pass.later.isEmpty()) {
                        LOG.atDebug().addKeyValue("reason", later.cause()).log("Elasticsearch can't take it now");
                    }
                    pass.later.add(bulk.get(i));
                    busy |= later.busy();
                }
                case WriteOutcome.Refused refusal -> {
                    pass.refused.add(bulk.get(i));
                    pass.reasons.add(refusal.cause());
                }
            }
        }
        if (busy) {
            size.refused();
        } else if (pass.later.isEmpty()) {
            size.taken();
        }
    }

    private static void give(Pass pass, List<DeadLetters.Letter> dead) {
        Set<Entry> seen = new HashSet<>();
        for (int i = 0; i < pass.refused.size(); i++) {
            for (Entry entry : pass.refused.get(i).entries()) {
                if (seen.add(entry)) {
                    dead.add(new DeadLetters.Letter(entry, pass.reasons.get(i)));
                }
            }
        }
    }
}
