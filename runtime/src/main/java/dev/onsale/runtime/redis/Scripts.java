package dev.onsale.runtime.redis;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The scripts of a feature, one operation each: {@code HOLD_SEATS} is {@code hold_seats.lua} in its folder.
 *
 * @param <E> the operations
 */
public final class Scripts<E extends Enum<E>> {

    private final Map<E, Script> scripts;

    private Scripts(Map<E, Script> scripts) {
        this.scripts = scripts;
    }

    /**
     * Loads a script for every operation.
     *
     * @param folder on the class path, from the root, e.g. {@code /redis/}
     * @throws IllegalArgumentException if one is missing or its header lacks a part of the contract
     */
    public static <E extends Enum<E>> Scripts<E> load(Class<E> operations, String folder) {
        return load(operations, folder, UnaryOperator.identity());
    }

    /** With every script changed: for tests that need another clock or a planted bug. */
    public static <E extends Enum<E>> Scripts<E> load(
            Class<E> operations, String folder, UnaryOperator<Script> change) {
        Map<E, Script> scripts = new EnumMap<>(operations);
        for (E operation : operations.getEnumConstants()) {
            String file = folder + operation.name().toLowerCase(Locale.ROOT) + ".lua";
            scripts.put(operation, change.apply(Script.load(operations, file)));
        }
        return new Scripts<>(scripts);
    }

    /** The script of an operation. */
    public Script get(E operation) {
        Script script = scripts.get(operation);
        if (script == null) {
            throw new IllegalStateException(operation.name());
        }
        return script;
    }
}
