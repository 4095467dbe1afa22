package dev.onsale.query.elastic;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Folds text so that a search need not know accents or case: `Žižkov` and `zizkov` become the same.
 *
 * <p>Done here, on both the written and the asked side, because not every Elasticsearch carries the asciifolding filter.
 */
public final class Folding {
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern SPACE = Pattern.compile("[\\s\\p{C}]+");
    private static final Map<Character, String> LETTERS = Map.ofEntries(
            Map.entry('ø', "o"),
            Map.entry('ł', "l"),
            Map.entry('ß', "ss"),
            Map.entry('æ', "ae"),
            Map.entry('œ', "oe"),
            Map.entry('đ', "d"),
            Map.entry('ð', "d"),
            Map.entry('þ', "th"),
            Map.entry('ħ', "h"),
            Map.entry('ı', "i"),
            Map.entry('ŋ', "n"),
            Map.entry('’', "'"));

    private Folding() {}

    /**
     * Folds a text.
     *
     * @param text any text
     * @return lower case, no accents, single spaces, none at the ends
     */
    public static String fold(String text) {
        return letters(text).strip();
    }

    /** Folds letters, and leaves the spaces at the ends. */
    static String letters(String text) {
        String lower = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        String bare =
                MARKS.matcher(Normalizer.normalize(lower, Normalizer.Form.NFD)).replaceAll("");
        return SPACE.matcher(spell(bare)).replaceAll(" ");
    }

    private static String spell(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            String spelled = letter < 128 ? null : LETTERS.get(letter);
            if (spelled == null) {
                out.append(letter);
            } else {
                out.append(spelled);
            }
        }
        return out.toString();
    }
}
