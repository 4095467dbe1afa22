package dev.onsale.runtime.audit;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Where the chains of a log ended at some time. Kept outside the database it tells if entries were removed from an end, or if a
 * chain was made anew: nothing inside the database can.
 *
 * @param log whose, e.g. {@code command}; empty: of all logs
 * @param at when it was taken
 * @param heads where each chain ended, by chain
 * @param signature a compact JWS over the same, or empty
 */
public record Anchor(String log, Instant at, SortedMap<String, Head> heads, String signature) {

    /** {@code typ} of the JWS. */
    public static final String TYPE = "onsale-audit-anchor";

    private static final String FORMAT = "onsale-audit-anchor-1";

    /**
     * The end of a chain.
     *
     * @param seq of the last entry
     * @param hash of the last entry, in hexadecimal
     */
    public record Head(long seq, String hash) {}

    /** The same, signed. */
    public Anchor signed(String jws) {
        return new Anchor(log, at, heads, jws);
    }

    /** What is signed. */
    public JsonObject claims() {
        JsonArray chains = new JsonArray();
        heads.forEach((chain, head) -> chains.add(
                new JsonObject().put("chain", chain).put("seq", head.seq()).put("hash", head.hash())));
        return new JsonObject()
                .put("format", FORMAT)
                .put("log", log)
                .put("time", AuditEntry.text(at))
                .put("heads", chains);
    }

    /** As it is kept: what is signed, and {@code signature} if there is one. */
    public JsonObject toJson() {
        return signature.isEmpty() ? claims() : claims().put("signature", signature);
    }

    /** On one line: for logs. */
    String line() {
        return heads.entrySet().stream()
                .map(each -> each.getKey() + "=" + each.getValue().seq() + ":"
                        + each.getValue().hash())
                .collect(Collectors.joining(" "));
    }

    /** Reads one; fails with an IllegalArgumentException if it is none. */
    public static Anchor parse(String json) {
        try {
            JsonObject object = new JsonObject(json);
            if (!FORMAT.equals(object.getString("format"))) {
                throw new IllegalArgumentException("not an anchor of the format " + FORMAT);
            }
            SortedMap<String, Head> heads = new TreeMap<>();
            for (Object each : object.getJsonArray("heads")) {
                JsonObject head = (JsonObject) each;
                heads.put(head.getString("chain"), new Head(head.getLong("seq"), head.getString("hash")));
            }
            return new Anchor(
                    object.getString("log"),
                    Instant.parse(object.getString("time")),
                    heads,
                    object.getString("signature", ""));
        } catch (DecodeException | ClassCastException | NullPointerException | DateTimeParseException malformed) {
            throw new IllegalArgumentException("not an anchor: " + malformed.getMessage(), malformed);
        }
    }

    /** Those in a file with one on each line, or a single one over many. */
    public static List<Anchor> parseAll(String text) {
        String stripped = text.strip();
        try {
            return List.of(parse(stripped));
        } catch (IllegalArgumentException several) {
            return stripped.lines()
                    .filter(line -> !line.isBlank())
                    .map(Anchor::parse)
                    .toList();
        }
    }
}
