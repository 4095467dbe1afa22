package dev.onsale.query.bookingsearch;

import dev.onsale.query.elastic.Folding;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A seat, as people say it: `112-F-7`, `112 F 7`, `section 112 row F seat 7`, `seat 7, row F, sec. 112`. Of a row or a section
 * the rest is empty.
 *
 * @param section code of the section or area, in capitals
 * @param row code of the row, in capitals; may be empty
 * @param number number of the seat; may be empty
 */
record SeatWords(String section, String row, String number) {
    private static final Set<String> SECTION = Set.of("section", "sec", "sect", "block", "stand", "area");
    private static final Set<String> ROW = Set.of("row", "rw");
    private static final Set<String> SEAT = Set.of("seat", "no", "nr", "number", "place");
    private static final Pattern BETWEEN = Pattern.compile("[^a-z0-9]+");
    private static final Pattern NUMBER = Pattern.compile("0*([0-9]{1,5})");
    private static final int MOST_WORDS = 8;
    private static final int LONGEST_CODE = 10;

    /** Reads it; empty if it is none. */
    static Optional<SeatWords> read(String text) {
        List<String> words = BETWEEN.splitAsStream(Folding.fold(text))
                .filter(word -> !word.isEmpty())
                .toList();
        if (words.isEmpty()
                || words.size() > MOST_WORDS
                || words.stream().anyMatch(word -> word.length() > LONGEST_CODE)) {
            return Optional.empty();
        }
        List<String> pairs = new ArrayList<>(words);
        if (words.size() % 2 == 1 && !names(words.getFirst())) {
            pairs.addFirst("section"); // `112 row F seat 7`
        }
        return arePairs(pairs) ? named(pairs) : inOrder(words);
    }

    private static boolean arePairs(List<String> words) {
        return words.size() % 2 == 0
                && IntStream.range(0, words.size() / 2).allMatch(pair -> names(words.get(2 * pair)));
    }

    /** Whether it is one seat. */
    boolean complete() {
        return !number.isEmpty();
    }

    /** As it stands in the index; of a row or a section the beginning of it. */
    String key() {
        return complete() ? section + "-" + row + "-" + number : section + "-" + (row.isEmpty() ? "" : row + "-");
    }

    private static boolean names(String word) {
        return SECTION.contains(word) || ROW.contains(word) || SEAT.contains(word);
    }

    private static Optional<SeatWords> inOrder(List<String> words) {
        return switch (words.size()) {
            case 1 -> of(words.getFirst(), "", "");
            case 2 -> of(words.getFirst(), words.getLast(), "");
            case 3 -> of(words.getFirst(), words.get(1), words.getLast());
            default -> Optional.empty();
        };
    }

    private static Optional<SeatWords> named(List<String> pairs) {
        String section = "";
        String row = "";
        String number = "";
        for (int i = 0; i < pairs.size(); i += 2) {
            String value = pairs.get(i + 1);
            if (SECTION.contains(pairs.get(i))) {
                section = value;
            } else if (ROW.contains(pairs.get(i))) {
                row = value;
            } else {
                number = value;
            }
        }
        return of(section, row, number);
    }

    private static Optional<SeatWords> of(String section, String row, String number) {
        var digits = NUMBER.matcher(number);
        boolean gap = section.isEmpty() || (row.isEmpty() && !number.isEmpty());
        if (gap || !(number.isEmpty() || digits.matches())) {
            return Optional.empty();
        }
        return Optional.of(new SeatWords(
                section.toUpperCase(Locale.ROOT),
                row.toUpperCase(Locale.ROOT),
                number.isEmpty() ? "" : digits.group(1)));
    }
}
