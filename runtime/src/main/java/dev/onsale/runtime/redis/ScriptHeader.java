package dev.onsale.runtime.redis;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The contract at the head of a script: a sentence saying what it is for, then {@code @keys}, {@code @args}, {@code
 * @return} and {@code @retry}, and optionally {@code @flags} ({@code allow-oom}, {@code no-writes}).
 *
 * @param purpose the sentence
 * @param keys names of the keys, in order; one per line
 * @param moreKeys whether the last key may repeat (its name ends with {@code ...})
 * @param flags the flags
 */
record ScriptHeader(String purpose, List<String> keys, boolean moreKeys, List<String> flags) {

    private static final Pattern TAG = Pattern.compile("^@(\\w+)\\s*(.*)$");
    private static final List<String> REQUIRED = List.of("keys", "args", "return", "retry");

    static ScriptHeader parse(String name, String source) {
        var purpose = new StringBuilder();
        Map<String, List<String>> tags = new LinkedHashMap<>();
        String current = "";
        for (var line : source.lines().takeWhile(l -> l.startsWith("--")).toList()) {
            var text = line.substring(2).strip();
            var tag = TAG.matcher(text);
            if (tag.matches()) {
                current = tag.group(1);
                tags.computeIfAbsent(current, key -> new ArrayList<>())
                        .add(tag.group(2).strip());
            } else if (!current.isEmpty() && !text.isEmpty()) {
                tags.getOrDefault(current, new ArrayList<>()).add(text);
            } else if (current.isEmpty()) {
                purpose.append(text).append(' ');
            }
        }
        return checked(name, purpose.toString().strip(), tags);
    }

    private static ScriptHeader checked(String name, String purpose, Map<String, List<String>> tags) {
        if (purpose.isEmpty()) {
            throw new IllegalArgumentException(
                    name + ": the header lacks the sentence that says what the script is for");
        }
        for (var required : REQUIRED) {
            if (String.join("", tags.getOrDefault(required, List.of())).isBlank()) {
                throw new IllegalArgumentException(name + ": the header lacks @" + required);
            }
        }
        var keys = tags.getOrDefault("keys", List.of()).stream()
                .filter(line -> !line.isEmpty())
                .map(line -> line.split("[\\s,]", 2)[0])
                .toList();
        boolean more = keys.stream().anyMatch(key -> key.endsWith("..."));
        var flags = tags.getOrDefault("flags", List.of()).stream()
                .flatMap(line -> Pattern.compile("[,\\s]+").splitAsStream(line))
                .filter(flag -> !flag.isEmpty())
                .toList();
        return new ScriptHeader(purpose, keys, more, flags);
    }

    boolean accepts(int count) {
        return moreKeys ? count >= keys.size() - 1 : count == keys.size();
    }

    boolean allowsOom() {
        return flags.contains("allow-oom");
    }
}
