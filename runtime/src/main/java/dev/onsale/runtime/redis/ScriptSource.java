package dev.onsale.runtime.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads a script from the class path beside its class. A line {@code -- @include other.lua} is replaced by that file
 * (once, even if included twice); a name that begins with {@code /} is looked up from the root.
 */
final class ScriptSource {

    private static final String INCLUDE = "-- @include ";

    private ScriptSource() {}

    static String read(Class<?> beside, String file) {
        return expand(beside, text(beside, file), new HashSet<>());
    }

    private static String expand(Class<?> beside, String source, Set<String> seen) {
        return source.lines()
                .map(line -> line.startsWith(INCLUDE) ? include(beside, line, seen) : line)
                .collect(Collectors.joining("\n"));
    }

    private static String include(Class<?> beside, String line, Set<String> seen) {
        var name = line.substring(INCLUDE.length()).strip();
        return seen.add(name) ? expand(beside, text(beside, name), seen) : "-- " + name + " is above";
    }

    private static String text(Class<?> beside, String file) {
        try (var stream = beside.getResourceAsStream(file)) {
            if (stream == null) {
                throw new IllegalArgumentException("No script " + file + " beside " + beside.getName());
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
