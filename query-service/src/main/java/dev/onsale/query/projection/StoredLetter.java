package dev.onsale.query.projection;

import dev.onsale.query.stream.Entry;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A dead letter as it is kept.
 *
 * @param shard whose
 * @param id its id in the shard's list
 * @param entryId id of the change in the shard's stream
 * @param reason why it could not be projected, the last time
 * @param retries how often it was retried in vain
 * @param retriedMillis when last; 0: never
 * @param change what the change says
 */
record StoredLetter(
        int shard,
        String id,
        String entryId,
        String reason,
        int retries,
        long retriedMillis,
        Map<String, String> change) {
    private static final String CHANGE = "change.";
    private static final Pattern SPACE = Pattern.compile(" ");

    /** Reads one from its entry, and what was noted of its retries, if anything. */
    static StoredLetter of(Entry entry, String note) {
        Map<String, String> change = new TreeMap<>();
        entry.fields().forEach((name, value) -> {
            if (name.startsWith(CHANGE)) {
                change.put(name.substring(CHANGE.length()), value);
            }
        });
        String[] words = SPACE.split(note, 3);
        boolean retried = words.length == 3;
        return new StoredLetter(
                entry.shard(),
                entry.id(),
                entry.fields().getOrDefault("entry", ""),
                retried ? words[2] : entry.fields().getOrDefault("reason", ""),
                retried ? Integer.parseInt(words[0]) : 0,
                retried ? Long.parseLong(words[1]) : 0,
                change);
    }

    /** The change as the projection reads it, under the letter's own id. */
    Entry entry() {
        return new Entry(shard, id, change);
    }

    long createdMillis() {
        return Long.parseLong(id.substring(0, id.indexOf('-')));
    }
}
