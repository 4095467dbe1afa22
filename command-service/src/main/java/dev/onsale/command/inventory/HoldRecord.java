package dev.onsale.command.inventory;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A hold as the ledger has it.
 *
 * @param id the hold
 * @param state what it is now
 * @param account whose it is
 * @param expires when it runs out by itself, by the clock of Redis; only means something while ACTIVE or CLAIMED
 * @param hardEnd the latest it can be made to last
 * @param fence the version at which its places were taken: a greater one is newer
 * @param version the event's version after the last change of the hold
 * @param priceVersion which prices it was made at
 * @param places what it has; for one that was given back by the fan or ran out, what it had
 * @param missing what it lacks, if a part was enough
 * @param presale by what it was made before the general sale; empty: in the general sale
 * @param now the time it was read, by the clock of Redis
 */
public record HoldRecord(
        HoldId id,
        HoldState state,
        String account,
        Instant expires,
        Instant hardEnd,
        long fence,
        long version,
        int priceVersion,
        Places places,
        List<Missing> missing,
        Optional<PresaleEntry> presale,
        Instant now) {

    private static final int WORDS = 12;

    /** Reads what {@code redis/part/hold.lua} writes. */
    static HoldRecord parse(HoldId id, String packed, String now) {
        var words = packed.split(" ", -1);
        if (words.length != WORDS && words.length != WORDS + 1) { // The last is left out if it is empty.
            throw new IllegalArgumentException("Not a hold: " + packed);
        }
        return new HoldRecord(
                id,
                HoldState.ofCode(words[0]),
                words[1],
                millis(words[2]),
                millis(words[3]),
                Long.parseLong(words[4]),
                Long.parseLong(words[5]),
                Integer.parseInt(words[6]),
                Places.parse(words[9], words[10]),
                Places.words(words[11]).map(Missing::parse).toList(),
                words.length > WORDS ? Optional.of(PresaleEntry.parse(words[WORDS])) : Optional.empty(),
                millis(now));
    }

    /** What {@code redis/part/hold.lua} reads, for a hold that is loaded from PostgreSQL. */
    static String pack(
            HoldState state,
            String account,
            long expiresMillis,
            long fence,
            int priceVersion,
            String body,
            Places places,
            Optional<PresaleEntry> presale) {
        var words = Stream.of(
                        state.code(),
                        account,
                        expiresMillis,
                        expiresMillis,
                        fence,
                        fence,
                        priceVersion,
                        body,
                        "",
                        places.seatText(),
                        places.areaText(),
                        "")
                .map(word -> word.toString().isEmpty() ? "-" : word.toString())
                .collect(Collectors.joining(" "));
        return presale.map(entry -> words + " " + entry.text()).orElse(words);
    }

    private static Instant millis(String text) {
        return Instant.ofEpochMilli(Long.parseLong(text));
    }

    /** How long it still runs, by the clock of Redis. */
    public Duration remaining() {
        return Duration.between(now, expires);
    }

    /** Whether the fan can still do something with it. */
    public boolean active() {
        return state == HoldState.ACTIVE;
    }
}
