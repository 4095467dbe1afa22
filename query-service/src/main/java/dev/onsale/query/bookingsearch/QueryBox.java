package dev.onsale.query.bookingsearch;

import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What somebody typed who may have a reference, a payment, an e-mail address, a phone number, an account, a seat or a name in
 * hand. It is sought as everything that it can be; a booking counts for the best of these, so that a name never outranks the
 * reference it looks like.
 */
final class QueryBox {
    private static final float SURE = 100_000;
    private static final float CONTACT = 10_000;
    private static final float SEAT = 1_000;
    private static final float PART = 500; // Above any score of words, which stay below 100.
    private static final Pattern ID =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", Pattern.CASE_INSENSITIVE);
    private static final Pattern REFERENCE = Pattern.compile("[A-Za-z0-9-]{3,20}");
    private static final Pattern PHONE = Pattern.compile("[0-9+()/. -]{7,40}");

    private final String text;
    private final String words;

    private QueryBox(String text, String words) {
        this.text = text;
        this.words = words;
    }

    /** Takes the text; throws INVALID_FIELD if there is nothing to look for in it, or too much. */
    static QueryBox of(String text) {
        return new QueryBox(text.strip(), Matches.wordsOf("query", text));
    }

    /** What it is for a record of access: one of `id`, `email`, `phone` and `name`. */
    String kind() {
        if (isId()) {
            return "id";
        }
        if (isEmail()) {
            return "email";
        }
        return isPhone() ? "phone" : "name";
    }

    Query query() {
        List<Query> ways = new ArrayList<>();
        if (isId()) {
            String id = text.toLowerCase(Locale.ROOT);
            ways.add(worth(SURE, Matches.term("payment_id", id)));
            ways.add(worth(SURE, Matches.term("booking_id", id)));
        }
        addReference(ways);
        if (isEmail()) {
            ways.add(worth(CONTACT, Matches.term("email_key", BookingKeys.email(text))));
        }
        if (isPhone()) {
            ways.add(
                    worth(CONTACT, Matches.beginning("phone_reversed", BookingKeys.reversed(BookingKeys.phone(text)))));
        }
        ways.add(worth(CONTACT, Matches.term("account", text)));
        seat().ifPresent(seat -> ways.add(worth(SEAT, Matches.seat(seat))));
        ways.add(Matches.words("name_words", words));
        return Query.of(query -> query.disMax(best -> best.queries(ways).tieBreaker(0.0)));
    }

    private void addReference(List<Query> ways) {
        String plain = BookingKeys.reference(text);
        if (REFERENCE.matcher(text).matches() && plain.length() >= BookingKeys.SHORTEST_PART) {
            ways.add(worth(SURE, Matches.term("reference_plain", plain)));
            ways.add(worth(PART, Matches.beginning("reference_tails", plain)));
        }
    }

    private boolean isId() {
        return ID.matcher(text).matches();
    }

    private boolean isEmail() {
        return text.indexOf('@') > 0;
    }

    private boolean isPhone() {
        return PHONE.matcher(text).matches() && BookingKeys.phone(text).length() >= BookingKeys.FEWEST_DIGITS;
    }

    private Optional<SeatWords> seat() {
        return SeatWords.read(text).filter(SeatWords::complete);
    }

    private static Query worth(float score, Query filter) {
        return Query.of(query -> query.constantScore(same -> same.filter(filter).boost(score)));
    }
}
