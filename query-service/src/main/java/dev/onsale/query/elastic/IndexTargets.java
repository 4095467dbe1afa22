package dev.onsale.query.elastic;

import java.util.EnumMap;
import java.util.Map;

/**
 * Where documents are written: the aliases that are read, or a set of new indexes being filled beside them.
 *
 * @param names index or alias by kind
 * @param aliases whether they are aliases, which must exist: a write never creates an index
 */
public record IndexTargets(Map<IndexKind, String> names, boolean aliases) {
    /**
     * The aliases that are read.
     *
     * @param prefix what all names begin with; may be empty
     * @return alias by kind
     */
    public static IndexTargets live(String prefix) {
        Map<IndexKind, String> names = new EnumMap<>(IndexKind.class);
        for (IndexKind kind : IndexKind.values()) {
            names.put(kind, prefix + kind.label());
        }
        return new IndexTargets(names, true);
    }

    /**
     * New indexes.
     *
     * @param prefix what all names begin with; may be empty
     * @param generation tells one set of indexes from another
     * @return index by kind
     */
    public static IndexTargets generation(String prefix, long generation) {
        Map<IndexKind, String> names = new EnumMap<>(IndexKind.class);
        for (IndexKind kind : IndexKind.values()) {
            names.put(kind, prefix + kind.label() + "-g" + generation);
        }
        return new IndexTargets(names, false);
    }

    /**
     * Names one.
     *
     * @param kind which
     * @return index or alias
     */
    public String name(IndexKind kind) {
        String name = names.get(kind);
        if (name == null) {
            throw new IllegalArgumentException("No index for " + kind);
        }
        return name;
    }
}
