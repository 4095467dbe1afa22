package dev.onsale.query.elastic;

import java.util.ArrayList;
import java.util.List;

/**
 * A text and what {@link Folding} makes of it, with the place of each folded letter in the text: what a search found in the
 * folded text can be shown in the one that was written.
 */
public final class FoldedText {
    private final StringBuilder folded = new StringBuilder();
    private final List<Range> places = new ArrayList<>();

    /**
     * A part of a text.
     *
     * @param from where it begins
     * @param to where it has ended
     */
    public record Range(int from, int to) {}

    private FoldedText() {}

    /**
     * Folds a text letter by letter.
     *
     * @param original any text
     * @return both
     */
    public static FoldedText of(String original) {
        FoldedText text = new FoldedText();
        int at = 0;
        while (at < original.length()) {
            int end = letterEnd(original, at);
            text.add(Folding.letters(original.substring(at, end)), new Range(at, end));
            at = end;
        }
        while (!text.folded.isEmpty() && text.folded.charAt(text.folded.length() - 1) == ' ') {
            text.folded.setLength(text.folded.length() - 1);
        }
        return text;
    }

    /**
     * The folded text. It may differ from what {@link Folding#fold} makes, where letters are folded otherwise in a context:
     * then {@link #original} answers nothing.
     *
     * @return lower case, no accents
     */
    public String folded() {
        return folded.toString();
    }

    /**
     * Finds parts of the folded text in the text that was written.
     *
     * @param expected the folded text they are parts of
     * @param parts in their order
     * @return the same parts; none if the texts differ
     */
    public List<Range> original(String expected, List<Range> parts) {
        if (!expected.contentEquals(folded)) {
            return List.of();
        }
        return parts.stream()
                .filter(part -> part.from < part.to)
                .map(part -> new Range(places.get(part.from).from, places.get(part.to - 1).to))
                .toList();
    }

    private void add(String letters, Range place) {
        for (int i = 0; i < letters.length(); i++) {
            char letter = letters.charAt(i);
            boolean space = letter == ' ';
            if (!space || (!folded.isEmpty() && folded.charAt(folded.length() - 1) != ' ')) {
                folded.append(letter);
                places.add(place);
            }
        }
    }

    /** A letter is a code point with the marks that follow it. */
    private static int letterEnd(String text, int from) {
        int at = from + Character.charCount(text.codePointAt(from));
        while (at < text.length() && mark(text.codePointAt(at))) {
            at += Character.charCount(text.codePointAt(at));
        }
        return at;
    }

    private static boolean mark(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK
                || type == Character.ENCLOSING_MARK;
    }
}
