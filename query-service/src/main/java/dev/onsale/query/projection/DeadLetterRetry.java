package dev.onsale.query.projection;

import dev.onsale.query.elastic.BulkWriter;
import dev.onsale.query.elastic.WriteOutcome;
import dev.onsale.query.stream.Entry;
import dev.onsale.runtime.error.Refusal;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Projects dead letters once more: each from the rows and the inventory as they are now, so that what is written is never
 * older than what the letter says. A letter is taken off the list after its documents are in the index; a crash anywhere
 * leaves it there, and the next retry writes the same again. Blocks: for virtual threads.
 */
final class DeadLetterRetry {
    private final DeadLetters letters;
    private final Supplier<InventoryProjection> inventories;
    private final RecordProjection records;
    private final BulkWriter writer;

    DeadLetterRetry(
            DeadLetters letters,
            Supplier<InventoryProjection> inventories,
            RecordProjection records,
            BulkWriter writer) {
        this.letters = letters;
        this.inventories = inventories;
        this.records = records;
        this.writer = writer;
    }

    /**
     * What failed again, with the reason.
     *
     * @param letter the letter
     * @param reason why
     */
    record Failed(StoredLetter letter, String reason) {}

    /** Retries these. Fails with DEPENDENCY_UNAVAILABLE, and changes nothing in the list, if a store is away or busy. */
    List<Failed> retry(List<StoredLetter> wanted) {
        Map<Entry, String> reasons =
                project(wanted.stream().map(StoredLetter::entry).toList());
        List<Failed> failed = new ArrayList<>();
        List<Future<Void>> noted = new ArrayList<>();
        for (StoredLetter letter : wanted) {
            String reason = reasons.get(letter.entry());
            if (reason == null) {
                noted.add(letters.done(letter));
            } else {
                failed.add(new Failed(letter, reason));
                noted.add(letters.failed(letter, reason));
            }
        }
        Future.all(noted).await();
        return failed;
    }

    private Map<Entry, String> project(List<Entry> entries) {
        Map<Entry, String> reasons = new HashMap<>();
        Batch batch = Batch.of(entries);
        batch.unreadable().forEach(letter -> reasons.put(letter.entry(), letter.reason()));
        RecordProjection.Plan rows = records.plan(batch.records());
        rows.dead().forEach(letter -> reasons.put(letter.entry(), letter.reason()));
        List<Planned> planned = new ArrayList<>(rows.documents());
        InventoryProjection inventory = inventories.get();
        batch.inventory().forEach((eventId, changes) -> planned.addAll(inventory.plan(eventId, changes)));
        write(planned, reasons);
        return reasons;
    }

    private void write(List<Planned> planned, Map<Entry, String> reasons) {
        for (Planned one : planned) { // One by one: a bad document must not speak for others.
            switch (writer.write(List.of(one.document())).getFirst()) {
                case WriteOutcome.Written written -> {}
                case WriteOutcome.Later later -> throw Refusal.unavailable("elasticsearch");
                case WriteOutcome.Refused refused ->
                    one.entries().forEach(entry -> reasons.putIfAbsent(entry, refused.cause()));
            }
        }
    }
}
