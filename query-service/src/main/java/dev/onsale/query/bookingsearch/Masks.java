package dev.onsale.query.bookingsearch;

/** Hides what support need not see: enough is left to recognise what a caller says. */
final class Masks {
    private static final String HIDDEN = "***";
    private static final int LAST_DIGITS = 3;

    private Masks() {}

    /** `alice@example.com` becomes `a***e@e***.com`; of a short part only its first character is left. */
    static String email(String email) {
        int at = email.lastIndexOf('@');
        if (at < 1 || at == email.length() - 1) {
            return email.isEmpty() ? "" : HIDDEN;
        }
        String user = email.substring(0, at);
        String host = email.substring(at + 1);
        int dot = host.lastIndexOf('.');
        return first(user) + HIDDEN + (length(user) > LAST_DIGITS ? last(user) : "") + "@" + first(host) + HIDDEN
                + (dot > 0 ? host.substring(dot) : "");
    }

    /** `+49 170 1234567` becomes `***567`. */
    static String phone(String phone) {
        String digits = BookingKeys.phone(phone);
        if (digits.length() <= LAST_DIGITS) {
            return phone.isEmpty() ? "" : HIDDEN;
        }
        return HIDDEN + digits.substring(digits.length() - LAST_DIGITS);
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    private static String first(String text) {
        return text.substring(0, text.offsetByCodePoints(0, 1));
    }

    private static String last(String text) {
        return text.substring(text.offsetByCodePoints(text.length(), -1));
    }
}
