package dev.onsale.query.bookingsearch;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** What bookings are found by, made alike on the written and on the asked side. */
final class BookingKeys {
    /** The shortest part of a reference that is sought. */
    static final int SHORTEST_PART = 3;

    /** The fewest digits of a phone number that are sought. */
    static final int FEWEST_DIGITS = 7;

    private static final Pattern NOT_IN_REFERENCE = Pattern.compile("[^A-Za-z0-9]+");
    private static final Pattern NOT_IN_PHONE = Pattern.compile("[^0-9]+");
    private static final Pattern ZEROS_IN_FRONT = Pattern.compile("^0+");

    private static final int LONGEST_REFERENCE = 20;

    private BookingKeys() {}

    /** `k7qm-2xpa` becomes `K7QM2XPA`. */
    static String reference(String reference) {
        return NOT_IN_REFERENCE.matcher(reference).replaceAll("").toUpperCase(Locale.ROOT);
    }

    /** Every ending of a reference of at least 3 characters; of one that is too long to be asked for, of its beginning. */
    static List<String> tails(String reference) {
        String whole = reference(reference);
        String plain = whole.substring(0, Math.min(whole.length(), LONGEST_REFERENCE));
        return IntStream.rangeClosed(0, plain.length() - SHORTEST_PART)
                .mapToObj(plain::substring)
                .toList();
    }

    static String email(String email) {
        return email.strip().toLowerCase(Locale.ROOT);
    }

    /** The digits, without the zeros in front that stand for a country (00) or none (0): what is left is an ending. */
    static String phone(String phone) {
        return ZEROS_IN_FRONT
                .matcher(NOT_IN_PHONE.matcher(phone).replaceAll(""))
                .replaceAll("");
    }

    static String reversed(String text) {
        return new StringBuilder(text).reverse().toString();
    }

    static List<String> places(List<String> places) {
        return places.stream().map(place -> place.toUpperCase(Locale.ROOT)).toList();
    }
}
