package dev.onsale.query.projection;

import dev.onsale.query.stream.Entry;
import dev.onsale.runtime.change.Change;
import dev.onsale.runtime.change.ChangeCodec;
import dev.onsale.runtime.change.InventoryChange;
import dev.onsale.runtime.change.RecordChange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Entries that were read together, sorted by what they are about.
 *
 * @param inventory changes of each event, by version
 * @param records the newest change of each row
 * @param unreadable entries that are no changes
 */
record Batch(
        Map<UUID, List<Sourced<InventoryChange>>> inventory,
        Map<RowKey, List<Sourced<RecordChange>>> records,
        List<DeadLetters.Letter> unreadable) {
    /**
     * A change and the entry it came in.
     *
     * @param entry the entry
     * @param change what it says
     * @param <C> the kind of change
     */
    record Sourced<C extends Change>(Entry entry, C change) {}

    /**
     * A row.
     *
     * @param kind which table
     * @param id its id
     */
    record RowKey(RecordChange.Kind kind, String id) {}

    static Batch of(List<Entry> entries) {
        Batch batch = new Batch(new LinkedHashMap<>(), new LinkedHashMap<>(), new ArrayList<>());
        entries.forEach(batch::add);
        batch.inventory
                .values()
                .forEach(changes -> changes.sort(Comparator.comparing(sourced -> sourced.change.version())));
        return batch;
    }

    private void add(Entry entry) {
        if (entry.fields().isEmpty()) {
            return; // Trimmed while it was pending: there is nothing left to project.
        }
        try {
            switch (ChangeCodec.decode(entry.fields())) {
                case InventoryChange change ->
                    inventory
                            .computeIfAbsent(change.eventId(), id -> new ArrayList<>())
                            .add(new Sourced<>(entry, change));
                case RecordChange change ->
                    records.computeIfAbsent(new RowKey(change.kind(), change.id()), id -> new ArrayList<>())
                            .add(new Sourced<>(entry, change));
            }
        } catch (IllegalArgumentException e) {
            unreadable.add(new DeadLetters.Letter(entry, String.valueOf(e.getMessage())));
        }
    }
}
