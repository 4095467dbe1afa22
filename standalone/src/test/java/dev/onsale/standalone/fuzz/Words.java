package dev.onsale.standalone.fuzz;

import build.buf.validate.FieldRules;
import build.buf.validate.StringRules;
import build.buf.validate.ValidateProto;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** Finds text that a field's rules take. */
final class Words {

    private static final List<String> USUAL = List.of(
            "A-1-5",
            "FLOOR",
            "112",
            "STANDING",
            "EUR",
            "DE",
            "Berlin",
            "Europe/Berlin",
            "2026-12-01",
            "+49 30 1234567",
            "fan@example.org",
            "tok_approve",
            "rock",
            "12.50",
            "0/1-1",
            "",
            "0123456789abcdef0123456789abcdef",
            "Ab0_-Ab0_-Ab0_-Ab0_-Ab0_-Ab0_-Ab0_-Ab0_-Ab0",
            "ASKED_BY_THE_BUYER");
    private static final String LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz0123456789";
    private static final Map<String, Pattern> PATTERNS = new ConcurrentHashMap<>();

    private Words() {}

    static FieldRules rules(FieldDescriptor field) {
        return field.getOptions().getExtension(ValidateProto.field);
    }

    /** Text for a field: an id that is there, if some are given for it, or else anything that its rules take. */
    static String text(SplittableRandom random, FieldDescriptor field, Map<String, List<String>> ids) {
        FieldRules rules = rules(field);
        StringRules text = field.isRepeated() ? rules.getRepeated().getItems().getString() : rules.getString();
        List<String> known = ids.getOrDefault(field.getName(), List.of());
        if (!known.isEmpty() && random.nextInt(8) > 0) {
            return known.get(random.nextInt(known.size()));
        }
        if (text.getUuid()) {
            return uuid(random).toString();
        }
        if (field.getName().equals("request_id")) {
            return "fuzz-" + letters(random, 20);
        }
        int from = random.nextInt(USUAL.size());
        for (int i = 0; i < USUAL.size(); i++) {
            String word = USUAL.get((from + i) % USUAL.size());
            if (takes(text, word)) {
                return word;
            }
        }
        return letters(random, Math.clamp(text.getMinLen(), 1, 64));
    }

    private static boolean takes(StringRules rules, String word) {
        return (!rules.hasPattern()
                        || PATTERNS.computeIfAbsent(rules.getPattern(), Pattern::compile)
                                .matcher(word)
                                .find())
                && (!rules.hasMaxLen() || word.length() <= rules.getMaxLen())
                && word.length() >= rules.getMinLen();
    }

    static UUID uuid(SplittableRandom random) {
        long high = (random.nextLong() & ~0xF000L) | 0x4000L;
        return new UUID(high, (random.nextLong() >>> 2) | Long.MIN_VALUE);
    }

    static String letters(SplittableRandom random, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return text.toString();
    }
}
