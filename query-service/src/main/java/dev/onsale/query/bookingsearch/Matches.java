package dev.onsale.query.bookingsearch;

import co.elastic.clients.elasticsearch._types.query_dsl.Operator;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import dev.onsale.query.elastic.Folding;
import dev.onsale.runtime.error.Refusal;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The kinds of queries that bookings are found by. None looks through all terms of a field: an exact term, the beginning of a
 * term, or words with a bounded number of variants.
 */
final class Matches {
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final int MOST_WORDS = 10;
    private static final int MOST_VARIANTS =
            25; // Of one word: 3 fields of 10 words stay below Elasticsearch's 1024 clauses.

    private Matches() {}

    static Query term(String field, String value) {
        return Query.of(query -> query.term(term -> term.field(field).value(value)));
    }

    static Query beginning(String field, String value) {
        return Query.of(query -> query.prefix(prefix -> prefix.field(field).value(value)));
    }

    static Query any(Collection<Query> queries) {
        return Query.of(query ->
                query.bool(bool -> bool.should(queries.stream().toList()).minimumShouldMatch("1")));
    }

    /** A seat, a row, a section or an area, that the booking has or has given back. */
    static Query seat(SeatWords seat) {
        return any(List.of(place("place_keys", seat), place("given_back_keys", seat)));
    }

    /** All of the words, each with small typing errors forgiven; without errors is better. */
    static Query words(String field, String words) {
        return Query.of(query -> query.bool(bool -> bool.must(must -> must.match(match -> match.field(field)
                        .query(words)
                        .operator(Operator.And)
                        .fuzziness("AUTO")
                        .maxExpansions(MOST_VARIANTS)))
                .should(should ->
                        should.match(match -> match.field(field).query(words).operator(Operator.And)))));
    }

    /** The words of a text, folded; throws INVALID_FIELD if it has none, or too many. */
    static String wordsOf(String name, String text) {
        String words = Folding.fold(text);
        long count = BETWEEN_WORDS
                .splitAsStream(words)
                .filter(word -> !word.isEmpty())
                .count();
        if (count == 0) {
            throw Refusal.invalid(name, "has no letter and no digit");
        }
        if (count > MOST_WORDS) {
            throw Refusal.invalid(name, "has more than " + MOST_WORDS + " words");
        }
        return words;
    }

    private static Query place(String field, SeatWords seat) {
        if (seat.complete()) {
            return term(field, seat.key());
        }
        Query begins = beginning(field, seat.key());
        return seat.row().isEmpty() ? any(List.of(term(field, seat.section()), begins)) : begins;
    }
}
