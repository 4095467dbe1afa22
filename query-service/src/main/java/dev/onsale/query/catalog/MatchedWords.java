package dev.onsale.query.catalog;

import co.elastic.clients.elasticsearch.core.search.Highlight;
import co.elastic.clients.elasticsearch.core.search.HighlightField;
import co.elastic.clients.util.NamedValue;
import dev.onsale.proto.query.v1.EventHit;
import dev.onsale.proto.query.v1.TextPart;
import dev.onsale.query.catalog.EventDocument.VenueDocument;
import dev.onsale.query.elastic.FoldedText;
import dev.onsale.query.elastic.FoldedText.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which words of an event matched. Elasticsearch marks them in the folded text; here they are found again in the text as it
 * was written, and given as parts of plain text: there is no markup that a name could break out of.
 */
final class MatchedWords {
    private static final String NAME = "name_words";
    private static final String PLACE = "place_words";
    private static final String DESCRIPTION = "description_words";
    private static final char BEGIN = '\uE000'; // Folded text has no private characters.
    private static final char END = '\uE001';
    private static final int BEFORE = 60;
    private static final int PIECE = 200;

    private MatchedWords() {}

    /** What is to be marked. */
    static Highlight asked(String words) {
        return Highlight.of(highlight -> highlight
                .preTags(String.valueOf(BEGIN))
                .postTags(String.valueOf(END))
                .numberOfFragments(0)
                .requireFieldMatch(false)
                .highlightQuery(EventQuery.words(words))
                .fields(List.of(field(NAME), field(PLACE), field(DESCRIPTION))));
    }

    /** Adds what was marked. */
    static void add(EventHit.Builder hit, EventDocument event, Map<String, List<String>> marked) {
        hit.addAllName(parts(
                event.name(),
                ranges(event.name(), marked.get(NAME)),
                0,
                event.name().length()));
        VenueDocument venue = event.venue();
        String place = venue.name() + " " + venue.city() + " " + venue.address();
        List<Range> ranges = ranges(place, marked.get(PLACE));
        int city = venue.name().length() + 1;
        hit.addAllVenue(parts(place, ranges, 0, venue.name().length()));
        hit.addAllCity(parts(place, ranges, city, city + venue.city().length()));
        hit.addAllDescription(piece(event.description(), ranges(event.description(), marked.get(DESCRIPTION))));
    }

    private static NamedValue<HighlightField> field(String name) {
        return NamedValue.of(name, HighlightField.of(field -> field));
    }

    /** The marked parts of a folded text, in the text that was written. */
    static List<Range> ranges(String original, @Nullable List<String> marked) {
        if (marked == null || marked.isEmpty()) {
            return List.of();
        }
        StringBuilder folded = new StringBuilder();
        List<Range> ranges = new ArrayList<>();
        int from = 0;
        for (char letter : marked.getFirst().toCharArray()) {
            if (letter == BEGIN) {
                from = folded.length();
            } else if (letter == END) {
                ranges.add(new Range(from, folded.length()));
            } else {
                folded.append(letter);
            }
        }
        return FoldedText.of(original).original(folded.toString(), ranges);
    }

    /** A part of a text by what matched in it; nothing if nothing did. */
    static List<TextPart> parts(String text, List<Range> matched, int from, int to) {
        List<TextPart> parts = new ArrayList<>();
        int at = from;
        for (Range range : matched) {
            if (range.from() >= from && range.to() <= to && range.from() >= at) {
                add(parts, text.substring(at, range.from()), false);
                add(parts, text.substring(range.from(), range.to()), true);
                at = range.to();
            }
        }
        if (!parts.isEmpty()) {
            add(parts, text.substring(at, to), false);
        }
        return parts;
    }

    private static List<TextPart> piece(String text, List<Range> matched) {
        if (matched.isEmpty()) {
            return List.of();
        }
        int first = matched.getFirst().from();
        int from = first <= BEFORE ? 0 : wordStart(text, first - BEFORE, first);
        int to = text.length() <= from + PIECE
                ? text.length()
                : Math.max(matched.getFirst().to(), wordEnd(text, from + PIECE, from));
        return parts(text, matched, from, to);
    }

    private static int wordStart(String text, int at, int most) {
        int space = text.indexOf(' ', at);
        return space < 0 || space >= most ? most : space + 1;
    }

    private static int wordEnd(String text, int at, int least) {
        int space = text.lastIndexOf(' ', at);
        return space <= least ? least : space;
    }

    private static void add(List<TextPart> parts, String text, boolean matched) {
        if (!text.isEmpty()) {
            parts.add(TextPart.newBuilder().setText(text).setMatched(matched).build());
        }
    }
}
