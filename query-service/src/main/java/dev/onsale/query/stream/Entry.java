package dev.onsale.query.stream;

import java.util.Map;

/**
 * An entry of a shard's stream.
 *
 * @param shard whose
 * @param id the entry's id
 * @param fields what it says; empty if it was trimmed away while it was pending
 */
public record Entry(int shard, String id, Map<String, String> fields) {}
